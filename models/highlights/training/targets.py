"""What the model learns: events of the recorded player, turned into curves on the engine's grid of 2 slots a second.

The rule that makes a highlight is the one the model is judged by (`npm run evaluate`); a test of the project holds the
two equal on the same events.
"""

from __future__ import annotations

import numpy as np

RATE = 2
#: An event counts from so many seconds before it to so many after it.
BEFORE, AFTER = 6, 3
#: A kill within so many seconds of the last one is worth double.
STREAK = 4
TOP_SHARE = 0.12
MERGE_SECONDS = 8
#: Outputs of the head `kinds`, in order.
KINDS = ('kill', 'death', 'award')
#: Spread of an event in the head `kinds`, in seconds: the labels are exact to about one.
KIND_SPREAD = 1.2
#: The farthest start or end that the head `bounds` tells, in seconds.
BOUND_LIMIT = 30


def relevance(events: list[dict], seconds: int) -> np.ndarray:
    """[seconds] f64: the summed weight of the events within reach of each second."""
    out = np.zeros(seconds)
    last_kill = None
    for event in sorted(events, key=lambda e: e['t']):
        t, kind = event['t'], event['kind']
        if kind == 'kill':
            weight = 2 if last_kill is not None and t - last_kill <= STREAK else 1
            last_kill = t
        elif kind in ('award', 'death'):
            weight = 2 if kind == 'award' else 0.5
        else:
            continue
        out[max(0, int(np.ceil(t - BEFORE))) : max(0, int(np.floor(t + AFTER)) + 1)] += weight
    return out


def highlights(relevant: np.ndarray) -> tuple[np.ndarray, float]:
    """[seconds] bool: runs of at most the top 12 % of seconds (those that equal the border are left out, unless nothing
    lies above it), joined where less than 8 s lie between; and the least relevance in the top."""
    falling = np.sort(relevant)[::-1]
    border = falling[int(len(relevant) * TOP_SHARE)]
    if border == falling[0]:
        border = max((value for value in falling if value < border), default=0.0)
    inside = relevant > max(border, 0)
    threshold = float(relevant[inside].min()) if inside.any() else 1.0
    out = inside.copy()
    at = np.flatnonzero(inside)
    for a, b in zip(at[:-1], at[1:]):
        if b - a - 1 < MERGE_SECONDS:
            out[a:b] = True
    return out, threshold


def curves(events: list[dict], slots: int) -> dict[str, np.ndarray]:
    """Targets of every head, one value a slot:

    score   [slots] f32: 0 where nothing happens, 1/2 at the least relevance of a highlight, towards 1 above it
    inside  [slots] f32: 1 in a highlight
    kinds   [slots, 3] f32: how near an event of each kind is, 1 at it (Gaussian)
    bounds  [slots, 2] f32: seconds back to the start and forward to the end of the highlight; counts where inside is 1
    """
    seconds = max(1, (slots + 1) // RATE)
    relevant = relevance(events, seconds)
    inside, threshold = highlights(relevant)
    second = np.minimum(np.arange(slots) // RATE, seconds - 1)
    score = relevant / (relevant + threshold)

    time = (np.arange(slots) + 0.5) / RATE
    kinds = np.zeros((slots, len(KINDS)), np.float32)
    for event in events:
        if event['kind'] in KINDS:
            near = np.exp(-0.5 * ((time - event['t']) / KIND_SPREAD) ** 2)
            column = KINDS.index(event['kind'])
            kinds[:, column] = np.maximum(kinds[:, column], near)

    bounds = np.zeros((slots, 2), np.float32)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    for start, end in zip(edges[::2], edges[1::2]):
        here = (time >= start) & (time < end)
        bounds[here, 0] = np.minimum(BOUND_LIMIT, time[here] - start)
        bounds[here, 1] = np.minimum(BOUND_LIMIT, end - time[here])
    return {
        'score': score[second].astype(np.float32),
        'inside': inside[second].astype(np.float32),
        'kinds': kinds,
        'bounds': bounds,
    }
