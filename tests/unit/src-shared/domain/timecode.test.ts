import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatTimecode,
  frameFromTicks,
  parseTimecode,
  ticksFromFrame,
} from '../../../../src-shared/domain/timecode.ts'

const ntsc30 = { num: 30_000, den: 1001 }
const ntsc60 = { num: 60_000, den: 1001 }
const rates = [
  { num: 24_000, den: 1001 },
  { num: 25, den: 1 },
  ntsc30,
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  ntsc60,
  { num: 60, den: 1 },
]

describe('timecode', () => {
  it('counts frames at whole rates', () => {
    expect(formatTimecode(0, { num: 25, den: 1 })).toBe('00:00:00:00')
    expect(formatTimecode(90_000, { num: 25, den: 1 })).toBe('01:00:00:00')
  })

  it('does not drop frames at 23.976', () => {
    expect(formatTimecode(24 * 60, { num: 24_000, den: 1001 })).toBe('00:01:00:00')
  })

  // The well-known points of SMPTE drop-frame counting.
  it.each([
    [1799, ntsc30, '00:00:59;29'],
    [1800, ntsc30, '00:01:00;02'],
    [17_981, ntsc30, '00:09:59;29'],
    [17_982, ntsc30, '00:10:00;00'],
    [107_892, ntsc30, '01:00:00;00'],
    [3599, ntsc60, '00:00:59;59'],
    [3600, ntsc60, '00:01:00;04'],
    [35_964, ntsc60, '00:10:00;00'],
  ])('frame %i at %o is %s', (frame, fps, text) => {
    expect(formatTimecode(frame, fps)).toBe(text)
    expect(parseTimecode(text, fps)).toBe(frame)
  })

  it('refuses numbers that drop-frame leaves out, and what is no timecode', () => {
    expect(parseTimecode('00:01:00;00', ntsc30)).toBeUndefined()
    expect(parseTimecode('00:01:00;03', ntsc60)).toBeUndefined()
    expect(parseTimecode('00:60:00:00', ntsc30)).toBeUndefined()
    expect(parseTimecode('1:2:3', ntsc30)).toBeUndefined()
  })

  it('is read back to the same frame, for a day at every rate', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.double({ min: 0, max: 0.999, noNaN: true }), (fps, part) => {
        const frame = Math.floor((part * 86_400 * fps.num) / fps.den)
        expect(parseTimecode(formatTimecode(frame, fps), fps)).toBe(frame)
      }),
    )
  })

  it('keeps frames exact through ticks', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.nat(5_000_000), (fps, frame) => {
        expect(frameFromTicks(ticksFromFrame(frame, fps), fps)).toBe(frame)
      }),
    )
  })
})
