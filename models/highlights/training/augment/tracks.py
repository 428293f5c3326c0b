"""A copy's sound: the source's game sound with gaps for the insertions, a microphone and music, as tracks."""

from __future__ import annotations

import numpy as np
from scipy import signal

import music
import talk
import voice
from sound import (
    BLOCK,
    GAIN_RATE,
    RATE,
    add_at,
    amplitude,
    apply_curve,
    band,
    block_power,
    compressor_gain,
    ducking,
    filtered,
    level_db,
    noise,
    room,
    shelf,
    soft_clip,
    tile,
)
from timeline import Insert, starts


def spread(game: np.ndarray, inserts: list[Insert], total: float) -> np.ndarray:
    """The source's samples on the copy's clock; silence where something is inserted."""
    out = np.zeros((int(total * RATE),) + game.shape[1:], np.float32)
    before, shift = 0, 0.0
    for insert in [*inserts, Insert(len(game) / RATE, 0, 'end')]:
        at = min(len(game), int(insert.at * RATE))
        add_at(out, before + int(shift * RATE), game[before:at])
        before, shift = at, shift + insert.length
    return out


def microphone(rng: np.random.Generator, how: dict, said: list[dict], total: float, level: float) -> np.ndarray:
    """Mono: what is said, laughed, breathed and typed, at `level` dB for calm speech, with the room and the noise."""
    bank = voice.make_bank(rng, calm=14, shouts=12)
    if how['room']:
        response = room(rng, rng.uniform(0.08, 0.3), how['room'])
        bank = {name: [signal.oaconvolve(x, response).astype(np.float32) for x in sounds] for name, sounds in bank.items()}
    if how['telephone']:
        bank = {name: [filtered(x, band(300, 3400)) for x in sounds] for name, sounds in bank.items()}
    out = np.zeros(int(total * RATE), np.float32)
    loud = {'calm': 0, 'low': -7, 'excited': how['shoutDb'], 'laugh': how['shoutDb'] - 3}
    for say in said:
        sounds = bank[say['kind']]
        sound = sounds[int(rng.integers(len(sounds)))]
        gain = amplitude(level - level_db(sound) + loud[say['kind']] + rng.uniform(-2, 2))
        add_at(out, int(say['t'] * RATE), sound, gain)
        if how['breath'] and say['kind'] == 'calm' and rng.random() < 0.3:
            add_at(out, int((say['t'] - 1) * RATE), bank['breath'][int(rng.integers(3))], amplitude(level - 12))
    for _ in range(int(rng.poisson(how['keys'] * total / 6))):
        # Keys come in bursts.
        t = rng.uniform(0, total)
        for _ in range(int(rng.integers(2, 12))):
            add_at(out, int(t * RATE), bank['key'][int(rng.integers(6))], amplitude(level - 6 + rng.uniform(-6, 3)))
            t += rng.uniform(0.07, 0.3)
    if how['compress']:
        wanted = how['compress']
        apply_curve(out, compressor_gain(block_power(out), wanted['thresholdDb'], wanted['ratio']))
    floor = filtered(noise(rng, 7), shelf(500, rng.uniform(0, 12), high=False)) * np.float32(amplitude(how['noiseDb']))
    if how['hum']:
        floor += np.float32(amplitude(how['noiseDb'] + 6)) * np.sin(2 * np.pi * 50 * np.arange(len(floor)) / RATE).astype(np.float32)
    floor = tile(floor, len(out))
    if how['gate']:
        # ducking() is at its depth while there is a voice: the gate is the other way round.
        apply_curve(floor, amplitude(-40) / ducking(out, 40))
    out += floor
    return np.clip(out, -1, 1, out=out)


def gain_curve(rng: np.random.Generator, how: dict, total: float) -> np.ndarray:
    """Amplitudes, one per 10 ms: slow changes and sudden ones."""
    points = int(total * GAIN_RATE) + 1
    db = np.zeros(points, np.float32)
    if how['slowDb']:
        nodes = max(2, int(total / rng.uniform(20, 90)))
        curve = rng.uniform(-how['slowDb'], how['slowDb'], nodes + 1)
        db += np.interp(np.linspace(0, nodes, points), np.arange(nodes + 1), curve).astype(np.float32)
    for at, change in how['steps']:
        # Back to where it was after a while, or never.
        last = int((at + rng.uniform(10, 120)) * GAIN_RATE) if rng.random() < 0.6 else points
        db[int(at * GAIN_RATE) : last] += change
    return amplitude(np.clip(db, -14, 12))


def finish(x: np.ndarray, how: str, db: float) -> np.ndarray:
    """The last step of a mix: its gain, and what happens to what is too loud. In place."""
    x *= np.float32(amplitude(db))
    if how == 'limit':
        apply_curve(x, compressor_gain(block_power(x), -14, 12, release=0.3))
    elif how == 'drive':
        x[:] = soft_clip(x, 4)
    return np.clip(x, -1, 1, out=x)


def build(
    rng: np.random.Generator, recipe: dict, game: np.ndarray, spans: list[tuple[float, float]], total: float
) -> tuple[list[np.ndarray], list[dict]]:
    """The tracks of the recipe's roles, f32 [samples] or [samples, 2] (the microphone is always mono), and what was
    said when."""
    inserts = [Insert(**insert) for insert in recipe['inserts']]
    how, said = recipe['sound'], []
    roles = recipe['roles']
    loudness = level_db(game)
    if how['low']:
        game = filtered(game, shelf(*how['low'], high=False))
    if how['high']:
        game = filtered(game, shelf(*how['high'], high=True))
    game = spread(game, inserts, total)
    # No louder than -16 dB, so that a voice has room above it.
    game_gain = min(how['gameDb'], -16 - loudness)
    apply_curve(game, gain_curve(rng, how, total) * amplitude(game_gain))
    level = loudness + game_gain
    length = len(game)

    songs = np.zeros_like(game)
    if recipe['music']:
        wanted = recipe['music']
        playlist = music.playlist(rng, total)
        songs += playlist if game.ndim == 2 else playlist.mean(axis=1)
        songs *= np.float32(amplitude(level - wanted['underGameDb'] + 20))
        songs[: int(wanted['from'] * length)] = 0
    for insert, start in zip(inserts, starts(inserts)):
        add_insert_sound(rng, game, songs, insert, start, level)
    alerts = recipe['picture']['alerts']
    if alerts:
        bell = music.chime(rng)
        for t in alerts['times']:
            add_at(songs, int(t * RATE), bell, amplitude(alerts['loudDb']))

    mic = np.zeros(length if recipe['commentary'] or 'mic' in roles else 0, np.float32)
    if recipe['commentary']:
        wanted = recipe['commentary']
        said = talk.schedule(rng, spans, total, wanted)
        mic = microphone(rng, wanted, said, total, min(-12, level + wanted['overGameDb']))
        if wanted['duckDb']:
            duck = ducking(mic, wanted['duckDb'])
            apply_curve(songs, duck)
            if 'mix' in roles:
                apply_curve(game, duck)

    tracks = []
    for role in roles:
        if role == 'mix':
            track = game + songs
            if mic.size:
                track += mic if track.ndim == 1 else mic[:, None]
            finish(track, how['finish'], how['masterDb'])
        elif role == 'game':
            # Without a track of their own, songs are part of what the computer plays.
            track = game.copy() if 'music' in roles or 'mix' in roles else game + songs
            finish(track, 'clip', 0)
        elif role == 'music':
            track = finish(songs.copy(), 'clip', 0)
        else:
            track = mic
        if not how['gaps']:
            for at, seconds in how['drops']:
                track[int(at * RATE) : int((at + seconds) * RATE)] = 0
        tracks.append(track)
    return tracks, said


def add_insert_sound(
    rng: np.random.Generator, game: np.ndarray, songs: np.ndarray, insert: Insert, start: float, level: float
) -> None:
    """Waiting screens have music, menus have some and clicks, pauses are silent."""
    first = int(start * RATE)
    if insert.kind in ('starting', 'ending', 'menu'):
        song = music.song(rng, insert.length)
        part = song if songs.ndim == 2 else song.mean(axis=1)
        loud = level + 20 + (rng.uniform(-6, 4) if insert.kind != 'menu' else rng.uniform(-18, -4))
        add_at(game if insert.kind == 'menu' else songs, first, part, amplitude(loud))
    if insert.kind in ('menu', 'scores', 'desktop'):
        click = voice.key_press(rng)
        for _ in range(int(insert.length * rng.uniform(0, 1))):
            add_at(game, first + int(rng.uniform(0, insert.length - 0.2) * RATE), click, amplitude(level - 6))


def pcm(track: np.ndarray) -> bytes:
    """s16le, interleaved."""
    return (track * np.float32(32767)).astype('<i2').tobytes()


__all__ = ['BLOCK', 'RATE', 'build', 'pcm']
