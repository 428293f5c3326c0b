"""Where what was inserted lies, and how labels move with it. Pure functions; seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Insert:
    """`length` seconds of something else, put in before what the source has at `at` (on the source's clock)."""

    at: float
    length: float
    kind: str


def shifted(t: float, inserts: list[Insert]) -> float:
    """The new time of what was at `t` on the source's clock."""
    return t + sum(insert.length for insert in inserts if insert.at <= t)


def starts(inserts: list[Insert]) -> list[float]:
    """When each insertion (in the order of `at`) begins on the new clock."""
    result, shift = [], 0.0
    for insert in inserts:
        result.append(insert.at + shift)
        shift += insert.length
    return result


def shifted_labels(labels: dict, inserts: list[Insert]) -> list[dict]:
    """The events on the new clock, in order."""
    moved = [{**event, 't': round(shifted(event['t'], inserts), 3)} for event in labels['events']]
    return sorted(moved, key=lambda event: event['t'])


def spans_of_interest(events: list[dict], gap: float = 4) -> list[tuple[float, float]]:
    """First and last time of runs of kills, deaths and awards that are at most `gap` seconds apart."""
    spans: list[list[float]] = []
    for t in sorted(event['t'] for event in events if event['kind'] != 'other'):
        if spans and t - spans[-1][1] <= gap:
            spans[-1][1] = t
        else:
            spans.append([t, t])
    return [(first, last) for first, last in spans]


def distance_to(spans: list[tuple[float, float]], t: float) -> float:
    """How far `t` is from the nearest span; 0 inside of one."""
    return min((max(first - t, t - last, 0.0) for first, last in spans), default=float('inf'))


def share_near(spans: list[tuple[float, float]], total: float, reach: float) -> float:
    """The share of [0, total) that is nearer than `reach` to a span (in order, as `spans_of_interest` gives them)."""
    covered, until = 0.0, 0.0
    for first, last in spans:
        start, end = max(until, first - reach), min(total, last + reach)
        covered += max(0.0, end - start)
        until = max(until, end)
    return covered / total


def quiet_time(spans: list[tuple[float, float]], candidates: list[float]) -> float:
    """The candidate that is farthest from all spans."""
    return max(candidates, key=lambda t: distance_to(spans, t))
