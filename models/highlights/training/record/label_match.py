#!/usr/bin/env python3
"""Turns a match's event log into labels on the clock of its rendered video.

    label_match.py NAME.games.log NAME POINT_OF_VIEW [MAP] > NAME.labels.json

The demo begins just before the chat line DEMOSTART_NAME. The log counts whole seconds, so a time is good to about one.
"""

import json
import re
import sys


def events_of(lines, name: str, view: str) -> list[dict]:
    """Events since the demo began: {t, kind: kill | death | award | other, …}; `other` is what other players do."""
    start, players, events = None, {}, []
    for line in lines:
        stamped = re.match(r'\s*(\d+):(\d\d) (.*)', line)
        if not stamped:
            continue
        at, what = int(stamped[1]) * 60 + int(stamped[2]), stamped[3]
        if user := re.match(r'ClientUserinfoChanged: (\d+) n\\([^\\]+)', what):
            players[user[1]] = user[2].lower()
        if f'DEMOSTART_{name}' in what:
            start = at - 1
        if start is None:
            continue
        if kill := re.match(r'Kill: (\d+) (\d+) \d+: .* by (\w+)', what):
            by, of = players.get(kill[1], '?'), players.get(kill[2], '?')
            kind = 'death' if of == view else 'kill' if by == view else 'other'
            events.append({'t': at - start, 'kind': kind, 'weapon': kill[3]})
        if award := re.match(r'Award: (\d+) \d+: .* gained the (\w+) award', what):
            if players.get(award[1]) == view:
                events.append({'t': at - start, 'kind': 'award', 'award': award[2]})
    return events


if __name__ == '__main__':
    log, name, view = sys.argv[1:4]
    with open(log, errors='replace') as lines:
        labels = {'name': name, 'game': 'openarena', 'pov': view, 'events': events_of(lines, name, view)}
    if len(sys.argv) > 4:
        labels['map'] = sys.argv[4]
    json.dump(labels, sys.stdout, indent=0)
