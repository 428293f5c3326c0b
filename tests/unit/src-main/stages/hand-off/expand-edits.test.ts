import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCsv } from '../../../../../src-main/stages/hand-off/csv.ts'
import { formatEdl } from '../../../../../src-main/stages/hand-off/edl.ts'
import { expandEdits, notHandedOff } from '../../../../../src-main/stages/hand-off/expand-edits.ts'
import { formatFcpxml } from '../../../../../src-main/stages/hand-off/fcpxml.ts'
import { formatOtio } from '../../../../../src-main/stages/hand-off/otio.ts'
import { formatSrt } from '../../../../../src-main/stages/hand-off/srt.ts'
import { placeOnTimeline, type Timeline } from '../../../../../src-main/stages/hand-off/timeline.ts'
import { formatXmeml } from '../../../../../src-main/stages/hand-off/xmeml.ts'
import type { ClipEdits, ClipPart } from '../../../../../src-shared/contract/edits.ts'
import { uneditedClip } from '../../../../../src-shared/domain/edits/edited-clip.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'
import { ticksFromFrame } from '../../../../../src-shared/domain/timecode.ts'
import { makeClip, makeHandOff, makeSource, rates } from '../../../../helpers/hand-off/make-hand-off.ts'
import type { ReadBack } from '../../../../helpers/hand-off/read-back.ts'
import { readEdl } from '../../../../helpers/hand-off/read-edl.ts'
import { readFcpxml } from '../../../../helpers/hand-off/read-fcpxml.ts'
import { readOtio } from '../../../../helpers/hand-off/read-otio.ts'
import { readXmeml } from '../../../../helpers/hand-off/read-xmeml.ts'

const part = (from: number, to: number, speed = 1): ClipPart => ({ start: s(from), end: s(to), speed })
const edited = (change: Partial<ClipEdits>): ClipEdits => ({
  ...uneditedClip({ start: s(10), end: s(25.5) }),
  ...change,
})
const timelineOf = (edits: ClipEdits, clip = makeClip()): Timeline =>
  placeOnTimeline(makeHandOff({ clips: expandEdits(clip, edits) }))

describe('an edited clip', () => {
  it('is one cut for each part, and marks its peak once', () => {
    const edits = edited({ parts: [part(18, 22, 0.5), part(10, 12), part(12, 14), part(19, 21, 2)] })
    const { clips, length } = timelineOf(edits)
    expect(clips.map((clip) => [clip.in, clip.out, clip.start, clip.end, clip.speed])).toEqual([
      [1080, 1320, 0, 480, 0.5],
      [600, 840, 480, 720, 1],
      [1140, 1260, 720, 780, 2],
    ])
    expect(clips.map(({ markers }) => markers.length)).toEqual([1, 0, 0])
    expect(length).toBe(780)
  })

  it('that goes on in another file is a cut of that file too, in every format', () => {
    const recording = 'cd'.repeat(32)
    const source = { ...makeSource(), path: '/v/next-file.mkv' }
    const edits = edited({ parts: [part(10, 25), { recording, ...part(0, 2) }] })
    const clips = expandEdits(makeClip(), edits, (wanted) => (wanted === recording ? { source } : null))
    const timeline = placeOnTimeline(makeHandOff({ clips }))
    expect(timeline.clips.map((clip) => [clip.source.name, clip.in, clip.out])).toEqual([
      [expect.not.stringContaining('next'), 600, 1500],
      ['next-file.mkv', 0, 120],
    ])
    expect(timeline.clips.map(({ markers }) => markers.length)).toEqual([1, 0])
    for (const format of [formatOtio, formatFcpxml, formatXmeml, formatEdl, formatCsv]) {
      expect(format(timeline)).toContain('next-file.mkv')
    }
    // Of a file that nobody knows, nothing can be said.
    expect(expandEdits(makeClip(), edits)).toHaveLength(1)
  })

  it('that nobody edited is handed off as before', () => {
    const clip = makeClip()
    expect(timelineOf(edited({}))).toEqual(placeOnTimeline(makeHandOff({ clips: [clip] })))
    const trimmed = expandEdits(clip, edited({ parts: [part(10, 15)] }))
    expect(trimmed[0]?.peak).toBe(clip.peak)
  })

  it('takes its zoom along, and captions at their pace', () => {
    const captions = [{ start: s(12), end: s(14), text: 'gg' }]
    const zoom = [
      { at: s(10), scale: 1, x: 0.5, y: 0.5 },
      { at: s(14), scale: 3, x: 0.5, y: 0.5 },
    ]
    const timeline = timelineOf(edited({ parts: [part(10, 14, 2)], zoom }), makeClip({ captions }))
    expect(timeline.clips[0]?.reframe.map(({ at, scale }) => [at, scale])).toEqual([
      [600, 1],
      [839, 3 - 2 / 240],
    ])
    expect(formatSrt(timeline)).toContain('00:00:01,000 --> 00:00:02,000')
    expect(readFcpxml(formatFcpxml(timeline)).clips[0]?.captions).toEqual([{ from: 720, to: 840, text: 'gg' }])
  })

  it('says what stays behind', () => {
    expect(notHandedOff('Triple', edited({}))).toEqual([])
    const sound = { ...edited({}).sound, bleeps: [{ start: 0, end: 1, with: 'tone' as const }], fadeIn: 1 }
    expect(notHandedOff('Triple', edited({ sound }))).toEqual([
      '“Triple” is handed off with its parts, speed and zoom; not with its bleeps, how loud its tracks are.',
    ])
  })

  it('has its speed in a table', () => {
    expect(formatCsv(timelineOf(edited({ parts: [part(10, 14, 0.29)] })))).toMatch(/,0\.29\r\n$/)
  })

  it('has a motion effect in a list', () => {
    const text = formatEdl(timelineOf(edited({ parts: [part(10, 14, 2)] })))
    expect(text).toContain(
      '00:00:10:00 00:00:14:00 01:00:00:00 01:00:02:00\nM2   MATCH    120.0                00:00:10:00',
    )
  })
})

describe('speed', () => {
  const timelines = fc
    .record({
      rate: fc.constantFrom(...rates),
      timecode: fc.constantFrom(null, '01:02:03:04'),
      parts: fc.array(
        fc.record({
          from: fc.nat(100_000),
          // As many that a rounded length never comes to nothing.
          length: fc.integer({ min: 10, max: 5000 }),
          percent: fc.integer({ min: 25, max: 400 }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    })
    .map(({ rate, timecode, parts }) => {
      const video = { fps: rate, variableFrameRate: false, width: 1920, height: 1080 }
      const source = makeSource({ video, timecode, duration: s(7200) })
      const clips = parts.map(({ from, length, percent }) =>
        makeClip({
          source,
          start: ticksFromFrame(from, rate),
          end: ticksFromFrame(from + length, rate),
          peak: ticksFromFrame(from + Math.floor(length / 2), rate),
          speed: percent / 100,
        }),
      )
      return placeOnTimeline(makeHandOff({ clips }))
    })

  function expectSpeeds(read: ReadBack, { clips }: Timeline, slack: { source: number; speed: number }): void {
    expect(read.clips.map(({ start, end }) => [start, end])).toEqual(clips.map(({ start, end }) => [start, end]))
    for (const [index, clip] of clips.entries()) {
      const found = read.clips[index]!
      expect(Math.abs((found.speed ?? 1) - clip.speed)).toBeLessThanOrEqual(slack.speed)
      expect(Math.abs(found.in - clip.in)).toBeLessThanOrEqual(slack.source * clip.speed)
      expect(Math.abs(found.out - clip.out)).toBeLessThanOrEqual(slack.source * clip.speed + clip.speed + 1)
      for (const [number, marker] of found.markers.entries()) {
        const at = clip.start + (clip.markers[number]!.at - clip.in) / clip.speed
        expect(Math.abs(marker.at - Math.min(at, clip.end - 1))).toBeLessThanOrEqual(1)
      }
    }
  }

  it('makes a cut as long as its frames take', () => {
    fc.assert(
      fc.property(timelines, ({ clips }) => {
        for (const clip of clips) {
          expect(Math.abs(clip.end - clip.start - (clip.out - clip.in) / clip.speed)).toBeLessThanOrEqual(0.5 + 1e-6)
        }
      }),
    )
  })

  it('survives OpenTimelineIO', () => {
    fc.assert(fc.property(timelines, (of) => expectSpeeds(readOtio(formatOtio(of)), of, { source: 0, speed: 0 })))
  })

  it('survives Final Cut Pro XML, where the beginning is exact', () => {
    fc.assert(
      fc.property(timelines, (of) => expectSpeeds(readFcpxml(formatFcpxml(of)), of, { source: 0, speed: 1e-6 })),
    )
  })

  it('survives Final Cut Pro 7 XML, which counts whole frames as they pass', () => {
    fc.assert(fc.property(timelines, (of) => expectSpeeds(readXmeml(formatXmeml(of)), of, { source: 1, speed: 1e-9 })))
  })

  it('survives a CMX 3600 list, to a tenth of a frame a second', () => {
    fc.assert(
      fc.property(timelines, (of) => {
        const { num, den } = of.rate
        const rate = { nominal: Math.round(num / den), ntsc: den === 1001 }
        const read = readEdl(formatEdl(of), rate, of.sources[0]?.origin ?? 0)
        expectSpeeds(read, of, { source: 0, speed: (0.05 * den) / num + 1e-9 })
      }),
    )
  })
})
