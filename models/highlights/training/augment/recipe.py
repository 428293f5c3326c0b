"""Draws what a copy will be like. A recipe is plain JSON: it is written beside the copy, for the model card."""

from __future__ import annotations

import numpy as np

from timeline import Insert, quiet_time, spans_of_interest


def pick(rng: np.random.Generator, choices: dict):
    """One key, by its weight."""
    keys = list(choices)
    weights = np.array(list(choices.values()), float)
    return keys[int(rng.choice(len(keys), p=weights / weights.sum()))]


def uniform(rng: np.random.Generator, low: float, high: float) -> float:
    return round(float(rng.uniform(low, high)), 3)


def draw(rng: np.random.Generator, events: list[dict], duration: float, width: int, height: int) -> dict:
    """A recipe for a recording of `duration` seconds with these events (on its own clock)."""
    talks = rng.random() < 0.8
    layout = pick(
        rng,
        {
            ('mix',): 0.5,
            ('game', 'mic'): 0.17,
            ('mix', 'game', 'mic'): 0.17,
            ('game', 'mic', 'music'): 0.08,
            ('mix', 'game', 'mic', 'music'): 0.04,
            ('mix', 'mic'): 0.04,
        },
    )
    inserts = draw_inserts(rng, events, duration)
    total = duration + sum(insert.length for insert in inserts)
    return {
        'inserts': [insert.__dict__ for insert in inserts],
        'roles': list(layout),
        'commentary': draw_commentary(rng) if talks else None,
        'music': draw_music(rng) if 'music' in layout or rng.random() < 0.5 else None,
        'sound': draw_sound(rng, total),
        'picture': draw_picture(rng, total),
        'coding': draw_coding(rng, len(layout), width, height),
    }


def draw_inserts(rng: np.random.Generator, events: list[dict], duration: float) -> list[Insert]:
    """Waiting screens at both ends, and menus, pauses and desktops at quiet times in between."""
    spans = spans_of_interest(events)
    found = []
    if rng.random() < 0.35:
        found.append(Insert(0.0, uniform(rng, 10, 45), 'starting'))
    for _ in range(int(rng.integers(0, 3))):
        at = quiet_time(spans, [uniform(rng, 15, duration - 15) for _ in range(8)])
        if all(abs(at - other.at) > 5 for other in found):
            found.append(Insert(at, uniform(rng, 5, 30), pick(rng, {'menu': 3, 'scores': 2, 'pause': 2, 'desktop': 2, 'black': 1})))
    if rng.random() < 0.2:
        found.append(Insert(round(duration, 3), uniform(rng, 8, 25), 'ending'))
    return sorted(found, key=lambda insert: insert.at)


def draw_commentary(rng: np.random.Generator) -> dict:
    """`bond` says how speech goes with events: `with` raises the voice at some of them, `against` lowers it or is
    silent, `none` does not know about them. Shouts at quiet moments come with each."""
    bond = pick(rng, {'with': 1, 'against': 1, 'none': 1})
    lean = uniform(rng, 0.1, 0.4)
    return {
        'bond': bond,
        'talk': uniform(rng, 0.05, 0.5),
        # By how much likelier a shout is near an event than chance would have it.
        'lean': {'with': lean, 'against': -lean, 'none': 0.0}[bond],
        'shoutsPerMinute': uniform(rng, 0.5, 5),
        'overGameDb': uniform(rng, -3, 10),
        'shoutDb': uniform(rng, 3, 9),
        'laughs': int(rng.integers(0, 5)),
        'noiseDb': uniform(rng, -75, -48),
        'gate': bool(rng.random() < 0.4),
        'hum': bool(rng.random() < 0.1),
        'keys': uniform(rng, 0, 2.5) if rng.random() < 0.6 else 0.0,
        'breath': bool(rng.random() < 0.3),
        'room': uniform(rng, 0.1, 0.6) if rng.random() < 0.6 else 0.0,
        'compress': {'thresholdDb': uniform(rng, -30, -16), 'ratio': uniform(rng, 2, 8)} if rng.random() < 0.6 else None,
        'telephone': bool(rng.random() < 0.1),
        'duckDb': uniform(rng, 3, 10) if rng.random() < 0.3 else 0.0,
    }


def draw_music(rng: np.random.Generator) -> dict:
    return {'underGameDb': uniform(rng, 12, 30), 'from': uniform(rng, 0, 0.3) if rng.random() < 0.3 else 0.0}


def draw_sound(rng: np.random.Generator, total: float) -> dict:
    """What happens to the game's sound and to the mix."""
    steps = [[uniform(rng, 5, total - 5), uniform(rng, -12, 12)] for _ in range(int(rng.integers(0, 4)))]
    drops = [[uniform(rng, 5, total - 10), uniform(rng, 0.3, 8)] for _ in range(int(rng.integers(0, 4)))]
    return {
        'channels': int(pick(rng, {1: 0.5, 2: 0.5})),
        'gameDb': uniform(rng, -15, 3),
        'slowDb': uniform(rng, 0, 8) if rng.random() < 0.5 else 0.0,
        'steps': sorted(steps) if rng.random() < 0.5 else [],
        'drops': sorted(drops) if rng.random() < 0.4 else [],
        # Whether dropped sound is missing from the file or silent in it.
        'gaps': bool(rng.random() < 0.25),
        'low': [uniform(rng, 80, 400), uniform(rng, -8, 8)] if rng.random() < 0.3 else None,
        'high': [uniform(rng, 2000, 7000), uniform(rng, -12, 8)] if rng.random() < 0.3 else None,
        'masterDb': uniform(rng, -14, 4),
        'finish': pick(rng, {'clip': 0.3, 'limit': 0.5, 'drive': 0.2}),
    }


def draw_picture(rng: np.random.Generator, total: float) -> dict:
    """Overlays and looks. Positions are shares of the room that is left."""

    def place() -> list[float]:
        corner = [float(rng.integers(0, 2)), float(rng.integers(0, 2))]
        free = [uniform(rng, 0, 1), uniform(rng, 0, 1)]
        return corner if rng.random() < 0.6 else free

    alerts = sorted(uniform(rng, 3, total - 8) for _ in range(int(rng.integers(1, 8))))
    blackouts = [[uniform(rng, 5, total - 10), uniform(rng, 1, 6)] for _ in range(int(rng.integers(1, 3)))]
    return {
        'facecam': {'size': uniform(rng, 0.14, 0.3), 'place': place()} if rng.random() < 0.5 else None,
        'chat': {'width': uniform(rng, 0.18, 0.32), 'height': uniform(rng, 0.3, 0.7), 'place': place(), 'rate': uniform(rng, 0.1, 2)}
        if rng.random() < 0.35
        else None,
        'alerts': {'times': alerts, 'loudDb': uniform(rng, -24, -8), 'x': uniform(rng, 0, 1), 'y': uniform(rng, 0, 0.6)}
        if rng.random() < 0.4
        else None,
        'letterbox': pick(rng, {None: 0.85, '4:3': 0.06, '21:9': 0.05, 'window': 0.04}),
        'look': {
            'brightness': uniform(rng, -0.12, 0.12),
            'contrast': uniform(rng, 0.75, 1.3),
            'saturation': uniform(rng, 0.5, 1.6),
            'hue': uniform(rng, -15, 15) if rng.random() < 0.2 else 0.0,
        }
        if rng.random() < 0.5
        else None,
        # The capture fails: no picture, while the game and its sound go on.
        'blackouts': sorted(blackouts) if rng.random() < 0.15 else [],
    }


def draw_coding(rng: np.random.Generator, tracks: int, width: int, height: int) -> dict:
    """Size, rate, codecs and container. Big or costly combinations are rare: thousands of minutes are made of this."""
    small = width * height <= 320 * 180
    heights = {height: 4, 144: 1, 200: 1, 240: 1} if small else {height: 1, 180: 4, 240: 3, 270: 1}
    out_height = int(pick(rng, heights))
    video = 'x265' if out_height <= 180 and rng.random() < 0.04 else 'x264'
    fps = int(pick(rng, {30: 6, 15: 1, 20: 1, 25: 1} if video == 'x265' or not small else {30: 7, 60: 1, 15: 1, 20: 0.5, 25: 0.5}))
    container = pick(rng, {'mkv': 4, 'mp4': 4, 'ts': 1, 'flv': 1, 'mov': 1})
    if container == 'flv' and (tracks > 1 or video == 'x265'):
        container = 'mkv'
    audio = pick(rng, {'aac': 6, 'opus': 3, 'mp3': 1} if tracks < 3 else {'aac': 1, 'opus': 3})
    if audio == 'opus' and container in ('flv', 'ts', 'mov'):
        container = 'mkv'
    rates = {48000: 5, 24000: 0.5, 16000: 0.3} if audio == 'opus' else {48000: 5, 44100: 4, 32000: 0.5, 22050: 0.5}
    if container == 'flv':
        rates = {44100: 1, 22050: 0.2}
    constant = rng.random() < 0.4
    pixels = out_height * out_height * 16 / 9
    return {
        'container': container,
        'height': out_height,
        'fps': fps,
        'video': video,
        'preset': 'ultrafast' if video == 'x265' else pick(rng, {'ultrafast': 9, 'superfast': 1}),
        'gop': int(pick(rng, {30: 1, 60: 3, 120: 2, 250: 4, 300: 1})),
        'sceneCuts': bool(rng.random() < 0.6),
        'crf': None if constant else int(rng.integers(18, 36)),
        'kbps': int(fps * pixels * rng.uniform(0.03, 0.25) / 1000) if constant else None,
        'audio': audio,
        'audioKbps': int(pick(rng, {32: 1, 48: 1, 64: 2, 96: 3, 128: 3, 160: 2})),
        'sampleRate': int(pick(rng, rates)),
        'titled': bool(rng.random() < 0.9),
    }
