"""Small tools for sound: f32 arrays [samples] or [samples, channels] at `RATE`. numpy and scipy only."""

from __future__ import annotations

import numpy as np
from scipy import signal

#: Everything is made at this rate. The engine listens at 16 kHz, so that nothing of what it hears is missing.
RATE = 32_000
#: Gains are curves of this many points a second.
GAIN_RATE = 100
BLOCK = RATE // GAIN_RATE


def amplitude(db: float | np.ndarray) -> float | np.ndarray:
    return 10 ** (np.asarray(db) / 20)


def level_db(x: np.ndarray) -> float:
    """RMS in dB over the blocks that are not silent; -120 for silence."""
    power = block_power(x)
    power = power[power > 1e-8]
    return float(10 * np.log10(power.mean())) if power.size else -120.0


def block_power(x: np.ndarray) -> np.ndarray:
    """[blocks] mean square of every 10 ms (all channels)."""
    mono = x if x.ndim == 1 else x[:, 0]
    blocks = mono[: len(mono) // BLOCK * BLOCK].reshape(-1, BLOCK)
    return np.einsum('ij,ij->i', blocks, blocks) / BLOCK


def apply_curve(x: np.ndarray, gains: np.ndarray) -> None:
    """Multiplies `x` in place by a curve of amplitudes, one per 10 ms, joined by straight lines."""
    blocks = len(x) // BLOCK
    gains = np.interp(np.arange(blocks + 1), np.arange(len(gains)), gains).astype(np.float32)
    ramp = np.linspace(0, 1, BLOCK, endpoint=False, dtype=np.float32)
    # In pieces that stay in the cache.
    for start in range(0, blocks, 500):
        g = gains[start : min(blocks, start + 500) + 1]
        curve = (g[:-1, None] + np.diff(g)[:, None] * ramp).reshape(-1)
        part = x[start * BLOCK : start * BLOCK + len(curve)]
        part *= curve if x.ndim == 1 else curve[:, None]
    x[blocks * BLOCK :] *= gains[-1]


def add_at(x: np.ndarray, start: int, sound: np.ndarray, gain: float = 1.0) -> None:
    """Adds a mono or stereo sound to `x` in place from sample `start` on; what lies outside is cut off."""
    first, last = max(0, start), min(len(x), start + len(sound))
    if last <= first:
        return
    part = sound[first - start : last - start] * np.float32(gain)
    if x.ndim == 2 and part.ndim == 1:
        part = part[:, None]
    x[first:last] += part


def tile(loop: np.ndarray, length: int) -> np.ndarray:
    """`loop` again and again, `length` samples."""
    return np.resize(loop, (length,) + loop.shape[1:])


def soft_clip(x: np.ndarray, drive_db: float) -> np.ndarray:
    """Saturation: `drive_db` louder through a tanh, as a microphone's preamplifier that is turned up too far."""
    return np.tanh(x * np.float32(amplitude(drive_db)))


def compressor_gain(power: np.ndarray, threshold_db: float, ratio: float, release: float = 0.15) -> np.ndarray:
    """Amplitudes (one per 10 ms) that press what is above the threshold; at once down, slowly back."""
    over = np.maximum(0, 10 * np.log10(np.maximum(power, 1e-12)) - threshold_db) * (1 - 1 / ratio)
    keep = np.exp(-1 / (release * GAIN_RATE))
    out, now = np.empty_like(over), 0.0
    for i, value in enumerate(over.tolist()):
        now = value if value > now else value + (now - value) * keep
        out[i] = now
    return amplitude(-out)


def ducking(voice: np.ndarray, depth_db: float) -> np.ndarray:
    """Amplitudes that lower another sound by `depth_db` while there is a voice, half a second longer than it."""
    talking = (block_power(voice) > 1e-5).astype(np.float32)
    held = np.minimum(1, np.convolve(talking, np.ones(50, np.float32))[: len(talking)])
    smooth = np.convolve(held, np.ones(20, np.float32) / 20, mode='same')
    return amplitude(-depth_db * smooth)


def filtered(x: np.ndarray, sections: np.ndarray) -> np.ndarray:
    return signal.sosfilt(sections.astype(x.dtype), x, axis=0)


def band(low: float, high: float, order: int = 2) -> np.ndarray:
    return signal.butter(order, [low, high], 'bandpass', fs=RATE, output='sos')


def shelf(hertz: float, db: float, high: bool) -> np.ndarray:
    """One biquad, a shelf (RBJ cookbook, slope 1)."""
    a, w = 10 ** (db / 40), 2 * np.pi * hertz / RATE
    c, alpha = np.cos(w) * (-1 if high else 1), np.sin(w) / np.sqrt(2)
    root = 2 * np.sqrt(a) * alpha
    sign = -1 if high else 1
    b0, b1, b2 = a * (a + 1 - (a - 1) * c + root), sign * 2 * a * (a - 1 - (a + 1) * c), a * (a + 1 - (a - 1) * c - root)
    a0, a1, a2 = a + 1 + (a - 1) * c + root, sign * -2 * (a - 1 + (a + 1) * c), a + 1 + (a - 1) * c - root
    return np.array([[b0, b1, b2, a0, a1, a2]]) / a0


def room(rng: np.random.Generator, seconds: float, wet: float) -> np.ndarray:
    """Impulse response of a small room."""
    length = int(seconds * RATE)
    response = (rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)).astype(np.float32)
    response *= wet / np.sqrt((response**2).sum())
    response[0] = 1
    return response


def resampled(x: np.ndarray, ratio: float) -> np.ndarray:
    """`ratio` times as many samples, by straight lines: lower and slower above 1."""
    length = max(1, int(len(x) * ratio))
    return np.interp(np.arange(length) / ratio, np.arange(len(x)), x).astype(np.float32)


def noise(rng: np.random.Generator, seconds: float) -> np.ndarray:
    return rng.standard_normal(int(seconds * RATE), np.float32)
