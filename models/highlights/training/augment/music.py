"""Background music out of nothing: chords, bass, drums and a tune in a loop, in sections with builds and drops.
Stereo f32 at RATE with an RMS of about 0.1."""

from __future__ import annotations

import numpy as np

from sound import RATE, level_db, amplitude

#: Chord roots in semitones over the key, a bar each.
PROGRESSIONS = ((0, 7, 9, 5), (0, 5, 7, 0), (9, 5, 0, 7), (0, 3, 8, 10), (0, 8, 3, 10), (0, 0, 5, 7))
STYLES = ('lofi', 'house', 'rock', 'ambient', 'chip')


def _wave(hertz: float, length: int, harmonics: int, bright: float) -> np.ndarray:
    t = np.arange(length, dtype=np.float32) * np.float32(2 * np.pi * hertz / RATE)
    out = np.zeros(length, np.float32)
    for k in range(1, harmonics + 1):
        if hertz * k < RATE * 0.45:
            out += np.sin(k * t) * np.float32(bright ** (k - 1) / k)
    return out


def _hertz(semitone: float) -> float:
    return 55.0 * 2 ** (semitone / 12)


def layers(rng: np.random.Generator, style: str) -> tuple[dict[str, np.ndarray], int]:
    """Loops of four bars by layer (`pad`, `bass`, `drums`, `tune`), stereo, and the samples of a bar."""
    tempo = {'lofi': (70, 92), 'house': (118, 132), 'rock': (100, 165), 'ambient': (60, 80), 'chip': (120, 170)}[style]
    beat = int(RATE * 60 / rng.uniform(*tempo))
    bar, key = 4 * beat, int(rng.integers(0, 12))
    roots = PROGRESSIONS[int(rng.integers(len(PROGRESSIONS)))]
    minor = rng.random() < 0.5
    bright = {'lofi': 0.3, 'house': 0.6, 'rock': 0.85, 'ambient': 0.25, 'chip': 0.9}[style]
    out = {name: np.zeros((4 * bar, 2), np.float32) for name in ('pad', 'bass', 'drums', 'tune')}
    scale = (0, 3, 5, 7, 10) if minor else (0, 2, 4, 7, 9)
    for i, root in enumerate(roots):
        at = i * bar
        swell = np.minimum(1, np.linspace(0, 12, bar)) * np.minimum(1, np.linspace(12, 0, bar))
        for side, detune in ((0, 1.002), (1, 0.998)):
            chord = sum(_wave(_hertz(24 + key + root + tone) * detune, bar, 4, bright) for tone in (0, 3 if minor else 4, 7))
            out['pad'][at : at + bar, side] = chord * swell * 0.15
        for step in range(8):
            length = beat // 2
            note = _wave(_hertz(key + root % 12), length, 5, bright) * np.exp(-np.arange(length) / (0.3 * beat))
            out['bass'][at + step * length : at + (step + 1) * length] += (note * 0.35).astype(np.float32)[:, None]
        for step in range(16):
            if rng.random() < 0.45:
                length = beat // 2
                note = _wave(_hertz(36 + key + scale[int(rng.integers(5))] + 12 * int(rng.integers(0, 2))), length, 4, bright)
                note *= np.exp(-np.arange(length) / (0.2 * beat)).astype(np.float32)
                start = at + step * beat // 4
                pan = rng.uniform(0.3, 0.7)
                end = min(start + length, len(out['tune']))
                out['tune'][start:end] += 0.2 * note[: end - start, None] * np.array([pan, 1 - pan], np.float32)
    t = np.arange(int(0.25 * RATE)) / RATE
    kick = np.sin(2 * np.pi * (45 * t + 8 * (1 - np.exp(-30 * t)))) * np.exp(-14 * t)
    snare = (rng.standard_normal(len(t)) * 0.6 + 0.4 * np.sin(2 * np.pi * 190 * t)) * np.exp(-18 * t)
    hat = np.diff(rng.standard_normal(len(t)), prepend=0) * np.exp(-60 * t) * 0.35
    kicks = {'house': (0, 4, 8, 12), 'lofi': (0, 7, 10), 'rock': (0, 6, 8), 'ambient': (0,), 'chip': (0, 4, 8, 12)}[style]
    for bar_at in range(0, 4 * bar, bar):
        for step in range(16):
            start = bar_at + step * beat // 4
            hits = (
                (kick, 0.7, step in kicks),
                (snare, 0.45, step in (4, 12) and style != 'ambient'),
                (hat, 0.5, step % 2 == 0 or rng.random() < 0.2),
            )
            for sound, loud, plays in hits:
                if plays:
                    end = min(start + len(sound), 4 * bar)
                    out['drums'][start:end] += (sound[: end - start] * loud).astype(np.float32)[:, None]
    return out, bar


def song(rng: np.random.Generator, seconds: float) -> np.ndarray:
    """[samples, 2]: four-bar sections with layers coming and going, a build before each drop, a fade at the end."""
    style = str(rng.choice(STYLES))
    loops, bar = layers(rng, style)
    section, total = 4 * bar, int(seconds * RATE)
    count = -(-total // section)
    plan = []
    for i in range(count):
        drop = rng.random() < 0.5
        plan.append(
            {
                'pad': 1.0,
                'bass': float(i > 0 and rng.random() < 0.85),
                'drums': 0.0 if i == 0 else float(rng.choice((0, 0.6, 1))),
                'tune': float(rng.random() < 0.6),
                'lift': 1.5 if drop else 1.0,
            }
        )
    mixed = {}
    out = np.empty((total, 2), np.float32)
    for i, choice in enumerate(plan):
        at = i * section
        key = tuple(choice.values())
        if key not in mixed:
            mixed[key] = sum(loops[name] * np.float32(choice[name]) for name in loops if choice[name]) * np.float32(choice['lift'])
        part = mixed[key][: min(section, total - at)]
        out[at : at + len(part)] = part
        # A rising noise leads into a drop.
        if i + 1 < count and plan[i + 1]['lift'] > 1 and at + section < total and style != 'ambient':
            rise = rng.standard_normal(bar).astype(np.float32) * np.linspace(0, 0.12, bar, dtype=np.float32) ** 1.5
            out[at + section - bar : at + section] += rise[:, None]
    fade = min(total, 2 * RATE)
    out[total - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    return out * np.float32(amplitude(-20 - level_db(out)))


def playlist(rng: np.random.Generator, seconds: float) -> np.ndarray:
    """Songs of one to three minutes one after another, with pauses of 0 to 8 s."""
    out = np.zeros((int(seconds * RATE), 2), np.float32)
    at = 0
    while at < len(out):
        part = song(rng, rng.uniform(60, 180))[: len(out) - at]
        out[at : at + len(part)] = part
        at += len(part) + int(rng.uniform(0, 8) * RATE)
    return out


def chime(rng: np.random.Generator) -> np.ndarray:
    """The sound of an alert: three to five bells. Mono, peak 1."""
    count, base = int(rng.integers(3, 6)), 36 + int(rng.integers(0, 12))
    out = np.zeros(int((count * 0.12 + 0.8) * RATE), np.float32)
    for i in range(count):
        length = int(0.8 * RATE)
        note = _wave(_hertz(base + (0, 4, 7, 12, 16)[i]), length, 3, 0.5) * np.exp(-np.arange(length) / (0.15 * RATE))
        start = int(i * 0.12 * RATE)
        out[start : start + length] += note.astype(np.float32)
    return out / np.abs(out).max()
