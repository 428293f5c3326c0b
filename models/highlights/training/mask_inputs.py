"""Scores the cross-validated networks again with less shown to them: what each part of the input is worth.

    /usr/bin/python3 mask_inputs.py --dumps DUMPS --labels LABELS --maps maps.json --runs RUNS

Reads the networks that `crossvalidate.py` kept in RUNS/full and writes RUNS/VARIANT/SEED.json like it. The networks have
learned to do without sound or picture (both are taken away from some crops), so this is a fair question, but an easier
one than training without them from the start.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import dataset
from augment_features import drop_modality
from crossvalidate import folds_of, join
from network import HighlightNet
from train import inputs_of


def without(batch: dict[str, np.ndarray], *modalities: str) -> dict[str, np.ndarray]:
    for modality in modalities:
        batch = drop_modality(batch, modality)
    batch['picture_index'] = np.maximum(batch['picture_index'], 0)
    return batch


VARIANTS = {
    'audio only': lambda crop: without(crop, 'picture', 'packet'),
    'picture only': lambda crop: without(crop, 'game', 'mic'),
    'no z-scores': lambda crop: {**crop, 'signals': np.zeros_like(crop['signals'])},
}


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    for name in ('dumps', 'labels', 'maps', 'runs'):
        parser.add_argument(f'--{name}', type=Path, required=True)
    parser.add_argument('--folds', type=int, default=6)
    parser.add_argument('--seeds', type=int, nargs='+', default=[0, 1, 2])
    options = parser.parse_args()
    torch.set_num_threads(1)
    maps = json.loads(options.maps.read_text())
    recordings = dataset.load_all(options.dumps, options.labels, maps)
    # Networks are judged on the plain recordings; copies have no entry among the maps.
    recordings = [r for r in recordings if r.name in maps]
    folds = folds_of(recordings, options.folds)
    for variant, mask in VARIANTS.items():
        folder = options.runs / variant
        folder.mkdir(parents=True, exist_ok=True)
        for seed in options.seeds:
            for fold in range(options.folds):
                network = HighlightNet().eval()
                network.load_state_dict(torch.load(options.runs / 'full' / f'{seed}-{fold}.pt'))
                scored = {}
                for recording in (r for r in recordings if folds[r.name] == fold):
                    crop = mask(dataset.crop(recording, 0, recording.slots))
                    scored[f'{recording.name}/logits'] = network(*inputs_of(dataset.stack([crop])))[0][0].numpy()
                np.savez(folder / f'{seed}-{fold}.npz', **scored)
            join(folder, seed, folds, recordings)


if __name__ == '__main__':
    main()
