"""What a streamer's microphone hears: speech and shouts (espeak-ng), laughter, breath, keys. Mono f32 at RATE."""

from __future__ import annotations

import io
import subprocess
import wave

import numpy as np
from scipy import signal

from sound import RATE, amplitude, band, filtered, noise, resampled, soft_clip

LANGUAGES = ('en-us', 'en-us', 'en-gb', 'en-gb-scotland', 'de', 'fr-fr', 'es', 'pt-br')
VARIANTS = ('m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'f1', 'f2', 'f3', 'f4', 'f5', 'Andy', 'adam', 'Linda', 'steph')

CALM = (
    'So welcome back everybody, let me just check the settings for a moment.',
    'I think we should wait here and see who comes around the corner.',
    'Thanks for the follow, I really appreciate it.',
    'My internet was a bit slow yesterday, but today it seems fine.',
    'What do you guys think, should we change the map after this one?',
    'I had pasta for lunch, and it was honestly not very good.',
    'Okay, okay, let us go this way.',
    'There should be some armour up there, maybe, I am not sure.',
    'Hello there, how was your day?',
    'I have been playing this since I was at school.',
    'Somebody asked about the mouse, it is just an old one, nothing special.',
    'Right. Let me think.',
    'We have about twenty minutes left, then I need to go and walk the dog.',
    'The thing about this level is that the sound is really confusing.',
    'Yeah. Sure. Why not.',
    'I do not know, man, it is what it is.',
    'Reload, reload, and then we go back to the middle.',
    'Let me read the chat for a second.',
    'Also ich glaube, wir warten hier noch einen Moment.',
    'Bueno, vamos a ver que pasa ahora.',
    'Alors, on va essayer encore une fois.',
)
LOW = (
    'Hm. Okay.',
    'Well, that happened.',
    'Quiet now. Very quiet.',
    'I will not say anything about that.',
    'All right, next one.',
    'Mhm. Fine.',
)
EXCITED = (
    'Oh my god! Oh my god!',
    'No no no no no!',
    'Yes! Yes! Let us go!',
    'What was that? What was that?',
    'Get out of here!',
    'Did you see that? Did you see that?',
    'Come on! Come on!',
    'Are you kidding me?',
    'Wow! Unbelievable!',
    'Behind you! Behind you! Look out!',
    'Clip it! Clip that!',
    'Oh no! Oh no!',
    "[[n'oU::::::]]!",
    "[[w'O:::::t]]!",
    "[[j'E::::s]]! [[j'E::::s]]!",
    "[[oU:::::::]]!",
    "[[l'Ets g'oU:::::]]!",
)


def say(text: str, voice: str, pitch: int, speed: int) -> np.ndarray:
    """One utterance of espeak-ng with a peak of 1."""
    argv = ['espeak-ng', '-v', voice, '-p', str(pitch), '-s', str(speed), '-a', '120', '--stdout', text]
    heard = subprocess.run(argv, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(heard)) as file:
        rate = file.getframerate()
        # On a pipe the header's length is a guess: take what there is.
        samples = np.frombuffer(heard[44 : 44 + (len(heard) - 44) // 2 * 2], np.int16).astype(np.float32)
    if samples.size == 0:
        return np.zeros(RATE // 10, np.float32)
    step = np.gcd(rate, RATE)
    samples = signal.resample_poly(samples, RATE // step, rate // step).astype(np.float32)
    return samples / max(1e-6, float(np.abs(samples).max()))


def excited(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Higher, faster, brighter and clipped: somebody who shouts into the microphone."""
    x = resampled(x, rng.uniform(0.8, 0.95))
    x = x + 0.8 * np.diff(x, prepend=np.float32(0))
    x = soft_clip(x / max(1e-6, float(np.abs(x).max())), rng.uniform(6, 18))
    # A voice that breaks: fast roughness on some.
    if rng.random() < 0.4:
        x = x * (1 - rng.uniform(0.1, 0.4) * (0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(40, 90) * np.arange(len(x)) / RATE)))
    return x.astype(np.float32)


def laughter(rng: np.random.Generator, pitch: float) -> np.ndarray:
    """Ha-ha-ha: short voiced bursts with breath, four to six a second, that sink in pitch and fade."""
    count, rate = int(rng.integers(4, 12)), rng.uniform(4, 6)
    out = np.zeros(int((count / rate + 0.5) * RATE), np.float32)
    for i in range(count):
        length = int(rng.uniform(0.09, 0.14) * RATE)
        t = np.arange(length) / RATE
        hertz = pitch * (1.25 - 0.4 * i / count) * (1 - 0.8 * t)
        voiced = signal.sawtooth(2 * np.pi * np.cumsum(hertz) / RATE)
        body = 0.7 * voiced + 0.5 * rng.standard_normal(length)
        burst = sum(filtered(body, band(f * 0.85, f * 1.15)) * a for f, a in ((750, 1.0), (1250, 0.6), (2600, 0.25)))
        start = int((i / rate + rng.uniform(0, 0.02)) * RATE)
        out[start : start + length] += (burst * np.hanning(length) * (1 - 0.7 * i / count)).astype(np.float32)
    return out / np.abs(out).max()


def breath(rng: np.random.Generator) -> np.ndarray:
    """In and out through the nose, close to the microphone."""
    length = rng.uniform(0.6, 1.4)
    x = filtered(noise(rng, length), band(300, rng.uniform(1800, 4000)))
    return (x * np.hanning(len(x)) ** 1.5 * 0.5).astype(np.float32)


def key_press(rng: np.random.Generator) -> np.ndarray:
    """A key or a mouse button: two clicks, down and up."""
    out = np.zeros(int(0.14 * RATE), np.float32)
    for start, loud in ((0.0, 1.0), (rng.uniform(0.05, 0.1), 0.5)):
        click = filtered(noise(rng, 0.025), band(rng.uniform(800, 1500), rng.uniform(4000, 9000)))
        click *= np.exp(-np.arange(len(click)) / RATE / rng.uniform(0.002, 0.006)).astype(np.float32)
        at = int(start * RATE)
        out[at : at + len(click)] += (click * loud).astype(np.float32)
    return out / max(1e-6, float(np.abs(out).max()))


def make_bank(rng: np.random.Generator, calm: int, shouts: int) -> dict[str, list[np.ndarray]]:
    """One person's sounds: `calm`, `low`, `excited`, `laugh`, `breath`, `key`. Peaks of about 1."""
    voice = f'{rng.choice(LANGUAGES)}+{rng.choice(VARIANTS)}'
    pitch, speed = int(rng.integers(20, 60)), int(rng.integers(140, 190))

    def take(texts: tuple[str, ...], count: int) -> list[str]:
        return [str(text) for text in rng.choice(np.array(texts, object), count, replace=count > len(texts))]

    bank = {
        'calm': [say(text, voice, pitch, speed) for text in take(CALM, calm)],
        'low': [amplitude(-6) * say(text, voice, max(0, pitch - 25), speed - 30) for text in take(LOW, 3)],
        'excited': [
            excited(say(text, voice, min(99, pitch + int(rng.integers(25, 50))), speed + int(rng.integers(30, 90))), rng)
            for text in take(EXCITED, shouts)
        ],
        'laugh': [laughter(rng, 120 + 2.5 * pitch) for _ in range(2)],
        'breath': [breath(rng) for _ in range(3)],
        'key': [key_press(rng) for _ in range(6)],
    }
    return {name: [np.asarray(sound, np.float32) for sound in sounds] for name, sounds in bank.items()}
