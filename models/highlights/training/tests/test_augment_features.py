"""python3 -m unittest discover -s models/highlights/training/tests -t models/highlights/training"""

import sys
import time
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'augment'))
import augment_features as af  # noqa: E402


def rng(seed=0):
    return np.random.default_rng(seed)


def some_mel(slots=40, seed=1):
    return rng(seed).integers(1, 250, (slots, 25, 40), dtype=np.uint8)


def some_crop(slots=40, every=4):
    pictures = rng(2).integers(0, 256, (slots // every, 21600), dtype=np.uint8)
    time_of = np.arange(slots) * 0.5
    index = np.arange(slots) // every
    return {
        'mel': some_mel(slots),
        'mel_mic': some_mel(slots, 3),
        'signals': rng(4).standard_normal((slots, 20)).astype(np.float32),
        'mask': np.ones((slots, 4), np.float32),
        'pictures': pictures,
        'picture_index': index,
        'picture_age': (time_of - index * every * 0.5).astype(np.float32),
        'target': np.linspace(0, 1, slots, dtype=np.float32),
    }


class Sound(unittest.TestCase):
    def test_gain_is_in_steps_of_0_4_db_and_keeps_silence(self):
        mel = np.array([0, 1, 100, 250], np.uint8).reshape(1, 1, 4).repeat(10, 2)
        self.assertEqual(af.gain(mel, 4.0)[0, 0, ::10].tolist(), [0, 11, 110, 255])
        self.assertEqual(af.gain(mel, -4.0)[0, 0, ::10].tolist(), [0, 0, 90, 240])

    def test_gain_by_slot(self):
        mel = np.full((2, 25, 40), 100, np.uint8)
        out = af.gain(mel, np.array([0.0, 8.0]))
        self.assertEqual((out[0].max(), out[1].min()), (100, 120))

    def test_gain_curve_stays_within_its_limit(self):
        for seed in range(50):
            curve = af.gain_curve(rng(seed), 100)
            self.assertEqual(curve.shape, (100,))
            self.assertLessEqual(np.abs(curve).max(), 12)

    def test_two_equal_sounds_are_3_db_louder(self):
        mel = np.full((1, 25, 40), 100, np.uint8)
        self.assertEqual(set(af.mix(mel, mel).ravel().tolist()), {108})

    def test_mix_agrees_with_powers(self):
        a, b = some_mel(4, 5), some_mel(4, 6)
        power = 10 ** ((0.4 * a - 100.0) / 10) + 10 ** ((0.4 * b - 100.0) / 10)
        wanted = np.minimum(255, (10 * np.log10(power) + 100) / 0.4)
        self.assertLessEqual(np.abs(af.mix(a, b) - wanted).max(), 0.51)

    def test_silence_adds_nothing(self):
        mel = some_mel(3)
        np.testing.assert_array_equal(af.mix(mel, np.zeros_like(mel)), mel)

    def test_mix_at_reaches_the_ratio_and_the_place(self):
        mel = np.full((8, 25, 40), 50, np.uint8)
        patch = np.full((30, 40), 200, np.uint8)
        out = af.mix_at(mel, patch, 0, row=50).reshape(-1, 40)
        np.testing.assert_array_equal(out[:50], 50)
        np.testing.assert_array_equal(out[80:], 50)
        self.assertEqual(set(out[50:80].ravel().tolist()), {58})
        cut = af.mix_at(mel, patch, 0, row=-20).reshape(-1, 40)
        self.assertEqual((cut[9, 0], cut[10, 0]), (58, 50))

    def test_shift_moves_rows_across_slots(self):
        mel = some_mel(3)
        flat, moved = mel.reshape(-1, 40), af.shift(mel, 7).reshape(-1, 40)
        np.testing.assert_array_equal(moved[7:], flat[:-7])
        np.testing.assert_array_equal(af.shift(mel, -7).reshape(-1, 40)[:-7], flat[7:])
        np.testing.assert_array_equal(moved[:7], np.repeat(flat[:1], 7, 0))

    def test_lowpass_and_eq(self):
        mel = np.full((1, 25, 40), 100, np.uint8)
        row = af.lowpass(mel, 30, 4)[0, 0]
        self.assertEqual(row[[29, 30, 31]].tolist(), [100, 90, 80])
        self.assertEqual(af.eq_curve(rng()).shape, (40,))

    def test_masks_leave_silence(self):
        mel = some_mel(10)
        mel[4] = 0
        out = af.spec_augment(mel, rng())
        self.assertFalse(out[4].any())
        self.assertTrue((out != mel).any())

    def test_patches(self):
        mel = np.zeros((8, 25, 40), np.uint8)
        flat = mel.reshape(-1, 40)
        flat[20:60], flat[100:140], flat[180:184] = 150, 160, 150
        self.assertEqual([len(p) for p in af.patches_of(mel)], [40, 40])
        filled = af.fill_with(af.patches_of(mel), rng(), 1000)
        self.assertTrue(0.2 < (filled[:, 0] > 0).mean() < 0.9)
        self.assertEqual(af.patches_of(np.zeros_like(mel)), [])


class Time(unittest.TestCase):
    def test_stretch_keeps_everything_together(self):
        crop = some_crop(60)
        for speed in (0.9, 1.0, 1.1):
            out = af.stretch(crop, speed, 50)
            self.assertEqual(out['mel'].shape, (50, 25, 40))
            self.assertAlmostEqual(float(out['target'][40]), 40 * speed / 59, places=4)
            np.testing.assert_array_equal(out['mel'].reshape(-1, 40)[0], crop['mel'].reshape(-1, 40)[0])
            self.assertEqual(out['picture_index'][40], round(40 * speed) // 4)
        same = af.stretch(crop, 1.0, 50)
        for key in ('mel', 'signals', 'mask', 'picture_index', 'picture_age'):
            np.testing.assert_array_equal(same[key], crop[key][:50])

    def test_stretch_refuses_a_short_crop(self):
        with self.assertRaises(ValueError):
            af.stretch(some_crop(50), 1.1, 50)

    def test_thinning(self):
        crop = some_crop(16)
        keep = np.array([True, False, True, False])
        index, age = af.thin_pictures(crop['picture_index'], crop['picture_age'], keep)
        self.assertEqual(index.tolist(), [0] * 8 + [2] * 8)
        np.testing.assert_allclose(age, np.tile(np.arange(8) * 0.5, 2))
        index, age = af.thin_pictures(crop['picture_index'], crop['picture_age'], ~keep)
        self.assertEqual((index[0], age[0], index[5]), (0, 10.5, 1))
        late = crop['picture_age'].copy()
        late[:2] = 10.5
        index, age = af.thin_pictures(crop['picture_index'], late, keep)
        self.assertEqual((index[4], age[1], age[4]), (0, 10.5, 2))
        long = some_crop(60, 20)
        age = af.thin_pictures(long['picture_index'], long['picture_age'], np.array([True, False, False]))[1]
        self.assertEqual(age.max(), 10.5)


class Modalities(unittest.TestCase):
    def test_drop(self):
        crop = some_crop()
        before = {key: value.copy() for key, value in crop.items()}
        for name, (columns, column) in af.GROUPS.items():
            out = af.drop_modality(crop, name, 5, 9)
            self.assertFalse(out['signals'][5:9, columns].any() or out['mask'][5:9, column].any())
            self.assertEqual(out['mask'].sum(), crop['mask'].sum() - 4)
        blind = af.drop_modality(crop, 'picture')
        self.assertEqual((blind['picture_index'].max(), blind['picture_age'].min()), (0, 10.5))
        self.assertFalse(blind['pictures'].any())
        self.assertTrue(af.drop_modality(crop, 'picture', 5, 9)['pictures'].any())
        self.assertFalse(af.drop_modality(crop, 'mic')['mel_mic'].any())
        for key, value in before.items():
            np.testing.assert_array_equal(crop[key], value)

    def test_jitter_keeps_unknown_and_limits(self):
        signals = np.full((10, 20), 8, np.float32)
        signals[3] = 0
        out = af.jitter_signals(signals, rng())
        self.assertFalse(out[3].any())
        self.assertLessEqual(np.abs(out).max(), 8)


class Pictures(unittest.TestCase):
    def test_identities(self):
        pictures = some_crop()['pictures']
        for same in (
            af.brightness_contrast(pictures, 0, 1),
            af.hue_saturation(pictures, 0, 1),
            af.move(pictures, 0, 0, 1),
            af.blur(pictures, 0),
            af.rectangle(pictures, 0.2, 0.2, 0.2, 0.2, (1, 2, 3), 0),
        ):
            np.testing.assert_array_equal(same, pictures)

    def test_move(self):
        pictures = some_crop()['pictures']
        luma, moved = af.planes(pictures)[0], af.planes(af.move(pictures, 0.1, 0, 1))[0]
        np.testing.assert_array_equal(moved[:, :, 16:], luma[:, :, :-16])
        self.assertEqual(set(moved[:, :, :16].ravel().tolist()), {0})

    def test_rectangle(self):
        luma, chroma = af.planes(af.rectangle(np.zeros((1, 21600), np.uint8), 0.5, 0.5, 0.5, 0.5, (200, 100, 50)))
        self.assertEqual((luma[0, 44, 79], luma[0, 45, 80], chroma[0, 0, 44, 79]), (0, 200, 100))

    def test_hue(self):
        grey = np.full((1, 21600), 128, np.uint8)
        np.testing.assert_array_equal(af.hue_saturation(grey, 90, 1.5), grey)

    def test_blur_of_a_flat_picture(self):
        flat = np.full((1, 21600), 77, np.uint8)
        np.testing.assert_array_equal(af.blur(flat, 2), flat)


class All(unittest.TestCase):
    def test_shapes_types_and_the_given_arrays_stay(self):
        crop = some_crop(64)
        before = {key: value.copy() for key, value in crop.items()}
        bank = {'speech': [some_mel(3, 9)], 'music': [some_mel(20, 10).reshape(-1, 40)]}
        for seed in range(60):
            out = af.augment(crop, rng(seed), bank)
            for key, value in crop.items():
                self.assertEqual((out[key].shape, out[key].dtype), (value.shape, value.dtype), key)
                np.testing.assert_array_equal(value, before[key])

    def test_repeatable(self):
        a, b = (af.augment(some_crop(), rng(7)) for _ in range(2))
        for key in a:
            np.testing.assert_array_equal(a[key], b[key])


if __name__ == '__main__':
    unittest.main()
