"""Matches on disk: folders written by `clutchcut analyze --dump-features`, and the events beside them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import targets

sys.path.insert(0, str(Path(__file__).parent / 'augment'))
from augment_features import patches_of  # noqa: E402

#: Arrays of a dump that the model or the trainer reads; shapes in models/highlights/README.md.
ARRAYS = ('mel', 'signals', 'mask', 'pictures', 'picture_index', 'picture_age')


@dataclass
class Recording:
    """One recording: the engine's arrays and the targets of each slot."""

    name: str
    map: str
    events: list[dict]
    arrays: dict[str, np.ndarray]
    curves: dict[str, np.ndarray]

    @property
    def slots(self) -> int:
        return len(self.arrays['signals'])


def load(dump: Path, labels: Path) -> Recording:
    """Reads a dump and its labels `{name, map?, events: [{t, kind}]}`. Raises ValueError where they do not fit."""
    arrays = {name: np.load(dump / f'{name}.npy') for name in ARRAYS}
    slots = len(arrays['signals'])
    for name in ('mel', 'mask', 'picture_index', 'picture_age'):
        if len(arrays[name]) != slots:
            raise ValueError(f'{dump}: {name} has {len(arrays[name])} slots and signals has {slots}')
    truth = json.loads(labels.read_text())
    # A log may go on after the recording ends.
    events = [event for event in truth['events'] if event['t'] < slots / targets.RATE]
    if not events:
        raise ValueError(f'{labels}: no event lies within the recording')
    return Recording(dump.name, truth.get('map') or truth['name'], events, arrays, targets.curves(events, slots))


def load_all(dumps: Path, labels: Path, maps: dict[str, str]) -> list[Recording]:
    """Every dump that has labels, in the order of their names. `maps` gives the map of a recording by its name."""
    out = []
    for dump in sorted(path for path in dumps.iterdir() if (path / 'features.json').exists()):
        truth = labels / f'{dump.name}.labels.json'
        if not truth.exists():
            raise ValueError(f'{dump.name} has no labels at {truth}')
        recording = load(dump, truth)
        recording.map = maps.get(dump.name, recording.map)
        out.append(recording)
    return out


def stack(crops: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Crops of the same length as one batch: everything [batch, slots, …], but the pictures of all of them one after
    another, to which the indices are moved."""
    batch = {name: np.stack([crop[name] for crop in crops]) for name in crops[0] if name != 'pictures'}
    before = np.cumsum([0] + [len(crop['pictures']) for crop in crops[:-1]])
    batch['pictures'] = np.concatenate([crop['pictures'] for crop in crops])
    batch['picture_index'] = batch['picture_index'] + before[:, None]
    return batch


def crop(recording: Recording, first: int, slots: int) -> dict[str, np.ndarray]:
    """A stretch of a recording with its targets, and only the pictures that it shows."""
    part = slice(first, first + slots)
    out = {name: recording.arrays[name][part] for name in ARRAYS if name != 'pictures'}
    out.update({name: curve[part] for name, curve in recording.curves.items()})
    index = out['picture_index']
    low, high = int(index.min()), int(index.max()) + 1
    out['pictures'] = recording.arrays['pictures'][low:high]
    out['picture_index'] = index - low
    return out


def load_bank(folder: Path) -> dict[str, list[np.ndarray]]:
    """Sounds to mix in, out of dumps whose names begin with `speech` or `music`: patches [rows, 40] of each."""
    bank: dict[str, list[np.ndarray]] = {'speech': [], 'music': []}
    for dump in sorted(path for path in folder.iterdir() if (path / 'features.json').exists()):
        for kind, patches in bank.items():
            if dump.name.startswith(kind):
                patches.extend(patches_of(np.load(dump / 'mel.npy')))
    return bank
