"""When a streamer speaks. Pure functions of the events (on the copy's clock) and a generator."""

from __future__ import annotations

import numpy as np

from timeline import distance_to, quiet_time, share_near

#: Seconds around kills, deaths and awards in which something that is said counts as said at an event.
NEAR = 2.5


def schedule(rng: np.random.Generator, spans: list[tuple[float, float]], total: float, how: dict) -> list[dict]:
    """What is said when: [{t, kind: calm | low | excited | laugh, atEvent}], in order; see `draw_commentary`.

    Talk comes in bouts. A shout silences the talk around it.
    """
    # As many near events as chance would have, and more or fewer by `lean`: over many copies that evens out.
    chance = share_near(spans, total, NEAR)
    lean = float(np.clip(how['lean'], -min(chance, 1 - chance), min(chance, 1 - chance)))
    shouts = []
    for _ in range(int(rng.poisson(how['shoutsPerMinute'] * total / 60))):
        if how['bond'] == 'none' or not spans:
            t = float(rng.uniform(1, total - 3))
        elif rng.random() < chance + lean:
            t = spans[int(rng.integers(len(spans)))][0] + float(rng.uniform(0.2, 1.8))
        else:
            # Quiet moments are few in a lively match.
            t = quiet_time(spans, [float(rng.uniform(1, total - 3)) for _ in range(6)])
        shouts.append({'t': t, 'kind': 'excited'})
    # Who shouts seldom does it once.
    for shout in list(shouts):
        if rng.random() < 0.35:
            shouts.append({**shout, 't': shout['t'] + float(rng.uniform(1, 2.2))})
    for _ in range(how['laughs']):
        t = float(rng.uniform(1, total - 4))
        shouts.append({'t': t, 'kind': 'laugh'})
    calm = []
    t = float(rng.exponential(6))
    while t < total - 4:
        near = distance_to(spans, t) < NEAR
        # A low voice at events only would be a sign of its own.
        against, half = how['bond'] == 'against', rng.random() < 0.5
        low = (near or half) if against else rng.random() < 0.12
        if not (against and near and half):
            calm.append({'t': t, 'kind': 'low' if low else 'calm'})
        # Sentences last about three seconds.
        t += 3.5 + float(rng.exponential(3.5 * (1 - how['talk']) / how['talk']))
    times = np.array(sorted(shout['t'] for shout in shouts) or [-1e9])
    calm = [say for say in calm if not np.any((times > say['t'] - 1) & (times < say['t'] + 3.2))]
    said = sorted(calm + [shout for shout in shouts if 0 <= shout['t'] < total - 2], key=lambda say: say['t'])
    return [{**say, 'atEvent': distance_to(spans, say['t']) < NEAR} for say in said]
