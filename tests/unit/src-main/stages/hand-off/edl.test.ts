import { describe, expect, it } from 'vitest'
import { formatEdl } from '../../../../../src-main/stages/hand-off/edl.ts'
import type { HandOff } from '../../../../../src-main/stages/hand-off/hand-off.ts'
import { placeOnTimeline } from '../../../../../src-main/stages/hand-off/timeline.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'
import { makeClip, makeHandOff, makeSource } from '../../../../helpers/hand-off/make-hand-off.ts'
import { readEdl } from '../../../../helpers/hand-off/read-edl.ts'

const edl = (change: Partial<HandOff> = {}): string => formatEdl(placeOnTimeline(makeHandOff(change)))
const reels = (text: string): string[] => [...text.matchAll(/^\d{3} {2}(\S+)/gm)].map((match) => match[1] ?? '')

describe('EDL', () => {
  it('is CMX 3600, end to end from one hour', () => {
    const s = ticksFromSeconds
    const clips = [makeClip(), makeClip({ start: 0, end: s(1), peak: 0, reasons: [] })]
    expect(edl({ clips })).toMatchInlineSnapshot(`
      "TITLE: match
      FCM: NON-DROP FRAME

      001  MATCH    AA/V  C        00:00:10:00 00:00:25:30 01:00:00:00 01:00:15:30
      * FROM CLIP NAME: match.mp4
      * SOURCE FILE: /videos/match.mp4
      * COMMENT: Triple (score 0.91)
      * LOC: 01:00:10:00 RED     Sudden loud burst

      002  MATCH    AA/V  C        00:00:00:00 00:00:01:00 01:00:15:30 01:00:16:30
      * FROM CLIP NAME: match.mp4
      * SOURCE FILE: /videos/match.mp4
      * COMMENT: Triple (score 0.91)
      * LOC: 01:00:15:30 RED     Triple
      "
    `)
  })

  it('counts drop-frame over ten minutes and over midnight as a clock does', () => {
    const fps = { num: 30_000, den: 1001 }
    const source = makeSource({
      timecode: '23:59:30;00',
      duration: null,
      video: { fps, variableFrameRate: false, width: 1280, height: 720 },
    })
    const minute = (60 * 705_600_000 * 1001) / 1000
    const clips = Array.from({ length: 12 }, (_, i) =>
      makeClip({ source, start: i * minute, end: (i + 1) * minute, peak: i * minute }),
    )
    const text = edl({ clips })
    expect(text).toContain(' 23:59:30;00 00:00:30;00 01:00:00;00 01:01:00;02\n')
    expect(text).toContain(' 01:08:00;16 01:09:00;18\n')
    // The tenth minute leaves out nothing.
    expect(text).toContain(' 01:09:00;18 01:10:00;18\n')
    const { clips: read } = readEdl(text, { nominal: 30, ntsc: true }, (23 * 60 + 59.5) * 1800 - 2 * (1439 - 143))
    expect(read.map((clip) => clip.start)).toEqual(clips.map((_, i) => i * 1800))
    expect(read[0]?.in).toBe(0)
  })

  it('gives every file a reel of its own, of eight letters and digits', () => {
    const files = ['2026-11-22 20-15-30.mkv', '2026-11-22 21-00-00.mkv', 'クリップ.mp4', '日本.mp4', 'a.mp4', 'Ä.mp4']
    const clips = files.map((name) => makeClip({ source: makeSource({ path: `/v/${name}` }) }))
    const found = reels(edl({ clips }))
    expect(found).toEqual(['20261122', '202611R2', 'REEL', 'REELR2', 'A', 'REELR3'])
  })

  it('lets no name break out of its line', () => {
    const clips = [
      makeClip({ source: makeSource({ path: '/v/x\n002  AX.mkv' }), title: 'y\r\nz', tags: ['\u2028'] }),
      makeClip({ reasons: [{ signal: 'a', weight: 1, text: 'b\n* LOC: 01:00:00:00 RED     c' }] }),
    ]
    expect(readEdl(edl({ title: 'a\nb', clips }), { nominal: 60, ntsc: false }).clips).toHaveLength(2)
  })

  it('says which channels a recording has', () => {
    const only = (change: Parameters<typeof makeSource>[0]) =>
      edl({ clips: [makeClip({ source: makeSource(change) })] })
    expect(only({ audio: [] })).toMatch(/MATCH {4}V {5}C {8}/)
    expect(only({ video: null })).toMatch(/MATCH {4}AA {4}C {8}/)
  })

  it('refuses more events than the format numbers', () => {
    const timeline = placeOnTimeline(makeHandOff({ clips: Array.from({ length: 1000 }, () => makeClip()) }))
    expect(() => formatEdl(timeline)).toThrow(RangeError)
  })
})
