"""Trains and judges on matches and maps that each network has not seen, and writes what it scored.

    /usr/bin/python3 crossvalidate.py --dumps DUMPS --labels LABELS --maps maps.json --out RUNS

One file a variant and seed: RUNS/VARIANT/SEED.json = {variant, seed, folds: {recording: fold}, scores: {recording:
[probability of each half second]}}. `npm run evaluate` makes the tables of it. Recordings whose names end in `-s0`, `-s1` …
are stream-like copies of a match: they lie in its fold, are trained on with it, and are judged by themselves.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

import numpy as np
import torch

import dataset
from train import Settings, predict, train

VARIANTS = {
    'full': {},
    'audio only': {'parts': ('ears', 'signals')},
    'picture only': {'parts': ('eyes', 'signals')},
    'no z-scores': {'parts': ('ears', 'eyes')},
    'no augmentation': {'augment': False},
}


def match_of(name: str) -> str:
    """The match that a recording is of: that of `n07-s1` is `n07`."""
    return re.sub(r'-s\d+$', '', name)


def folds_of(recordings: list[dataset.Recording], folds: int) -> dict[str, int]:
    """Fold of each recording. All recordings of a map lie in one; the maps are dealt out at random, largest first."""
    maps: dict[str, list[str]] = {}
    for recording in recordings:
        maps.setdefault(recording.map, []).append(recording.name)
    if len(maps) < folds:
        raise ValueError(f'{len(maps)} maps do not fill {folds} folds')
    order = sorted(maps)
    random.Random(0).shuffle(order)
    order.sort(key=lambda name: -len(maps[name]))
    sizes, out = [0] * folds, {}
    for name in order:
        fold = sizes.index(min(sizes))
        sizes[fold] += len(maps[name])
        out.update({recording: fold for recording in maps[name]})
    return out


def platt(logits: np.ndarray, inside: np.ndarray, steps: int = 50) -> tuple[float, float]:
    """Scale and shift that make probabilities of logits (Platt 1999), by Newton's method with a little ridge."""
    x = np.stack([logits, np.ones_like(logits)], 1).astype(float)
    weights = np.array([1.0, 0.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - inside) + 1e-3 * (weights - [1, 0])
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        weights -= np.linalg.solve(hessian, gradient)
    return float(weights[0]), float(weights[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    for name in ('dumps', 'labels', 'maps', 'out'):
        parser.add_argument(f'--{name}', type=Path, required=True)
    parser.add_argument('--folds', type=int, default=6)
    parser.add_argument('--seeds', type=int, nargs='+', default=[0, 1, 2])
    parser.add_argument('--variants', nargs='+', default=list(VARIANTS), choices=list(VARIANTS))
    parser.add_argument('--steps', type=int, default=Settings.steps)
    parser.add_argument('--only-folds', type=int, nargs='+', help='for sharing the work between processes')
    parser.add_argument('--bank', type=Path, help='dumps of speech* and music* to mix in')
    parser.add_argument('--threads', type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    maps = json.loads(options.maps.read_text())
    recordings = dataset.load_all(options.dumps, options.labels, {})
    for recording in recordings:
        recording.map = maps[match_of(recording.name)]
    folds = folds_of([r for r in recordings if match_of(r.name) == r.name], options.folds)
    bank = dataset.load_bank(options.bank) if options.bank else None
    for variant in options.variants:
        for seed in options.seeds:
            for fold in options.only_folds or range(options.folds):
                target = options.out / variant / f'{seed}-{fold}.npz'
                if target.exists():
                    continue
                settings = Settings(seed=seed, steps=options.steps, bank=bank, **VARIANTS[variant])
                learn = [
                    r for r in recordings
                    if folds[match_of(r.name)] != fold and (settings.augment or match_of(r.name) == r.name)
                ]
                network = train(learn, settings, lambda line: print(f'{variant} {seed} fold {fold}: {line}', flush=True))
                target.parent.mkdir(parents=True, exist_ok=True)
                torch.save(network.state_dict(), target.with_suffix('.pt'))
                seen = {r.name: predict(network, r) for r in recordings if folds[match_of(r.name)] == fold}
                np.savez(target, **{f'{name}/{key}': value for name, out in seen.items() for key, value in out.items()})
            if options.only_folds is None:
                join(options.out / variant, seed, folds, recordings)


def join(folder: Path, seed: int, folds: dict[str, int], recordings: list[dataset.Recording]) -> None:
    """Joins the folds of one seed. Probabilities of a fold come by Platt's scaling on the other folds' matches."""
    logits: dict[str, np.ndarray] = {}
    for fold in sorted(set(folds.values())):
        with np.load(folder / f'{seed}-{fold}.npz') as arrays:
            logits.update({key.split('/')[0]: arrays[key] for key in arrays.files if key.endswith('/logits')})
    inside = {r.name: r.curves['inside'] for r in recordings}
    scores = {}
    for name, values in logits.items():
        others = [n for n in folds if folds[n] != folds[match_of(name)]]
        scale, shift = platt(np.concatenate([logits[n] for n in others]), np.concatenate([inside[n] for n in others]))
        scores[name] = np.round(1 / (1 + np.exp(-(scale * values + shift))), 5).tolist()
    of = {name: folds[match_of(name)] for name in logits}
    run = {'variant': folder.name, 'seed': seed, 'folds': of, 'scores': scores}
    (folder / f'{seed}.json').write_text(json.dumps(run))


if __name__ == '__main__':
    main()
