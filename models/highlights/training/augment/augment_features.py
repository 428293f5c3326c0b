"""Feature-level augmentation, at batch time: pure functions on arrays as the engine dumps them. numpy only.

One crop of `slots` half seconds is a dict of any of these arrays (all functions return new arrays and leave theirs alone):

    mel, mel_mic   [slots, 25, 40] u8   byte b = -100 + 0.4 b dB; 0 also stands for silence and for "no such track"
    signals        [slots, 20] f32      z-scores within ±8: game x6, microphone x6, picture x7, packet.rate
    mask           [slots, 4] f32       1 where there is game sound, microphone, picture, packet sizes
    pictures       [P, 21600] u8        I420, 160×90, full range: keyframes
    picture_index  [slots] i64          which picture a slot shows: the latest so far; 0 where there is none yet
    picture_age    [slots] f32          seconds from that picture to the slot's middle, -0.25 to 10.5; 10.5: old or none
    anything else  [slots, ...] f32     targets and weights, which only `stretch` touches

Every function that draws takes a `numpy.random.Generator`. `augment` does all of it with fixed odds.
"""

from __future__ import annotations

import numpy as np

ROWS, BANDS = 25, 40
STEP_DB = 0.4
SLOT_SECONDS = 0.5
AGE_LIMIT = 10.5
WIDTH, HEIGHT = 160, 90
LUMA_BYTES = WIDTH * HEIGHT
CHROMA_BYTES = LUMA_BYTES // 4
#: Columns of `signals` and of `mask` that belong to each modality.
GROUPS = {'game': (slice(0, 6), 0), 'mic': (slice(6, 12), 1), 'picture': (slice(12, 19), 2), 'packet': (slice(19, 20), 3)}

_POWER = 10 ** ((STEP_DB * np.arange(256) - 100) / 10)
_POWER[0] = 0
# Adding a sound that is d steps quieter to another raises it by this many steps.
_SUM = np.round(10 * np.log10(1 + 10 ** (-STEP_DB * np.arange(256) / 10)) / STEP_DB).astype(np.int16)


# --- sound: [slots, 25, 40] u8 (or [rows, 40] where it says so) ---------------------------------------------------


def gain(mel: np.ndarray, db: np.ndarray | float) -> np.ndarray:
    """Louder by `db`: one number, or [slots], [slots, 25] or [slots, 25, 40] of them. Silence stays silence."""
    db = np.asarray(db, np.float32)
    db = db.reshape(db.shape + (1,) * (mel.ndim - db.ndim)) if db.ndim else db
    steps = np.rint(db / STEP_DB).astype(np.int16)
    return np.where(mel == 0, 0, np.clip(mel.astype(np.int16) + steps, 0, 255)).astype(np.uint8)


def gain_curve(rng: np.random.Generator, slots: int, limit_db: float = 12) -> np.ndarray:
    """[slots] f32, within ±limit_db: a constant, to which a slow ramp and a sudden change come half the time each."""
    curve = np.full(slots, rng.uniform(-limit_db, limit_db), np.float32)
    if rng.random() < 0.5:
        nodes = rng.uniform(-limit_db / 2, limit_db / 2, size=3)
        curve += np.interp(np.linspace(0, 2, slots), np.arange(3), nodes).astype(np.float32)
    if rng.random() < 0.5:
        curve[rng.integers(0, max(1, slots)) :] += rng.uniform(-limit_db, limit_db)
    return np.clip(curve, -limit_db, limit_db)


def equalise(mel: np.ndarray, band_db: np.ndarray) -> np.ndarray:
    """Adds `band_db` [40] to every row; silence stays silence."""
    return gain(mel, np.broadcast_to(np.asarray(band_db, np.float32), mel.shape))


def eq_curve(rng: np.random.Generator, tilt_db: float = 8, bump_db: float = 6) -> np.ndarray:
    """[40] f32: a straight tilt from -tilt..tilt at one end to its opposite at the other, and one bump of ±bump_db."""
    band = np.arange(BANDS, dtype=np.float32)
    tilt = np.linspace(-1, 1, BANDS) * rng.uniform(-tilt_db, tilt_db)
    bump = rng.uniform(-bump_db, bump_db) * np.exp(-(((band - rng.uniform(0, BANDS)) / rng.uniform(2, 8)) ** 2))
    return (tilt + bump).astype(np.float32)


def lowpass(mel: np.ndarray, band: int, slope_db: float = 6) -> np.ndarray:
    """What a codec at a low bitrate does: from `band` on each band is `slope_db` quieter than the one below it."""
    return equalise(mel, -slope_db * np.clip(np.arange(BANDS) - band + 1, 0, None))


def spec_augment(
    mel: np.ndarray, rng: np.random.Generator, times: int = 2, max_rows: int = 20, bands: int = 2, max_bands: int = 6
) -> np.ndarray:
    """Masks `times` stretches of up to `max_rows` rows and `bands` stretches of up to `max_bands` bands with the
    crop's mean byte (silence would be an event of its own)."""
    out = mel.reshape(-1, BANDS).copy()
    heard = out[out > 0]
    fill = int(heard.mean()) if heard.size else 0
    for _ in range(times):
        size = int(rng.integers(1, max_rows + 1))
        start = int(rng.integers(0, max(1, len(out) - size)))
        out[start : start + size] = np.where(out[start : start + size] > 0, fill, 0)
    for _ in range(bands):
        size = int(rng.integers(1, max_bands + 1))
        start = int(rng.integers(0, BANDS - size))
        out[:, start : start + size] = np.where(out[:, start : start + size] > 0, fill, 0)
    return out.reshape(mel.shape)


def level_db(mel: np.ndarray) -> float:
    """Mean power over the rows that are not silent, summed over the bands, in dB; -inf for silence."""
    rows = _POWER[mel.reshape(-1, BANDS)].sum(axis=1)
    rows = rows[rows > 0]
    return float(10 * np.log10(rows.mean())) if rows.size else -np.inf


def mix(mel: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Sum of two sounds of the same shape in the power domain, to a quantisation step."""
    high = np.maximum(mel, other)
    low = np.minimum(mel, other)
    add = np.where(low == 0, 0, _SUM[high - low])
    return np.minimum(high.astype(np.int16) + add, 255).astype(np.uint8)


def mix_at(mel: np.ndarray, patch: np.ndarray, snr_db: float, row: int = 0) -> np.ndarray:
    """Mixes `patch` [rows, 40] (or [slots, 25, 40]) in from `row` on, `snr_db` quieter than the crop is; what lies
    outside of the crop is cut off. In a silent crop the patch keeps its own level."""
    patch = patch.reshape(-1, BANDS)
    here, there = level_db(mel), level_db(patch)
    if there == -np.inf:
        return mel.copy()
    if here != -np.inf:
        patch = gain(patch, here - snr_db - there)
    rows = mel.size // BANDS
    laid = np.zeros((rows, BANDS), np.uint8)
    start, end = max(0, row), min(rows, row + len(patch))
    if end > start:
        laid[start:end] = patch[start - row : end - row]
    return mix(mel, laid.reshape(mel.shape))


def fill_with(bank: list[np.ndarray], rng: np.random.Generator, rows: int, gap: float = 0.5) -> np.ndarray:
    """[rows, 40] u8: patches of the bank one after another, with pauses (a share `gap` of the time), as a talking
    person or a playlist makes them."""
    out = np.zeros((rows, BANDS), np.uint8)
    at = -int(rng.integers(0, 100))
    while at < rows:
        patch = bank[int(rng.integers(len(bank)))].reshape(-1, BANDS)
        if len(patch) == 0:
            raise ValueError('an empty patch in the bank')
        start, end = max(0, at), min(rows, at + len(patch))
        if end > start:
            out[start:end] = patch[start - at : end - at]
        pause = rng.exponential(len(patch) * gap / max(1e-6, 1 - gap)) if gap > 0 else 0
        at += len(patch) + int(pause)
    return out


def shift(mel: np.ndarray, rows: int) -> np.ndarray:
    """Later by `rows` of 20 ms across the slots' borders (at most half a slot: nothing else moves); the edge repeats."""
    flat = mel.reshape(-1, BANDS)
    index = np.clip(np.arange(len(flat)) - rows, 0, max(0, len(flat) - 1))
    return flat[index].reshape(mel.shape)


def patches_of(mel: np.ndarray, least_rows: int = 15, pause_rows: int = 8) -> list[np.ndarray]:
    """Cuts the mel of a bank recording into its sounds, [rows, 40] each: runs without `pause_rows` rows of silence
    (40 dB below the loudest row)."""
    flat = mel.reshape(-1, BANDS)
    power = _POWER[flat].sum(axis=1)
    loud = np.flatnonzero(power > power.max(initial=0) * 1e-4)
    if loud.size == 0:
        return []
    breaks = np.flatnonzero(np.diff(loud) > pause_rows)
    starts, ends = loud[np.r_[0, breaks + 1]], loud[np.r_[breaks, loud.size - 1]] + 1
    return [flat[a:b].copy() for a, b in zip(starts, ends) if b - a >= least_rows]


# --- time -----------------------------------------------------------------------------------------------------------


def slots_needed(slots: int, speed: float) -> int:
    """How long a crop must be for `stretch` to make `slots` of it."""
    return int(np.ceil(slots * speed - 1e-9)) + 1


def stretch(crop: dict[str, np.ndarray], speed: float, slots: int) -> dict[str, np.ndarray]:
    """Plays a crop `speed` times as fast (0.9 to 1.1) and keeps its first `slots` slots. The crop must have
    `slots_needed` of them. Rows of mel are repeated or left out; curves and targets are interpolated; ages shrink."""
    length = next(len(value) for key, value in crop.items() if key != 'pictures')
    if slots_needed(slots, speed) > length:
        raise ValueError(f'{slots} slots at speed {speed} need {slots_needed(slots, speed)} slots, not {length}')
    position = np.minimum(np.arange(slots) * speed, length - 1)
    near = np.minimum(np.rint(position).astype(np.int64), length - 1)
    low = np.minimum(position.astype(np.int64), length - 1)
    high = np.minimum(low + 1, length - 1)
    part = (position - low).astype(np.float32)
    rows = np.minimum((np.arange(slots * ROWS) * speed).astype(np.int64), length * ROWS - 1)
    out = {}
    for key, value in crop.items():
        if key == 'pictures':
            out[key] = value
        elif key in ('mel', 'mel_mic'):
            out[key] = value.reshape(-1, BANDS)[rows].reshape(slots, ROWS, BANDS)
        elif key in ('mask', 'picture_index') or not np.issubdtype(value.dtype, np.floating):
            out[key] = value[near]
        elif key == 'picture_age':
            out[key] = np.where(value[near] < AGE_LIMIT, np.minimum(AGE_LIMIT, value[near] / speed), AGE_LIMIT).astype(
                value.dtype
            )
        else:
            weight = part.reshape((-1,) + (1,) * (value.ndim - 1))
            out[key] = (value[low] * (1 - weight) + value[high] * weight).astype(value.dtype)
    return out


# --- curves and modalities ------------------------------------------------------------------------------------------


def jitter_signals(signals: np.ndarray, rng: np.random.Generator, spread: float = 0.3, noise: float = 0.2) -> np.ndarray:
    """Scales every column by its own factor within e^±spread (what is mixed in changes a z-score's spread) and adds
    noise where there was a value; stays within ±8."""
    factor = np.exp(rng.uniform(-spread, spread, signals.shape[1])).astype(np.float32)
    out = signals * factor + noise * rng.standard_normal(signals.shape, np.float32)
    return np.where(signals == 0, 0, np.clip(out, -8, 8)).astype(np.float32)


def drop_modality(crop: dict[str, np.ndarray], name: str, start: int = 0, end: int | None = None) -> dict[str, np.ndarray]:
    """Takes `game`, `mic`, `picture` or `packet` away from slot `start` to `end`: zeros, mask 0, index 0
    with age 10.5; without any picture left, one of zeros in place of each, as the engine gives it."""
    columns, column = GROUPS[name]
    where = slice(start, end)
    out = {key: value if key == 'pictures' else value.copy() for key, value in crop.items()}
    if 'signals' in out:
        out['signals'][where, columns] = 0
    if 'mask' in out:
        out['mask'][where, column] = 0
    for key in {'game': ('mel',), 'mic': ('mel_mic',)}.get(name, ()):
        if key in out:
            out[key][where] = 0
    if name == 'picture' and 'picture_index' in out:
        out['picture_index'][where] = 0
        out['picture_age'][where] = AGE_LIMIT
        if 'pictures' in out and not (out['picture_age'] < AGE_LIMIT).any():
            out['pictures'] = np.zeros_like(out['pictures'])
    return out


def thin_pictures(
    picture_index: np.ndarray, picture_age: np.ndarray, keep: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Forgets pictures, as a recording with fewer keyframes would: `keep` [P] bool. Slots of a forgotten picture show
    the last kept one before it, which is older; index 0 and 10.5 s where there is none."""
    index, age = picture_index.copy(), picture_age.copy()
    kept, since = 0, -np.inf
    for slot in range(len(index)):
        now, shown = slot * SLOT_SECONDS, int(picture_index[slot])
        if keep[shown] and picture_age[slot] < AGE_LIMIT:
            kept, since = shown, now - float(picture_age[slot])
        elif not keep[shown]:
            index[slot], age[slot] = kept, min(AGE_LIMIT, now - since)
    return index, age


# --- pictures: [P, 21600] u8 ----------------------------------------------------------------------------------------


def planes(pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Views: luma [P, 90, 160] and chroma [P, 2, 45, 80]."""
    luma = pictures[:, :LUMA_BYTES].reshape(-1, HEIGHT, WIDTH)
    return luma, pictures[:, LUMA_BYTES:].reshape(-1, 2, HEIGHT // 2, WIDTH // 2)


def brightness_contrast(pictures: np.ndarray, brightness: float, contrast: float) -> np.ndarray:
    """Luma' = (luma - 128) * contrast + 128 + brightness (in bytes)."""
    table = np.clip((np.arange(256) - 128) * contrast + 128 + brightness, 0, 255).astype(np.uint8)
    out = pictures.copy()
    out[:, :LUMA_BYTES] = table[out[:, :LUMA_BYTES]]
    return out


def hue_saturation(pictures: np.ndarray, degrees: float, saturation: float) -> np.ndarray:
    """Turns the colours by `degrees` and scales them."""
    out = pictures.copy()
    chroma = planes(out)[1]
    u, v = (chroma[:, i].astype(np.float32) - 128 for i in (0, 1))
    c, s = saturation * np.cos(np.radians(degrees)), saturation * np.sin(np.radians(degrees))
    chroma[:, 0] = np.clip(np.rint(c * u - s * v + 128), 0, 255)
    chroma[:, 1] = np.clip(np.rint(s * u + c * v + 128), 0, 255)
    return out


def blur(pictures: np.ndarray, times: int = 1) -> np.ndarray:
    """Box blur of the luma, 3×3, `times` over (the chroma is coarse anyway)."""
    out = pictures.copy()
    luma = planes(out)[0]
    for _ in range(times):
        for axis in (1, 2):
            wide = luma.astype(np.uint16)
            before, after = np.roll(wide, 1, axis), np.roll(wide, -1, axis)
            first, last = [slice(None)] * 3, [slice(None)] * 3
            first[axis], last[axis] = slice(0, 1), slice(-1, None)
            before[tuple(first)], after[tuple(last)] = wide[tuple(first)], wide[tuple(last)]
            luma[:] = (before + wide + after + 1) // 3
    return out


def noise(pictures: np.ndarray, rng: np.random.Generator, amount: float) -> np.ndarray:
    """Adds noise of standard deviation `amount` (bytes) to the luma: a badly coded picture."""
    out = pictures.copy()
    size = out[:, :LUMA_BYTES].shape
    grain = np.rint(amount * rng.standard_normal(size, np.float32)).astype(np.int16)
    out[:, :LUMA_BYTES] = np.clip(out[:, :LUMA_BYTES] + grain, 0, 255)
    return out


def move(pictures: np.ndarray, dx: float, dy: float, zoom: float) -> np.ndarray:
    """Zooms by `zoom` around the middle and moves by (dx, dy) shares of width and height; outside it is black."""
    out = np.empty_like(pictures)
    for plane, source, blank in (
        (planes(out)[0], planes(pictures)[0], 0),
        *((planes(out)[1][:, i], planes(pictures)[1][:, i], 128) for i in (0, 1)),
    ):
        height, width = source.shape[1:]
        y = np.floor((np.arange(height) + 0.5 - height / 2) / zoom + height / 2 - dy * height).astype(np.int64)
        x = np.floor((np.arange(width) + 0.5 - width / 2) / zoom + width / 2 - dx * width).astype(np.int64)
        plane[:] = source[:, np.clip(y, 0, height - 1)][:, :, np.clip(x, 0, width - 1)]
        plane[:, (y < 0) | (y >= height)] = blank
        plane[:, :, (x < 0) | (x >= width)] = blank
    return out


def rectangle(
    pictures: np.ndarray, left: float, top: float, width: float, height: float, yuv: tuple[int, int, int], alpha: float = 1
) -> np.ndarray:
    """Lays a rectangle of one colour over the pictures, as facecams, chats and sponsors do. Position and size are
    shares of the picture's."""
    out = pictures.copy()
    luma, chroma = planes(out)
    for plane, value, across, down in (
        (luma, yuv[0], WIDTH, HEIGHT),
        (chroma[:, 0], yuv[1], WIDTH // 2, HEIGHT // 2),
        (chroma[:, 1], yuv[2], WIDTH // 2, HEIGHT // 2),
    ):
        area = plane[
            :, int(top * down) : int(np.ceil((top + height) * down)), int(left * across) : int(np.ceil((left + width) * across))
        ]
        area[:] = np.rint(area * (1 - alpha) + value * alpha)
    return out


# --- all of it --------------------------------------------------------------------------------------------------------


def augment_sound(
    crop: dict[str, np.ndarray], rng: np.random.Generator, bank: dict[str, list[np.ndarray]] | None = None
) -> dict[str, np.ndarray]:
    """Volume, EQ, codec, music and speech, shift and masks of a crop's mel, and jitter of its signals. `bank` holds
    lists of patches [rows, 40] under `speech` and `music`."""
    out = dict(crop)
    slots = len(out['mel'])
    for key in ('mel', 'mel_mic'):
        if key not in out or not out[key].any():
            continue
        mel = out[key]
        if rng.random() < 0.5:
            mel = equalise(mel, eq_curve(rng))
        for name, odds, low, high, gap in (('music', 0.3, 0, 24, 0.1), ('speech', 0.35, -6, 18, 0.5)):
            if bank and bank.get(name) and key == 'mel' and rng.random() < odds:
                mel = mix_at(mel, fill_with(bank[name], rng, slots * ROWS, gap), rng.uniform(low, high))
        if rng.random() < 0.3:
            mel = lowpass(mel, int(rng.integers(26, BANDS)), rng.uniform(3, 12))
        if rng.random() < 0.7:
            mel = gain(mel, gain_curve(rng, slots))
        mel = shift(mel, int(rng.integers(-12, 13)))
        if rng.random() < 0.5:
            mel = spec_augment(mel, rng)
        out[key] = mel
    if 'signals' in out and rng.random() < 0.7:
        out['signals'] = jitter_signals(out['signals'], rng)
    return out


def augment_pictures(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One look for all the pictures of a crop, as one recording has one. No mirroring: text would be mirrored."""
    out = pictures
    if not len(out):
        return out
    if rng.random() < 0.6:
        out = brightness_contrast(out, rng.uniform(-30, 30), rng.uniform(0.7, 1.35))
    if rng.random() < 0.4:
        out = hue_saturation(out, rng.uniform(-25, 25), rng.uniform(0.4, 1.5))
    if rng.random() < 0.25:
        out = blur(out, int(rng.integers(1, 3)))
    if rng.random() < 0.5:
        zoom = rng.uniform(0.85, 1.2)
        out = move(out, rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08), zoom)
    for _ in range(int(rng.integers(0, 3))):
        width, height = rng.uniform(0.1, 0.35), rng.uniform(0.08, 0.35)
        colour = tuple(int(rng.integers(low, high)) for low, high in ((0, 256), (80, 176), (80, 176)))
        out = rectangle(out, rng.uniform(0, 1 - width), rng.uniform(0, 1 - height), width, height, colour, rng.uniform(0.5, 1))
    if rng.random() < 0.25:
        out = noise(out, rng, rng.uniform(2, 12))
    return out


def augment(
    crop: dict[str, np.ndarray], rng: np.random.Generator, bank: dict[str, list[np.ndarray]] | None = None
) -> dict[str, np.ndarray]:
    """All of it but `stretch`, which changes the length. The game's sound and the picture never go together."""
    out = augment_sound(crop, rng, bank) if 'mel' in crop else dict(crop)
    if 'pictures' in out:
        out['pictures'] = augment_pictures(out['pictures'], rng)
    if 'picture_index' in out and len(out.get('pictures', ())) and rng.random() < 0.4:
        keep = rng.random(len(out['pictures'])) < rng.uniform(0.2, 0.9)
        out['picture_index'], out['picture_age'] = thin_pictures(out['picture_index'], out['picture_age'], keep)
    gone = rng.random()
    if gone < 0.08:
        out = drop_modality(out, 'game')
    elif gone < 0.18:
        out = drop_modality(out, 'picture')
    for name, odds in (('mic', 0.2), ('packet', 0.2)):
        if rng.random() < odds:
            out = drop_modality(out, name)
    return out
