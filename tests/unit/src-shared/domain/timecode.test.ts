import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatTimecode,
  frameFromTicks,
  nominalRate,
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

const label = (n: number): string => String(n).padStart(2, '0')

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

  it('begins anew after a day', () => {
    for (const [fps, day] of [
      [ntsc30, 2_589_408],
      [ntsc60, 5_178_816],
      [{ num: 25, den: 1 }, 2_160_000],
    ] as const) {
      expect(formatTimecode(day, fps)).toBe(formatTimecode(0, fps))
      expect(formatTimecode(day - 1, fps)).toMatch(/^23:59:59[:;](29|59|24)$/)
      expect(parseTimecode(formatTimecode(day - 1, fps), fps)).toBe(day - 1)
    }
  })

  it('counts 29.97 without leaving out numbers where that is wanted', () => {
    expect(formatTimecode(108_000, ntsc30, false)).toBe('01:00:00:00')
    expect(parseTimecode('00:01:00:00', ntsc30, false)).toBe(1800)
  })

  it('goes up by one label a frame, over every tenth minute', () => {
    for (const fps of [ntsc30, ntsc60]) {
      const nominal = fps.num / 1000
      for (const tens of [1, 6, 59, 143]) {
        const boundary = parseTimecode(`${label(Math.floor(tens / 6))}:${label((tens % 6) * 10)}:00;00`, fps) ?? -1
        expect(boundary).toBe(tens * (nominal * 600 - (nominal / 15) * 9))
        expect(formatTimecode(boundary - 1, fps)).toMatch(new RegExp(`9:59;${nominal - 1}$`))
        expect(formatTimecode(boundary + nominal * 60, fps)).toMatch(new RegExp(`1:00;0${nominal / 15}$`))
      }
    }
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

describe('nominalRate', () => {
  it.each([
    [{ num: 30_000, den: 1001 }, { num: 30_000, den: 1001 }, true],
    [{ num: 2997, den: 100 }, { num: 30_000, den: 1001 }, true],
    [{ num: 19_001, den: 317 }, { num: 60_000, den: 1001 }, true],
    [{ num: 59_999, den: 1000 }, { num: 60, den: 1 }, true],
    [{ num: 23_976, den: 1000 }, { num: 24_000, den: 1001 }, true],
    [{ num: 75, den: 1 }, { num: 75, den: 1 }, true],
    [{ num: 57_312, den: 1000 }, { num: 60, den: 1 }, false],
    [{ num: 25, den: 2 }, { num: 15, den: 1 }, false],
  ])('%o is %o', (fps, rate, even) => {
    expect(nominalRate(fps)).toEqual({ rate, even })
  })
})
