import { expect, test } from 'vitest'
import { describeRise, type Rise } from '../../../../../src-main/stages/select/describe-rise.ts'

const rise = (change: Partial<Rise>): string =>
  describeRise({ id: 'audio.rms', isMic: false, unit: 'dB', value: -20, usual: -34, contextMinutes: 6, ...change })

test.each<[Partial<Rise>, string]>([
  [{}, 'Loud moment, 14 dB over the 6 minutes around it'],
  [{ value: -33.9 }, 'Loud moment, a little over the 6 minutes around it'],
  [{ isMic: true }, 'Loud reaction on the microphone, 14 dB over the 6 minutes around it'],
  [
    { isMic: true, id: 'picture.luma', unit: 'ratio', value: 0.8, usual: 0.3 },
    'Bright flash, 80 % against 30 % in the 6 minutes around it',
  ],
  [
    { id: 'picture.red', unit: 'ratio', value: 0.301, usual: 0.3 },
    'Red flash on the screen, a little more than in the 6 minutes around it',
  ],
  [
    { id: 'picture.blocks', unit: 'ratio', value: 0.3, usual: 0.1 },
    'Fast motion, 3.0 times that of the 6 minutes around it',
  ],
  [
    { id: 'packet.rate', unit: 'B/s', value: 30_000, usual: 1000 },
    'Dense action on the screen, 30 times that of the 6 minutes around it',
  ],
  [{ unit: 'B/s', value: 1e9, usual: 1 }, 'Loud moment, over 100 times that of the 6 minutes around it'],
  [{ unit: 'B/s', value: 1, usual: 0 }, 'Loud moment, unlike the 6 minutes around it'],
  [
    { id: 'picture.cut', unit: 'probability', value: 1, usual: 0 },
    'Scene change, unlike most of the 6 minutes around it',
  ],
  [{ value: Number.NaN }, 'Loud moment, more than in the 6 minutes around it'],
  [{ contextMinutes: 1 }, 'Loud moment, 14 dB over the minute around it'],
  [{ contextMinutes: 0.2 }, 'Loud moment, 14 dB over the 12 seconds around it'],
  [{ id: 'new.signal' }, 'Rise of new.signal, 14 dB over the 6 minutes around it'],
])('%j', (change, expected) => expect(rise(change)).toBe(expected))
