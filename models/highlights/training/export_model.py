"""Trains on every recording and writes models/highlights/model.onnx and model.json.

    /usr/bin/python3 export_model.py --dumps DUMPS --labels LABELS --runs RUNS --out ..

Probabilities come by Platt's scaling, fitted on the scores of the cross-validation (`crossvalidate.py`), in which no
network saw the match that it scored. Where `--runs` is left out, scores stay as they come, and model.json says so.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
from pathlib import Path

import numpy as np
import onnx
import torch

import dataset
from crossvalidate import match_of, platt
from network import MASKS, PICTURE, SIGNALS, HighlightNet
from targets import KINDS
from train import Settings, predict, train

OPSET = 13
INPUTS = ('mel', 'signals', 'mask', 'pictures', 'picture_index', 'picture_age')


class Exported(torch.nn.Module):
    """The network with probabilities of the kinds, as the program reads them."""

    def __init__(self, network: HighlightNet):
        super().__init__()
        self.network = network

    def forward(self, *inputs):
        logits, kinds, bounds = self.network(*inputs)
        return logits, torch.sigmoid(kinds), bounds


def export(network: HighlightNet) -> bytes:
    """The network as ONNX: slots, batch and pictures of any number, one file, weights inside."""
    slots, pictures = 64, 9
    example = (
        torch.randint(0, 255, (1, slots, 25, 40), dtype=torch.uint8),
        torch.randn(1, slots, SIGNALS),
        torch.ones(1, slots, MASKS),
        torch.randint(0, 255, (pictures, PICTURE), dtype=torch.uint8),
        torch.arange(slots).reshape(1, -1) % pictures,
        torch.rand(1, slots),
    )
    axes = {name: {0: 'batch', 1: 'slots'} for name in (*INPUTS, 'logits', 'kinds', 'bounds')}
    axes['pictures'] = {0: 'pictures'}
    # The memory layout is for training speed, and would come out as transpositions.
    network = network.eval().to(memory_format=torch.contiguous_format)
    out = io.BytesIO()
    torch.onnx.export(
        Exported(network), example, out,
        input_names=list(INPUTS), output_names=['logits', 'kinds', 'bounds'],
        dynamic_axes=axes, opset_version=OPSET, do_constant_folding=True,
    )
    model = onnx.load_from_string(out.getvalue())
    model.doc_string = ''
    onnx.checker.check_model(model)
    return model.SerializeToString()


def calibration(runs: Path, recordings: list[dataset.Recording]) -> tuple[float, float]:
    """Platt's scale and shift over the cross-validated logits of every seed of the variant `full`."""
    inside = {r.name: r.curves['inside'] for r in recordings}
    logits, truth = [], []
    for path in sorted((runs / 'full').glob('*-*.npz')):
        with np.load(path) as arrays:
            for key in (key for key in arrays.files if key.endswith('/logits')):
                logits.append(arrays[key])
                truth.append(inside[key.removesuffix('/logits')])
    return platt(np.concatenate(logits), np.concatenate(truth))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    for name in ('dumps', 'labels', 'out'):
        parser.add_argument(f'--{name}', type=Path, required=True)
    parser.add_argument('--runs', type=Path)
    parser.add_argument('--bank', type=Path)
    parser.add_argument('--steps', type=int, default=Settings.steps)
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--threads', type=int, default=1)
    parser.add_argument('--model-version', default='1.0.0')
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    recordings = dataset.load_all(options.dumps, options.labels, {})
    bank = dataset.load_bank(options.bank) if options.bank else None
    network = train(recordings, Settings(seed=options.seed, steps=options.steps, bank=bank), lambda line: print(line, flush=True))
    if options.runs:
        scale, shift = calibration(options.runs, recordings)
        network.scale.fill_(scale)
        network.shift.fill_(shift)
    data = export(network)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / 'model.onnx').write_bytes(data)
    about = {
        'id': 'highlights', 'version': options.model_version, 'licence': 'MIT', 'size': len(data),
        'sha256': hashlib.sha256(data).hexdigest(), 'kinds': list(KINDS),
        'trainedOn': {'matches': len({match_of(r.name) for r in recordings}), 'recordings': len(recordings)},
        'calibrated': options.runs is not None,
    }
    (options.out / 'model.json').write_text(json.dumps(about, indent=2) + '\n')
    torch.save(network.state_dict(), options.out / 'model.pt')
    print(f'{len(data)} bytes; {predict(network, recordings[0])["logits"][:4]}')


if __name__ == '__main__':
    main()
