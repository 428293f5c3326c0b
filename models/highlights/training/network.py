"""The highlights network: ears over the sound, eyes over the keyframes, and a memory of half a minute to both sides.

    kinds = memory(ears(mel), eyes(pictures), signals, mask)      how near an event of each kind is
    logit = gain * (log(floor + worth(kinds)) + share * prior(signals)) + offset

`worth` adds up the events from 3 s before a slot to 6 s after it, as the judging does: what happens is learned, what it is
worth is a rule. Learning the score directly found less (average precision 0.66 against 0.76 with the same features on 19
matches). The prior is the built-in `signals` score, frozen: in a game that the network has never seen its ears and eyes have
little to say, and what is unusually loud or busy still comes first. Everything is centred and looks at no more than 32 s to
either side, so that a recording in chunks with 64 s of context gives what one run over all of it gives.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from targets import BOUND_LIMIT, KINDS

ROWS, BANDS = 25, 40
SIGNALS, MASKS = 20, 4
LUMA, PICTURE = 160 * 90, 160 * 90 * 3 // 2
#: Weights of the built-in score (src-shared/domain/signal-weights.ts): game sound, microphone, picture, packets.
PRIOR = {0: 0.31, 1: 0.03, 2: 0.15, 4: 0.14, 17: 0.11, 19: 0.26, 6: 0.3, 9: 0.2}
#: Of the microphone only rises count.
PRIOR_LIMITS = (-2.0, 4.0)
PRIOR_SLOTS = 13
#: What an event of each kind is worth, and how many slots before and after a slot it counts for (targets.py).
WORTH = {'kill': 1.0, 'death': 0.5, 'award': 2.0}
WORTH_BEFORE, WORTH_AFTER = 7, 13
#: The curve of one event sums up to so many slots (a Gaussian of 1.2 s).
EVENT_SLOTS = 6.0
#: Below this worth the prior decides. With a lower one, noise of the kinds would outweigh it.
WORTH_FLOOR = 0.3
PRIOR_SHARE = 0.2
DILATIONS = (1, 2, 4, 8, 16)
PARTS = ('ears', 'eyes', 'signals')


def convolution(inputs: int, outputs: int, kernel: int | tuple[int, int], stride: int | tuple[int, int], padding=None):
    """Dense: on a CPU several times as fast as a depthwise one of the same cost on paper."""
    kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
    padding = tuple(k // 2 for k in kernel) if padding is None else padding
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


class Ears(nn.Module):
    """Log-mel [batch, slots, 25, 40] (bytes) to [batch, slots, width]: the strongest fifth of each half second."""

    def __init__(self, width: int):
        super().__init__()
        self.layers = nn.Sequential(
            convolution(1, 20, (7, 5), (5, 2)),
            convolution(20, 32, 3, (1, 2)),
            convolution(32, 48, 3, (1, 2)),
            convolution(48, 64, (3, 5), 1, (1, 0)),
        )
        self.out = nn.Conv1d(64, width, 1)

    def forward(self, mel: torch.Tensor) -> torch.Tensor:
        batch, slots = mel.shape[0], mel.shape[1]
        sound = mel.reshape(batch, 1, slots * ROWS, BANDS).float() / 64 - 2
        heard = torch.relu(self.out(self.layers(sound).squeeze(3)))
        return F.max_pool1d(heard, ROWS // 5).transpose(1, 2)


class Eyes(nn.Module):
    """Keyframes [pictures, 21600] (bytes, I420 of 160×90) to [pictures, width]. Pooled over the whole picture: what is
    written or flashes counts wherever it is."""

    def __init__(self, width: int):
        super().__init__()
        self.layers = nn.Sequential(convolution(6, 24, 5, 2), convolution(24, 32, 3, 2), convolution(32, 48, 3, 2))
        self.out = nn.Linear(96, width)
        self.layers.to(memory_format=torch.channels_last)

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        luma = pictures[:, :LUMA].reshape(-1, 1, 90, 160).float() / 128 - 1
        chroma = pictures[:, LUMA:].reshape(-1, 2, 45, 80).float() / 128 - 1
        # Four luma samples to each chroma sample: nothing is lost, and the first layer costs a quarter.
        planes = torch.cat([F.pixel_unshuffle(luma, 2), chroma], 1).contiguous(memory_format=torch.channels_last)
        seen = self.layers(planes)
        return torch.relu(self.out(torch.cat([seen.mean((2, 3)), seen.amax((2, 3))], 1)))


class Residual(nn.Module):
    """A dilated depthwise convolution over time and a mix of the channels."""

    def __init__(self, width: int, dilation: int):
        super().__init__()
        self.time = nn.Conv1d(width, width, 5, padding=2 * dilation, dilation=dilation, groups=width, bias=False)
        self.norm = nn.BatchNorm1d(width)
        self.mix = nn.Conv1d(width, width, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.drop(self.mix(torch.relu(self.norm(self.time(x)))))


class Prior(nn.Module):
    """The built-in score's evidence: weighted z-scores, averaged over 6.5 s."""

    def __init__(self):
        super().__init__()
        weights = torch.zeros(SIGNALS)
        for column, weight in PRIOR.items():
            weights[column] = weight
        low = torch.full((SIGNALS,), PRIOR_LIMITS[0])
        low[6:12] = 0
        self.register_buffer('weights', weights)
        self.register_buffer('low', low)
        self.register_buffer('average', torch.full((1, 1, PRIOR_SLOTS), 1 / PRIOR_SLOTS))

    def forward(self, signals: torch.Tensor) -> torch.Tensor:
        limited = torch.minimum(torch.maximum(signals, self.low), torch.full_like(self.low, PRIOR_LIMITS[1]))
        evidence = (limited * self.weights).sum(2).unsqueeze(1)
        return F.conv1d(evidence, self.average, padding=PRIOR_SLOTS // 2).squeeze(1)


class HighlightNet(nn.Module):
    """`parts` leaves out what an ablation takes away: the network then never sees it, and neither does the prior."""

    def __init__(self, parts: tuple[str, ...] = PARTS, ears: int = 48, eyes: int = 32, width: int = 64):
        super().__init__()
        self.parts = tuple(parts)
        self.ears = Ears(ears)
        self.eyes = Eyes(eyes)
        self.prior = Prior()
        self.mix = nn.Conv1d(ears + eyes + SIGNALS + MASKS + 1, width, 1)
        self.memory = nn.ModuleList([Residual(width, dilation) for dilation in DILATIONS])
        self.head = nn.Conv1d(width, len(KINDS) + 2, 1)
        self.gain = nn.Parameter(torch.ones(1))
        self.offset = nn.Parameter(torch.zeros(1))
        worth = torch.tensor([WORTH[kind] for kind in KINDS]) / EVENT_SLOTS
        self.register_buffer('worth', worth.reshape(1, -1, 1).repeat(1, 1, WORTH_BEFORE + 1 + WORTH_AFTER))
        # Platt's scaling of the score, fitted on matches that the network has not seen.
        self.register_buffer('scale', torch.ones(1))
        self.register_buffer('shift', torch.zeros(1))

    def forward(self, mel, signals, mask, pictures, picture_index, picture_age):
        """Returns logits [batch, slots], kinds [batch, slots, 3] (logits) and bounds [batch, slots, 2] (seconds)."""
        batch, slots = mask.shape[0], mask.shape[1]
        hears, sees = mask[..., 0:1], mask[..., 2:3]
        heard = self.ears(mel) * hears if 'ears' in self.parts else mask.new_zeros(batch, slots, self.ears.out.out_channels)
        if 'eyes' in self.parts:
            # A picture speaks for itself less and less, the longer ago it was.
            fresh = torch.exp(-picture_age / 4).unsqueeze(2) * sees
            seen = self.eyes(pictures)[picture_index.reshape(-1)].reshape(batch, slots, -1) * fresh
        else:
            seen = mask.new_zeros(batch, slots, self.eyes.out.out_features)
        signals = self.shown(signals)
        x = torch.cat([heard, seen, signals / 3, mask, picture_age.unsqueeze(2) / 10], 2).transpose(1, 2)
        x = self.mix(x)
        for block in self.memory:
            x = block(x)
        out = self.head(x)
        kinds, bounds = out[:, : len(KINDS)], out[:, len(KINDS) :]
        worth = F.conv1d(F.pad(torch.sigmoid(kinds), (WORTH_BEFORE, WORTH_AFTER)), self.worth).squeeze(1)
        logits = self.gain * (torch.log(worth + WORTH_FLOOR) + PRIOR_SHARE * self.prior(signals)) + self.offset
        logits = logits * self.scale + self.shift
        bounds = torch.sigmoid(bounds - 1) * BOUND_LIMIT
        return logits, kinds.transpose(1, 2), bounds.transpose(1, 2)

    def shown(self, signals: torch.Tensor) -> torch.Tensor:
        if 'signals' not in self.parts:
            return torch.zeros_like(signals)
        keep = torch.ones(SIGNALS, device=signals.device)
        if 'ears' not in self.parts:
            keep[:12] = 0
        if 'eyes' not in self.parts:
            keep[12:] = 0
        return signals * keep
