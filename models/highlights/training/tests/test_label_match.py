"""Run with: /usr/bin/python3 -m unittest discover tests"""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'record'))
from label_match import events_of  # noqa: E402

LOG = r"""
  0:00 InitGame: \sv_fps\20
  0:02 ClientUserinfoChanged: 1 n\Grunt\t\0\model\grunt
  0:02 ClientUserinfoChanged: 2 n\Sarge\t\0\model\sarge
  0:09 Kill: 1 2 7: Grunt killed Sarge by MOD_ROCKET
  0:12 say: Streamer: DEMOSTART_m1
  0:20 Kill: 1 2 7: Grunt killed Sarge by MOD_ROCKET_SPLASH
  0:21 Award: 1 2: Grunt gained the EXCELLENT award!
  0:22 Award: 2 2: Sarge gained the EXCELLENT award!
  1:05 Kill: 2 1 10: Sarge killed Grunt by MOD_RAILGUN
  1:06 Kill: 2 2 20: Sarge killed Sarge by MOD_SUICIDE
""".splitlines()


class Labels(unittest.TestCase):
    def test_are_on_the_clock_of_the_demo_and_of_the_recorded_player(self):
        events = events_of(LOG, 'm1', 'grunt')
        self.assertEqual([(e['t'], e['kind']) for e in events], [(9, 'kill'), (10, 'award'), (54, 'death'), (55, 'other')])
        self.assertEqual(events[0]['weapon'], 'MOD_ROCKET_SPLASH')


if __name__ == '__main__':
    unittest.main()
