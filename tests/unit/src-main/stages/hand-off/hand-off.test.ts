import { describe, expect, it } from 'vitest'
import { formatCsv } from '../../../../../src-main/stages/hand-off/csv.ts'
import { formatEdl } from '../../../../../src-main/stages/hand-off/edl.ts'
import type { HandOffClip } from '../../../../../src-main/stages/hand-off/hand-off.ts'
import { parseTimecode } from '../../../../../src-shared/domain/timecode.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'

const clip = (overrides: Partial<HandOffClip> = {}): HandOffClip => ({
  path: '/videos/match.mkv',
  title: 'Triple',
  start: ticksFromSeconds(10),
  end: ticksFromSeconds(25.5),
  peak: ticksFromSeconds(20),
  score: 0.913,
  reasons: [{ signal: 'audio.onset', weight: 0.6, text: 'Sudden loud burst' }],
  ...overrides,
})

describe('EDL', () => {
  it('is CMX 3600, end to end from one hour', () => {
    const text = formatEdl({
      title: 'match',
      fps: { num: 60, den: 1 },
      clips: [clip(), clip({ start: 0, end: ticksFromSeconds(1), peak: 0, reasons: [] })],
    })
    expect(text).toMatchInlineSnapshot(`
      "TITLE: match
      FCM: NON-DROP FRAME

      001  AX       AA/V  C        00:00:10:00 00:00:25:30 01:00:00:00 01:00:15:30
      * FROM CLIP NAME: match.mkv
      * COMMENT: Triple (score 0.91)
      * LOC: 01:00:10:00 RED     Sudden loud burst

      002  AX       AA/V  C        00:00:00:00 00:00:01:00 01:00:15:30 01:00:16:30
      * FROM CLIP NAME: match.mkv
      * COMMENT: Triple (score 0.91)
      "
    `)
  })

  it('has equal lengths on both sides of every event at 29.97 drop-frame', () => {
    const fps = { num: 30_000, den: 1001 }
    const clips = Array.from({ length: 60 }, (_, i) =>
      clip({
        start: ticksFromSeconds(i * 61.3),
        end: ticksFromSeconds(i * 61.3 + 17.7),
        peak: ticksFromSeconds(i * 61.3 + 5),
      }),
    )
    const text = formatEdl({ title: 't', fps, clips })
    expect(text).toContain('FCM: DROP FRAME')
    let last: number | undefined
    for (const line of text.split('\n').filter((l) => /^\d{3} /.test(l))) {
      const frames = line
        .split(/\s+/)
        .slice(4, 8)
        .map((code) => parseTimecode(code, fps))
      const [from, to, recordFrom, recordTo] = frames as [number, number, number, number]
      expect(to - from).toBe(recordTo - recordFrom)
      if (last !== undefined) expect(recordFrom).toBe(last)
      last = recordTo
    }
  })

  it('lets no name break out of its line', () => {
    const text = formatEdl({
      title: 'a\nb',
      fps: { num: 25, den: 1 },
      clips: [clip({ path: '/v/x\n002  AX.mkv', title: 'y\r\nz' })],
    })
    expect(text.split('\n').filter((line) => /^\d{3} /.test(line))).toHaveLength(1)
  })

  it('refuses more events than the format numbers', () => {
    expect(() =>
      formatEdl({ title: 't', fps: { num: 25, den: 1 }, clips: Array.from({ length: 1000 }, () => clip()) }),
    ).toThrow(RangeError)
  })
})

describe('CSV', () => {
  it('quotes as RFC 4180 says and disarms formulas', () => {
    const text = formatCsv({
      title: 't',
      fps: { num: 25, den: 1 },
      clips: [clip({ title: '=cmd|"x"', path: 'a,b.mkv' })],
    })
    expect(text).toBe(
      'file,title,start,end,peak,score,reasons\r\n"a,b.mkv","\'=cmd|""x""",10.000,25.500,20.000,0.913,Sudden loud burst\r\n',
    )
  })
})
