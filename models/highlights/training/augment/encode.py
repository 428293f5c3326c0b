"""One FFmpeg run per copy: raw sound tracks and overlays in, a finished recording out."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import picture
from sound import RATE
from timeline import Insert, starts

TITLES = {'mix': 'Mix', 'game': 'Game Audio', 'mic': 'Mic/Aux', 'music': 'Music'}


def probe(path: Path) -> tuple[int, int, float]:
    """Width, height and duration."""
    entries = 'stream=width,height:format=duration'
    argv = ['ffprobe', '-v', 'error', '-select_streams', 'v:0', '-show_entries', entries, '-of', 'default=nw=1', str(path)]
    lines = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.split()
    found = dict(line.split('=') for line in lines)
    return int(found['width']), int(found['height']), float(found['duration'])


def read_sound(path: Path, channels: int) -> np.ndarray:
    """f32 [samples] or [samples, 2] at RATE."""
    argv = ['ffmpeg', '-v', 'error', '-i', str(path), '-vn', '-ar', str(RATE), '-ac', str(channels), '-f', 's16le', '-']
    raw = subprocess.run(argv, check=True, capture_output=True).stdout
    samples = np.frombuffer(raw, '<i2').astype(np.float32) / 32768
    return samples if channels == 1 else samples.reshape(-1, 2)


@dataclass
class Graph:
    """Inputs and filters as they are put together."""

    folder: Path
    inputs: list[str] = field(default_factory=list)
    count: int = 0
    filters: list[str] = field(default_factory=list)
    last: str = '0:v'

    def input(self, *argv: str) -> int:
        self.inputs += argv
        self.count += 1
        return self.count - 1

    def filter(self, text: str) -> None:
        """Appends to the main chain."""
        label = f'v{len(self.filters)}'
        self.filters.append(f'[{self.last}]{text}[{label}]')
        self.last = label

    def overlay(self, frames: np.ndarray, rate: int, x: int, y: str | int, when: list[tuple[float, float]] | None) -> None:
        """Lays looped frames over the main chain, always or at some times."""
        count, height, width, channels = frames.shape
        path = self.folder / f'overlay{self.count}.raw'
        path.write_bytes(frames.tobytes())
        form = ['-f', 'rawvideo', '-pix_fmt', 'rgba' if channels == 4 else 'rgb24', '-s', f'{width}x{height}']
        loop = ['-stream_loop', '-1'] if count > 1 else []
        index = self.input(*form, '-framerate', str(rate), *loop, '-i', str(path))
        # Nobody sees more than the picture's own format.
        self.filters.append(f'[{index}:v]format={"yuva420p" if channels == 4 else "yuv420p"}[o{index}]')
        enable = '' if when is None else f":enable='{between(when)}'"
        ends = 'repeat' if count == 1 else 'endall'
        self.last, before = f'v{len(self.filters)}', self.last
        self.filters.append(f"[{before}][o{index}]overlay=x={x}:y='{y}':eof_action={ends}:format=auto{enable}[{self.last}]")


def between(spans: list[tuple[float, float]]) -> str:
    return '+'.join(f'between(t,{first:.3f},{last:.3f})' for first, last in spans)


def even(value: float) -> int:
    return max(2, int(value) // 2 * 2)


def command(
    rng: np.random.Generator, recipe: dict, source: Path, tracks: list[tuple[Path, int]], folder: Path, out: Path,
    size: tuple[int, int], total: float,
) -> list[str]:
    """The whole argv. `tracks`: raw s16le files and their channels, in the order of the recipe's roles."""
    graph = Graph(folder)
    graph.input('-threads', '1', '-i', str(source))
    inserts = [Insert(**insert) for insert in recipe['inserts']]
    coding, look = recipe['coding'], recipe['picture']
    height = even(coding['height'])
    width = even(height * size[0] / size[1])
    move(graph, inserts, coding['fps'], total)
    if (width, height) != size:
        graph.filter(f'scale={width}:{height}:flags=fast_bilinear')
    if look['look']:
        values = look['look']
        graph.filter('eq=' + ':'.join(f'{key}={values[key]}' for key in ('brightness', 'contrast', 'saturation')))
        if values['hue']:
            graph.filter(f'hue=h={values["hue"]}')
    if look['letterbox']:
        share = {'4:3': (0.75, 1), '21:9': (1, 0.76), 'window': (0.8, 0.8)}[look['letterbox']]
        w, h = even(width * share[0]), even(height * share[1])
        graph.filter(f'scale={w}:{h}:flags=fast_bilinear,pad={width}:{height}:(ow-iw)/2:(oh-ih)/2')
    begins = starts(inserts)
    lay_cards(graph, rng, inserts, begins, width, height, ('menu', 'scores', 'pause', 'desktop', 'black'))
    if look['blackouts']:
        graph.overlay(
            picture.card(rng, 'black', width, height), 1, 0, 0, [(at, at + seconds) for at, seconds in look['blackouts']]
        )
    lay_overlays(graph, rng, look, width, height)
    lay_cards(graph, rng, inserts, begins, width, height, ('starting', 'ending'))
    graph.filter('format=yuv420p')
    maps = ['-map', f'[{graph.last}]']
    for path, channels in tracks:
        index = graph.input('-f', 's16le', '-ar', str(RATE), '-ac', str(channels), '-i', str(path))
        maps += ['-map', f'{index}:a']
    return [
        *('ffmpeg', '-v', 'error', '-nostdin', '-y', '-filter_threads', '1', '-filter_complex_threads', '1'),
        *graph.inputs,
        *('-filter_complex', ';'.join(graph.filters)),
        *maps,
        *('-t', f'{total:.3f}', '-map_metadata', '-1', '-map_chapters', '-1'),
        *video_args(coding),
        *sound_args(recipe, [channels for _, channels in tracks]),
        *('-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', str(out)),
    ]


def move(graph: Graph, inserts: list[Insert], fps: int, total: float) -> None:
    """Makes room: later frames get later times, and the frame before (the first one at the start) fills the gap."""
    shift = '+'.join(f'gte(T,{insert.at - 0.001:.3f})*{insert.length:.3f}' for insert in inserts)
    times = f"setpts='PTS-STARTPTS+({shift})/TB'," if shift else 'setpts=PTS-STARTPTS,'
    graph.filter(f'{times}fps={fps}:start_time=0,tpad=stop_mode=clone:stop_duration={total:.3f}')


def lay_cards(
    graph: Graph, rng: np.random.Generator, inserts: list[Insert], begins: list[float], width: int, height: int, kinds: tuple
) -> None:
    for kind in kinds:
        when = [(t, t + insert.length - 0.01) for insert, t in zip(inserts, begins) if insert.kind == kind]
        if when:
            graph.overlay(picture.card(rng, kind, width, height), picture.CARD_RATE, 0, 0, when)


def lay_overlays(graph: Graph, rng: np.random.Generator, look: dict, width: int, height: int) -> None:
    if look['facecam']:
        w = even(width * look['facecam']['size'])
        h = even(w * float(rng.choice((0.5625, 0.75, 1))))
        x, y = look['facecam']['place']
        graph.overlay(picture.facecam(rng, w, h), picture.CAM_RATE, even(x * (width - w)), even(y * (height - h)), None)
    if look['chat']:
        w, h = even(width * look['chat']['width']), even(height * look['chat']['height'])
        x, y = look['chat']['place']
        frames = picture.chat(rng, w, h, look['chat']['rate'])
        graph.overlay(frames, picture.CHAT_RATE, even(x * (width - w)), even(y * (height - h)), None)
    if look['alerts']:
        w, h = even(width * 0.4), even(max(24, height * 0.14))
        top = even(look['alerts']['y'] * (height - h))
        when = [(t, t + 4) for t in look['alerts']['times']]
        graph.overlay(picture.alert(rng, w, h), 1, even(look['alerts']['x'] * (width - w)), f'{top}+3*sin(6*t)', when)


def video_args(coding: dict) -> list[str]:
    gop, cuts = str(coding['gop']), 'scenecut=40' if coding['sceneCuts'] else 'scenecut=0'
    if coding['video'] == 'x265':
        params = f'keyint={gop}:{cuts}:pools=none:frame-threads=1:log-level=none:info=0'
        args = ['-c:v', 'libx265', '-preset', coding['preset'], '-x265-params', params, '-tag:v', 'hvc1']
        args = args[:-2] if coding['container'] in ('mkv', 'ts') else args
    else:
        args = ['-c:v', 'libx264', '-preset', coding['preset'], '-threads', '1', '-g', gop, '-x264-params', cuts]
    if coding['crf'] is not None:
        return [*args, '-crf', str(coding['crf'])]
    rate = f'{coding["kbps"]}k'
    return [*args, '-b:v', rate, '-maxrate', rate, '-bufsize', f'{2 * coding["kbps"]}k']


def sound_args(recipe: dict, channels: list[int]) -> list[str]:
    coding, sound = recipe['coding'], recipe['sound']
    args = {
        'aac': ['-c:a', 'aac', '-aac_coder', 'fast'],
        'opus': ['-c:a', 'libopus', '-compression_level', '0'],
        'mp3': ['-c:a', 'libmp3lame', '-compression_level', '9'],
    }[coding['audio']] + ['-ar', str(coding['sampleRate'])]
    if sound['gaps'] and sound['drops']:
        spans = [(at, at + seconds) for at, seconds in sound['drops']]
        args += ['-af', f"aselect='not({between(spans)})'"]
    for i, (role, count) in enumerate(zip(recipe['roles'], channels)):
        # The encoders refuse, or spoil, more than this.
        most = 64 if count == 1 else 160
        args += [f'-b:a:{i}', f'{min(coding["audioKbps"], most, 4 * count * coding["sampleRate"] // 1000)}k']
        if coding['titled']:
            title = TITLES[role]
        else:
            title = f'Track{i + 1}'
        if len(channels) > 1 or coding['titled']:
            args += [f'-metadata:s:a:{i}', f'title={title}', f'-metadata:s:a:{i}', f'handler_name={title}']
    return args
