"""Run with: /usr/bin/python3 -m unittest discover tests"""

import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import targets  # noqa: E402


class Relevance(unittest.TestCase):
    def test_spreads_an_event_from_six_seconds_before_to_three_after(self):
        relevant = targets.relevance([{'t': 10, 'kind': 'kill'}], 20)
        self.assertEqual(np.flatnonzero(relevant).tolist(), list(range(4, 14)))

    def test_counts_streaks_double_and_deaths_half(self):
        events = [{'t': 20, 'kind': 'kill'}, {'t': 24, 'kind': 'kill'}, {'t': 29, 'kind': 'kill'}, {'t': 40, 'kind': 'death'}]
        relevant = targets.relevance(events, 60)
        self.assertEqual(relevant[14], 1)
        self.assertEqual(relevant[19], 3)
        self.assertEqual(relevant[30], 1)
        self.assertEqual(relevant[40], 0.5)

    def test_ignores_what_others_do(self):
        self.assertEqual(targets.relevance([{'t': 5, 'kind': 'other'}], 20).sum(), 0)


class Highlights(unittest.TestCase):
    def test_joins_runs_closer_than_eight_seconds(self):
        relevant = np.zeros(100)
        relevant[[10, 11, 17, 40, 41]] = 1
        inside, threshold = targets.highlights(relevant)
        self.assertEqual(threshold, 1)
        self.assertTrue(inside[10:18].all())
        self.assertFalse(inside[18:40].any())


class Curves(unittest.TestCase):
    def test_have_the_shapes_and_meet_at_an_event(self):
        out = targets.curves([{'t': 30, 'kind': 'kill'}, {'t': 31, 'kind': 'award'}], 200)
        self.assertEqual({name: curve.shape for name, curve in out.items()},
                         {'score': (200,), 'inside': (200,), 'kinds': (200, 3), 'bounds': (200, 2)})
        self.assertAlmostEqual((out['kinds'][:, 0].argmax() + 0.5) / 2, 30, delta=0.5)
        self.assertGreaterEqual(out['score'][60], 0.5)
        self.assertEqual(out['inside'][60], 1)
        start, end = out['bounds'][60]
        self.assertAlmostEqual(60.5 / 2 - start, 25, delta=1.01)
        self.assertAlmostEqual(60.5 / 2 + end, 34, delta=1.01)


if __name__ == '__main__':
    unittest.main()
