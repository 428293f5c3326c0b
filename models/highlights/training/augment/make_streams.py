#!/usr/bin/env python3
"""Makes stream-like recordings of rendered matches: speech, music, menus, overlays, codecs.

    python3 make_streams.py --videos VIDEOS --labels LABELS --out OUT [--copies 1] [--seed 0] [--only NAME…] [--jobs 1]

Takes VIDEOS/NAME.mp4 with LABELS/NAME.labels.json; writes OUT/NAME-s<copy>.<container> and OUT/NAME-s<copy>.labels.json:
the labels on the new clock, and `source` (the match it comes from: never split it from its source), `duration`,
`roles` of the audio tracks, `inserts` ({t, length, kind}, on the new clock: nothing happens there), `said` ({t, kind,
atEvent}) and the `recipe`. The same seed, name and copy make the same bytes on the same machine, whatever else is made.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import encode  # noqa: E402
import recipe as recipes  # noqa: E402
import tracks  # noqa: E402
from timeline import Insert, shifted_labels, spans_of_interest, starts  # noqa: E402


def make(video: Path, labels_path: Path, out: Path, seed: int, copy: int) -> dict:
    """Makes one copy; returns its labels. Nothing half-done is left under the final name."""
    labels = json.loads(labels_path.read_text())
    name = f'{labels_path.name.removesuffix(".labels.json")}-s{copy}'
    rng = np.random.default_rng([seed, copy, zlib.crc32(name.encode())])
    width, height, duration = encode.probe(video)
    recipe = recipes.draw(rng, labels['events'], duration, width, height)
    inserts = [Insert(**insert) for insert in recipe['inserts']]
    total = round(duration + sum(insert.length for insert in inserts), 3)
    events = shifted_labels(labels, inserts)

    game = encode.read_sound(video, recipe['sound']['channels'])
    game = game[: int(duration * tracks.RATE)]
    sounds, said = tracks.build(rng, recipe, game, spans_of_interest(events), total)
    del game
    with tempfile.TemporaryDirectory(dir=out, prefix=f'.{name}-') as temporary:
        folder = Path(temporary)
        files = []
        while sounds:
            sound = sounds.pop(0)
            path = folder / f'track{len(files)}.raw'
            path.write_bytes(tracks.pcm(sound))
            files.append((path, 1 if sound.ndim == 1 else 2))
        made = folder / f'{name}.{recipe["coding"]["container"]}'
        argv = encode.command(rng, recipe, video, files, folder, made, (width, height), total)
        ran = subprocess.run(argv, capture_output=True, text=True)
        if ran.returncode != 0 or not made.exists():
            raise RuntimeError(f'{name}: ffmpeg failed ({ran.returncode}): {ran.stderr[-2000:]}\n{" ".join(argv)}')
        result = {
            **{key: value for key, value in labels.items() if key not in ('name', 'events')},
            'name': name,
            'source': labels.get('name', name),
            'duration': total,
            'events': events,
            'roles': recipe['roles'],
            'inserts': [
                {'t': round(t, 3), 'length': insert.length, 'kind': insert.kind} for insert, t in zip(inserts, starts(inserts))
            ],
            'said': [{**say, 't': round(say['t'], 2)} for say in said],
            'recipe': recipe,
        }
        for old in out.glob(f'{name}.*'):
            old.unlink()
        os.replace(made, out / made.name)
        (folder / 'labels').write_text(json.dumps(result, indent=1) + '\n')
        os.replace(folder / 'labels', out / f'{name}.labels.json')
    return result


def cpu_seconds() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def job(arguments: tuple[Path, Path, Path, int, int]) -> str:
    before = cpu_seconds()
    made = make(*arguments)
    coding = made['recipe']['coding']
    what = f'{coding["video"]} {coding["height"]}p{coding["fps"]} {coding["audio"]} {"+".join(made["roles"])}'
    return f'{made["name"]}.{coding["container"]}: {made["duration"]:.0f} s, {what}, {cpu_seconds() - before:.1f} CPU-s'


def main() -> int:
    parser = argparse.ArgumentParser(description='Makes stream-like recordings of rendered matches.')
    parser.add_argument('--videos', type=Path, required=True, help='folder with NAME.mp4')
    parser.add_argument('--labels', type=Path, required=True, help='folder with NAME.labels.json')
    parser.add_argument('--out', type=Path, required=True)
    parser.add_argument('--copies', type=int, default=1)
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--only', nargs='+', metavar='NAME')
    parser.add_argument('--jobs', type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    work = []
    for video in sorted(arguments.videos.glob('*.mp4')):
        labels = arguments.labels / f'{video.stem}.labels.json'
        if arguments.only and video.stem not in arguments.only:
            continue
        if not labels.exists():
            print(f'{video.name}: no {labels}, left out', file=sys.stderr)
            continue
        work += [(video, labels, arguments.out, arguments.seed, copy) for copy in range(arguments.copies)]
    missing = set(arguments.only or ()) - {video.stem for video, *_ in work}
    if missing:
        print(f'no video with labels for {", ".join(sorted(missing))}', file=sys.stderr)
        return 1
    if arguments.jobs <= 1:
        for line in map(job, work):
            print(line, flush=True)
        return 0
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for line in pool.map(job, work):
            print(line, flush=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())
