"""Text as pixels: a font that FFmpeg's drawtext renders once per size, and a blitter for it."""

from __future__ import annotations

import functools
import subprocess
import tempfile
from pathlib import Path

import numpy as np

CHARACTERS = ''.join(map(chr, range(33, 127)))


@functools.lru_cache
def glyphs(size: int) -> np.ndarray:
    """[127, height, width] f32, 0 to 1: the printable ASCII characters of a fixed-width font `size` pixels high.

    Each is drawn on a line of its own, followed by a bar: where the bars are the lines are.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, 'text')
        # The bar is as high as anything else, so that all lines lie equally.
        path.write_text(''.join(f'{c}  |\n' for c in CHARACTERS))
        pitch, rows = 0.602 * size, (2 * size + 6) * len(CHARACTERS)
        width = int(pitch * 5) // 2 * 2
        drawn = (
            f'drawtext=textfile={path}:expansion=none:font=DejaVu Sans Mono:fontsize={size}:fontcolor=white:x=0:y=2'
            f':line_spacing=6'
        )
        argv = ['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', f'color=black:s={width}x{rows}:r=1:d=1', '-vf', f'{drawn},format=gray']
        raw = subprocess.run([*argv, '-frames:v', '1', '-f', 'rawvideo', '-'], check=True, capture_output=True).stdout
    image = np.frombuffer(raw, np.uint8).reshape(rows, width).astype(np.float32) / 255
    bar = image[:, int(pitch * 3) :].max(axis=1) > 0.2
    lines = np.flatnonzero(bar & ~np.r_[False, bar[:-1]])[: len(CHARACTERS)]
    if len(lines) != len(CHARACTERS):
        raise RuntimeError(f'the font was drawn on {len(lines)} lines instead of {len(CHARACTERS)}')
    height, cell = int(size * 1.15) + 1, int(np.ceil(pitch))
    out = np.zeros((127, height, cell), np.float32)
    for c, top in zip(CHARACTERS, lines):
        out[ord(c)] = image[top : top + height, :cell]
    return out


def write(image: np.ndarray, text: str, x: int, y: int, size: int, colour: tuple[float, ...]) -> None:
    """Draws `text` into `image` [height, width, channels] f32 in place with its top left corner at (x, y)."""
    font = glyphs(size)
    height, cell = font.shape[1:]
    for i, c in enumerate(text):
        left = x + int(i * size * 0.602)
        if left < 0 or y < 0 or left + cell > image.shape[1] or y + height > image.shape[0] or not 32 < ord(c) < 127:
            continue
        alpha = font[ord(c)][:, :, None]
        area = image[y : y + height, left : left + cell]
        area += alpha * (np.array(colour, np.float32) - area)


def width_of(text: str, size: int) -> int:
    return int(len(text) * size * 0.602)
