#!/usr/bin/env python3
"""Writes sounds for `augment_features.mix_at`: speech (calm and excited, many voices) and music, as recordings that
the engine can turn into mel patches.

    python3 make_bank.py --out OUT [--voices 24] [--songs 12] [--seed 0]

OUT/speech-NNN.wav (one voice each: its utterances, 0.5 s of silence between them) and OUT/music-NNN.wav (20 s of one
song each), mono, 16 kHz. `clutchcut analyze --dump-features` gives their mel, `augment_features.patches_of` cuts it.
"""

from __future__ import annotations

import argparse
import sys
import wave
from pathlib import Path

import numpy as np
from scipy import signal

sys.path.insert(0, str(Path(__file__).resolve().parent))
import music  # noqa: E402
import voice  # noqa: E402
from sound import RATE, level_db, amplitude  # noqa: E402


def speech(rng: np.random.Generator) -> np.ndarray:
    """One voice, in a random order: 6 calm sentences, 6 shouts, a laugh; -20 dB RMS each."""
    bank = voice.make_bank(rng, calm=6, shouts=6)
    sounds = bank['calm'] + bank['low'][:1] + bank['excited'] + bank['laugh'][:1]
    rng.shuffle(sounds)
    pause = np.zeros(RATE // 2, np.float32)
    return np.concatenate([part for sound in sounds for part in (sound * amplitude(-20 - level_db(sound)), pause)])


def song(rng: np.random.Generator) -> np.ndarray:
    return music.song(rng, 60)[20 * RATE : 40 * RATE].mean(axis=1)


def write_wav(path: Path, x: np.ndarray) -> None:
    samples = signal.resample_poly(x, 1, RATE // 16_000)
    with wave.open(str(path), 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype('<i2').tobytes())


def main() -> int:
    parser = argparse.ArgumentParser(description='Writes speech and music for the mel bank.')
    parser.add_argument('--out', type=Path, required=True)
    parser.add_argument('--voices', type=int, default=24)
    parser.add_argument('--songs', type=int, default=12)
    parser.add_argument('--seed', type=int, default=0)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for kind, count, make in (('speech', arguments.voices, speech), ('music', arguments.songs, song)):
        for i in range(count):
            rng = np.random.default_rng([arguments.seed, i, kind == 'music'])
            write_wav(arguments.out / f'{kind}-{i:03d}.wav', make(rng))
    return 0


if __name__ == '__main__':
    sys.exit(main())
