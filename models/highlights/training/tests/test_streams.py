"""Where insertions go, how labels move, when a streamer speaks. numpy only."""

import json
import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'augment'))
import recipe  # noqa: E402
import talk  # noqa: E402
from timeline import Insert, distance_to, share_near, shifted, shifted_labels, spans_of_interest, starts  # noqa: E402


def rng(seed=0):
    return np.random.default_rng(seed)


def some_events(seed=0, count=110, duration=450):
    times = rng(seed).uniform(5, duration - 5, count)
    kinds = rng(seed).choice(['kill', 'death', 'award', 'other'], count)
    return [{'t': int(t), 'kind': str(kind)} for t, kind in zip(times, kinds)]


class Timeline(unittest.TestCase):
    inserts = [Insert(0.0, 30.0, 'starting'), Insert(100.0, 10.0, 'menu'), Insert(450.0, 20.0, 'ending')]

    def test_shifts(self):
        self.assertEqual([shifted(t, self.inserts) for t in (0, 99.5, 100, 200)], [30, 129.5, 140, 240])
        self.assertEqual(starts(self.inserts), [0, 130, 490])

    def test_no_event_falls_into_an_insertion(self):
        for seed in range(40):
            events = some_events(seed)
            inserts = recipe.draw_inserts(rng(seed), events, 450.0)
            moved = shifted_labels({'events': events}, inserts)
            self.assertEqual(len(moved), len(events))
            self.assertEqual([e['kind'] for e in sorted(events, key=lambda e: e['t'])], [e['kind'] for e in moved])
            for insert, start in zip(inserts, starts(inserts)):
                inside = [e for e in moved if start <= e['t'] < start + insert.length]
                self.assertEqual(inside, [])

    def test_spans(self):
        events = [{'t': t, 'kind': 'kill'} for t in (10, 13, 30)] + [{'t': 20, 'kind': 'other'}]
        spans = spans_of_interest(events)
        self.assertEqual(spans, [(10, 13), (30, 30)])
        self.assertEqual([distance_to(spans, t) for t in (7, 11, 21, 40)], [3, 0, 8, 10])
        self.assertEqual(distance_to([], 5), float('inf'))
        for spans in (spans, spans_of_interest(some_events(3)), []):
            counted = np.mean([distance_to(spans, t) < 2.5 for t in np.arange(0.05, 450, 0.1)])
            self.assertAlmostEqual(share_near(spans, 450, 2.5), counted, places=2)


class Recipe(unittest.TestCase):
    def test_repeatable_and_plain_json(self):
        events = some_events()
        a, b = (recipe.draw(rng(3), events, 450.0, 320, 180) for _ in range(2))
        self.assertEqual(json.dumps(a), json.dumps(b))

    def test_what_cannot_go_together_does_not(self):
        seen = set()
        for seed in range(400):
            made = recipe.draw(rng(seed), some_events(seed % 7), 450.0, 320, 180)
            coding = made['coding']
            if coding['container'] in ('flv', 'ts', 'mov'):
                self.assertNotEqual(coding['audio'], 'opus')
            if coding['container'] == 'flv':
                self.assertEqual((len(made['roles']), coding['video']), (1, 'x264'))
                self.assertIn(coding['sampleRate'], (44100, 22050))
            if coding['audio'] == 'opus':
                self.assertIn(coding['sampleRate'], (48000, 24000, 16000))
            self.assertTrue(made['music'] or 'music' not in made['roles'])
            seen |= {coding['container'], coding['audio'], coding['video'], *(i['kind'] for i in made['inserts'])}
        wanted = 'mkv mp4 ts flv mov aac opus mp3 x264 x265 starting ending menu scores pause desktop black'
        self.assertEqual(seen, set(wanted.split()))


class Talk(unittest.TestCase):
    def schedules(self, bond):
        for seed in range(120):
            how = recipe.draw_commentary(rng(seed))
            if how['bond'] == bond:
                spans = spans_of_interest(some_events(seed))
                yield spans, how, talk.schedule(rng(1000 + seed), spans, 450.0, how)

    def test_in_order_and_inside(self):
        for bond in ('with', 'against', 'none'):
            for _, _, said in self.schedules(bond):
                times = [say['t'] for say in said]
                self.assertEqual(times, sorted(times))
                self.assertTrue(all(0 <= t < 450 for t in times))

    def test_bonds(self):
        def share_at_events(bond):
            shouts = [say['atEvent'] for _, _, said in self.schedules(bond) for say in said if say['kind'] == 'excited']
            return np.mean(shouts)

        self.assertGreater(share_at_events('with'), share_at_events('none') + 0.1)
        self.assertLess(share_at_events('against'), share_at_events('none') - 0.1)
        for _, _, said in self.schedules('against'):
            self.assertFalse(any(say['kind'] == 'calm' and say['atEvent'] for say in said))

    def test_speech_alone_is_no_shortcut(self):
        everything = [made for bond in ('with', 'against', 'none') for made in self.schedules(bond)]
        by_chance = np.mean([share_near(spans, 450, talk.NEAR) for spans, *_ in everything])
        for kind in ('excited', 'low', 'calm', 'laugh'):
            near = [say['atEvent'] for *_, said in everything for say in said if say['kind'] == kind]
            self.assertLess(abs(np.mean(near) - by_chance), 0.12, kind)

    def test_a_shout_silences_the_talk(self):
        for _, _, said in self.schedules('with'):
            shouts = [say['t'] for say in said if say['kind'] == 'excited']
            for say in said:
                if say['kind'] == 'calm':
                    self.assertFalse(any(say['t'] - 1 < t < say['t'] + 3.2 for t in shouts))


if __name__ == '__main__':
    unittest.main()
