"""Trains one network on the recordings given to it. Deterministic on one machine for a seed and one thread."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import dataset
from network import PARTS, HighlightNet

sys.path.insert(0, str(Path(__file__).parent / 'augment'))
from augment_features import augment  # noqa: E402  (the tools of that folder are also run by themselves)


@dataclass
class Settings:
    seed: int = 0
    steps: int = 400
    #: Crops a step, and slots of each.
    batch: int = 8
    slots: int = 160
    rate: float = 4e-3
    decay: float = 0.02
    parts: tuple[str, ...] = PARTS
    augment: bool = True
    #: Weight of each loss: score, each kind, bounds, order within a recording.
    weights: dict[str, float] = field(default_factory=lambda: {'score': 0.5, 'kinds': 1.0, 'bounds': 0.02, 'order': 0.2})
    #: Sounds to mix in: {'speech': [[rows, 40] u8, …], 'music': …}.
    bank: dict[str, list[np.ndarray]] | None = None


def inputs_of(batch: dict[str, np.ndarray]) -> list[torch.Tensor]:
    """A batch in the order of the network's arguments."""
    names = ('mel', 'signals', 'mask', 'pictures', 'picture_index', 'picture_age')
    return [torch.from_numpy(np.ascontiguousarray(batch[name])) for name in names]


def order_loss(logits: torch.Tensor, score: torch.Tensor) -> torch.Tensor:
    """Pairs of slots of one crop: the one that matters more has to score higher (logistic, only clear pairs count)."""
    other = torch.roll(torch.arange(logits.shape[1]), int(torch.randint(1, logits.shape[1], (1,))))
    difference = score - score[:, other]
    clear = (difference > 0.2).float()
    return (F.softplus(-(logits - logits[:, other])) * clear).sum() / clear.sum().clamp(min=1)


def losses(outputs, truth: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    logits, kinds, bounds = outputs
    inside = truth['inside'].unsqueeze(2)
    return {
        'score': F.binary_cross_entropy_with_logits(logits, truth['score']),
        'kinds': F.binary_cross_entropy_with_logits(kinds, truth['kinds'], reduction='none').mean((0, 1)).sum(),
        'bounds': (F.smooth_l1_loss(bounds, truth['bounds'], reduction='none') * inside).sum() / inside.sum().clamp(min=1),
        'order': order_loss(logits, truth['score']),
    }


def draw(recordings: list[dataset.Recording], settings: Settings, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Random crops, the longer a recording the more of them, each augmented by itself."""
    lengths = np.array([max(1, r.slots - settings.slots) for r in recordings], float)
    crops = []
    while len(crops) < settings.batch:
        recording = recordings[rng.choice(len(recordings), p=lengths / lengths.sum())]
        if recording.slots < settings.slots:
            raise ValueError(f'{recording.name} is shorter than a crop of {settings.slots} slots')
        crop = dataset.crop(recording, int(rng.integers(0, recording.slots - settings.slots + 1)), settings.slots)
        crop = augment(crop, rng, settings.bank) if settings.augment else crop
        # An index below 0 means that no picture is known: the mask says so to the network.
        crop['picture_index'] = np.maximum(crop['picture_index'], 0)
        crops.append(crop)
    return dataset.stack(crops)


def train(recordings: list[dataset.Recording], settings: Settings, log=print) -> HighlightNet:
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    network = HighlightNet(settings.parts)
    optimiser = torch.optim.AdamW(network.parameters(), settings.rate, weight_decay=settings.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, settings.steps, pct_start=0.2)
    began, mean = time.monotonic(), {}
    network.train()
    for step in range(1, settings.steps + 1):
        batch = draw(recordings, settings, rng)
        truth = {name: torch.from_numpy(batch[name]) for name in ('score', 'inside', 'kinds', 'bounds')}
        parts = losses(network(*inputs_of(batch)), truth)
        loss = sum(settings.weights[name] * part for name, part in parts.items())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        for name, part in parts.items():
            mean[name] = 0.95 * mean.get(name, part.item()) + 0.05 * part.item()
        if step % 60 == 0 or step == settings.steps:
            shown = ' '.join(f'{name} {value:.3f}' for name, value in mean.items())
            log(f'step {step}/{settings.steps} {shown} {time.monotonic() - began:.0f} s')
    return network.eval()


@torch.no_grad()
def predict(network: HighlightNet, recording: dataset.Recording) -> dict[str, np.ndarray]:
    """Logits [slots], kinds [slots, 3] (probabilities) and bounds [slots, 2] (seconds) of a whole recording."""
    network.eval()
    batch = dataset.stack([dataset.crop(recording, 0, recording.slots)])
    logits, kinds, bounds = network(*inputs_of(batch))
    return {'logits': logits[0].numpy(), 'kinds': kinds[0].sigmoid().numpy(), 'bounds': bounds[0].numpy()}
