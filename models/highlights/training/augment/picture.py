"""Pictures to lay over a recording: waiting screens, menus, desktops, facecams, chats, alerts. Each function gives
RGB or RGBA frames, u8 [frames, height, width, 3 or 4], to be looped at the rate it says."""

from __future__ import annotations

import numpy as np

from text import width_of, write

CARD_RATE = 4
CAM_RATE = 10
CHAT_RATE = 2
WORDS = 'lol gg wow nice pog haha what no way hello hi clip that omg let him cook LUL KEKW rip how ez hmm music name first'.split()
TITLES = {
    'starting': ('STARTING SOON', 'STREAM STARTS SOON', 'BE RIGHT BACK', 'WAITING FOR PLAYERS', 'INTERMISSION'),
    'ending': ('THANKS FOR WATCHING', 'STREAM IS OVER', 'SEE YOU TOMORROW', 'OFFLINE'),
}
BUTTONS = ('PLAY', 'MULTIPLAYER', 'SINGLE PLAYER', 'OPTIONS', 'LOADOUT', 'STORE', 'SETTINGS', 'CREDITS', 'QUIT', 'BACK', 'FIND MATCH')


def _colour(rng: np.random.Generator, low: int = 0, high: int = 256) -> np.ndarray:
    return rng.integers(low, high, 3).astype(np.float32)


def _gradient(width: int, height: int, a: np.ndarray, b: np.ndarray, angle: float, phase: float = 0.0) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    t = 0.5 + 0.5 * np.sin(np.pi * (x / width * np.cos(angle) + y / height * np.sin(angle)) + phase)
    return a + t[:, :, None].astype(np.float32) * (b - a)


def name(rng: np.random.Generator) -> str:
    return str(rng.choice(WORDS)).capitalize() + str(rng.choice(WORDS)) + str(rng.integers(1, 999))


def card(rng: np.random.Generator, kind: str, width: int, height: int) -> np.ndarray:
    """A whole picture of a kind of insertion (RGBA where the game shows through: `pause`), 6 s at CARD_RATE."""
    frames = 6 * CARD_RATE
    if kind == 'black':
        return np.zeros((1, height, width, 3), np.uint8)
    draw = {'starting': _waiting, 'ending': _waiting, 'menu': _menu, 'scores': _scores, 'desktop': _desktop, 'pause': _pause}[kind]
    return np.clip(draw(rng, kind, width, height, frames), 0, 255).astype(np.uint8)


def _waiting(rng: np.random.Generator, kind: str, width: int, height: int, frames: int) -> np.ndarray:
    a, b, angle = _colour(rng, 0, 160), _colour(rng), rng.uniform(0, 6.28)
    title, size = str(rng.choice(TITLES[kind])), int(height * rng.uniform(0.07, 0.11))
    ink = _colour(rng, 180)
    dots = rng.uniform(0, 1, (20, 3))
    out = np.empty((frames, height, width, 3), np.float32)
    for i in range(frames):
        out[i] = _gradient(width, height, a, b, angle, 2 * np.pi * i / frames)
        for x, y, loud in dots:
            left, top = int(x * (width - 4)), int((y - i / frames) % 1 * (height - 4))
            out[i, top : top + 3, left : left + 3] += 120 * loud
        write(out[i], title, (width - width_of(title, size)) // 2, int(height * 0.4), size, tuple(ink))
        small = max(8, size // 2)
        write(out[i], f'00:{59 - i // CARD_RATE:02d}', (width - width_of('00:00', small)) // 2, int(height * 0.6), small, (255,) * 3)
    return out


def _menu(rng: np.random.Generator, _kind: str, width: int, height: int, frames: int) -> np.ndarray:
    base = _gradient(width, height, _colour(rng, 0, 90), _colour(rng, 0, 140), rng.uniform(0, 6.28))
    size = max(8, int(height * 0.06))
    buttons = [str(b) for b in rng.choice(BUTTONS, 5, replace=False)]
    left, accent = int(width * rng.uniform(0.05, 0.5)), tuple(_colour(rng, 120))
    chosen, out = 0, np.empty((frames, height, width, 3), np.float32)
    for i in range(frames):
        out[i] = base
        if rng.random() < 0.3:
            chosen = int(rng.integers(5))
        for k, label in enumerate(buttons):
            top = int(height * (0.2 + 0.13 * k))
            if k == chosen:
                out[i, top - 2 : top + int(size * 1.3), left - 4 : left + int(width * 0.42)] = accent
            write(out[i], label, left, top, size, (20,) * 3 if k == chosen else (220,) * 3)
    return out


def _scores(rng: np.random.Generator, _kind: str, width: int, height: int, frames: int) -> np.ndarray:
    base = _gradient(width, height, _colour(rng, 0, 60), _colour(rng, 0, 110), rng.uniform(0, 6.28))
    size = max(8, int(height * 0.05))
    for k in range(9):
        top = int(height * (0.1 + 0.09 * k))
        row = f'{name(rng):<16}{rng.integers(0, 40):>4}{rng.integers(0, 40):>4}' if k else f'{"NAME":<16}{"K":>4}{"D":>4}'
        base[top - 1 : top + int(size * 1.2), int(width * 0.08) : int(width * 0.92)] += 25 * (k % 2)
        write(base, row[: int(width * 0.8 / (size * 0.602))], int(width * 0.1), top, size, (230,) * 3 if k else (255, 220, 80))
    out = np.repeat(base[None], frames, 0)
    for i in range(frames):
        out[i, -6:-3, : int(width * (i + 1) / frames)] = 200
    return out


def _desktop(rng: np.random.Generator, _kind: str, width: int, height: int, frames: int) -> np.ndarray:
    base = _gradient(width, height, _colour(rng, 0, 120), _colour(rng, 60), rng.uniform(0, 6.28))
    size = 8 if height < 300 else 12
    for _ in range(int(rng.integers(1, 4))):
        w, h = int(width * rng.uniform(0.3, 0.7)), int(height * rng.uniform(0.3, 0.7))
        x, y = int(rng.uniform(0, width - w)), int(rng.uniform(0, height * 0.92 - h))
        paper = rng.choice((30.0, 245.0))
        base[y : y + h, x : x + w] = paper
        base[y : y + size + 3, x : x + w] = _colour(rng, 100, 220)
        for line in range(y + size + 6, y + h - size - 4, size + 4):
            words = ' '.join(str(w) for w in rng.choice(WORDS, 12))
            write(base[:, : x + w], words[: int(rng.integers(10, 60))], x + 4, line, size, (255 - paper,) * 3)
    base[-int(height * 0.07) :] = 35
    out = np.repeat(base[None], frames, 0)
    x, y = rng.uniform(0.2, 0.8, 2)
    for i in range(frames):
        x, y = np.clip((x + rng.normal(0, 0.05), y + rng.normal(0, 0.05)), 0, 0.95)
        out[i, int(y * height) : int(y * height) + 6, int(x * width) : int(x * width) + 4] = 255
    return out


def _pause(rng: np.random.Generator, _kind: str, width: int, height: int, _frames: int) -> np.ndarray:
    out = np.zeros((1, height, width, 4), np.float32)
    out[..., 3] = rng.uniform(60, 170)
    size = int(height * 0.1)
    label = str(rng.choice(('PAUSED', 'PAUSE', 'GAME PAUSED', 'DISCONNECTED')))
    write(out[0], label, (width - width_of(label, size)) // 2, int(height * 0.42), size, (255,) * 4)
    return out


def facecam(rng: np.random.Generator, width: int, height: int, seconds: int = 30) -> np.ndarray:
    """A head that sways, blinks and talks before a wall, with a webcam's noise and a border, at CAM_RATE."""
    frames = seconds * CAM_RATE
    y, x = (axis.astype(np.float32) for axis in np.mgrid[0:height, 0:width])
    x, y = x / width, y / height
    wall = _gradient(width, height, _colour(rng, 10, 160), _colour(rng, 30, 220), rng.uniform(0, 6.28))
    skin, shirt, hair = np.array([224, 172, 140], np.float32) * rng.uniform(0.4, 1.1), _colour(rng, 0, 200), _colour(rng, 0, 120)
    steps = np.arange(frames + 1)
    nodes = np.arange(0, frames + 12, 12)

    def walk(amount: float) -> np.ndarray:
        values = rng.normal(0, amount, len(nodes))
        values[-2:] = values[0]
        return np.interp(steps, nodes, values)

    dx, dy, loud = walk(0.05), walk(0.03), np.abs(walk(1))
    out = np.empty((frames, height, width, 3), np.float32)
    flash = rng.random() < 0.5
    for i in range(frames):
        image = out[i]
        image[:] = wall
        cx, cy = 0.5 + dx[i], 0.45 + dy[i]
        image[(((x - cx * 0.7 - 0.15) / 0.42) ** 2 + ((y - 1.15) / 0.4) ** 2) < 1] = shirt
        image[(((x - cx) / 0.2) ** 2 + ((y - cy + 0.06) / 0.3) ** 2) < 1] = hair
        image[(((x - cx) / 0.17) ** 2 + ((y - cy) / 0.27) ** 2) < 1] = skin
        if rng.random() > 0.05:
            image[((np.abs(x - cx) - 0.07) ** 2 * 4 + (y - cy + 0.05) ** 2) < 0.0009] = 30
        mouth = 0.004 + 0.03 * loud[i] * rng.random()
        image[((x - cx) / 0.06) ** 2 + ((y - cy - 0.13) / mouth) ** 2 < 1] = (120, 40, 40)
        if flash:
            image *= 1 + 0.05 * np.sin(i * 0.7)
    out += rng.normal(0, rng.uniform(1, 6), (4, height, width, 1)).astype(np.float32)[np.arange(frames) % 4]
    border = int(rng.integers(0, 3))
    if border:
        colour = _colour(rng)
        out[:, :border], out[:, -border:], out[:, :, :border], out[:, :, -border:] = (colour,) * 4
    return np.clip(out, 0, 255).astype(np.uint8)


def chat(rng: np.random.Generator, width: int, height: int, rate: float, seconds: int = 60) -> np.ndarray:
    """Messages that scroll up, on nothing or on a dark box, RGBA at CHAT_RATE."""
    size = 8 if width < 150 else 11
    line, ground = size + 4, float(rng.choice((0, 120, 200)))
    count, columns = height // line, int((width - 6) / (size * 0.602))
    lines: list[tuple[str, tuple[float, ...]]] = []

    def message() -> None:
        colour = tuple(_colour(rng, 90)) + (255.0,)
        text = f'{name(rng)}: ' + ' '.join(str(w) for w in rng.choice(WORDS, int(rng.integers(1, 9))))
        lines.extend((text[k : k + columns], colour) for k in range(0, len(text), columns))

    for _ in range(count):
        message()
    out = np.zeros((seconds * CHAT_RATE, height, width, 4), np.uint8)
    image = None
    for i in range(len(out)):
        fresh = int(rng.poisson(rate / CHAT_RATE))
        for _ in range(fresh):
            message()
        if fresh or image is None:
            image = np.zeros((height, width, 4), np.float32)
            image[..., 3] = ground
            for k, (text, colour) in enumerate(lines[-count:]):
                write(image, text, 3, k * line, size, colour)
        out[i] = np.clip(image, 0, 255)
    return out


def alert(rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    """A popup, one RGBA frame."""
    out = np.zeros((1, height, width, 4), np.float32)
    out[0] = (*_colour(rng, 40, 255), rng.uniform(120, 255))
    size = max(8, int(height * 0.3))
    text = name(rng) + str(rng.choice((' just followed!', ' subscribed!', ' gave 100!', ' is raiding!')))
    write(out[0], text[: int((width - 8) / (size * 0.602))], 4, int(height * 0.3), size, (255,) * 4)
    return np.clip(out, 0, 255).astype(np.uint8)
