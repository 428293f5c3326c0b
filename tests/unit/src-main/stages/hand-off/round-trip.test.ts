import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HandOffClip } from '../../../../../src-main/stages/hand-off/hand-off.ts'
import { formatEdl } from '../../../../../src-main/stages/hand-off/edl.ts'
import { formatFcpxml } from '../../../../../src-main/stages/hand-off/fcpxml.ts'
import { formatOtio } from '../../../../../src-main/stages/hand-off/otio.ts'
import { placeOnTimeline, type Timeline } from '../../../../../src-main/stages/hand-off/timeline.ts'
import { formatXmeml } from '../../../../../src-main/stages/hand-off/xmeml.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'
import { ticksFromFrame } from '../../../../../src-shared/domain/timecode.ts'
import { makeClip, makeSource, rates } from '../../../../helpers/hand-off/make-hand-off.ts'
import type { ReadBack, ReadClip } from '../../../../helpers/hand-off/read-back.ts'
import { readEdl } from '../../../../helpers/hand-off/read-edl.ts'
import { readFcpxml } from '../../../../helpers/hand-off/read-fcpxml.ts'
import { readOtio } from '../../../../helpers/hand-off/read-otio.ts'
import { readXmeml } from '../../../../helpers/hand-off/read-xmeml.ts'

/** Everything that a name can hold, and what writers trip over. */
const names = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
  fc.constantFrom(
    'a & b <c> "d" \'e\'',
    ']]>',
    '<!-- -->',
    '🔥 אבג العربية',
    'x'.repeat(300),
    'a\u0000b\u001bc',
    '\ud800',
    '002  AX',
  ),
)

const hours = 10
const timelines = fc
  .record({
    rate: fc.constantFrom(...rates),
    dropFrame: fc.boolean(),
    title: names,
    timecode: fc.boolean(),
    platform: fc.constantFrom<NodeJS.Platform>('win32', 'darwin', 'linux'),
    clips: fc.array(
      fc.record({
        start: fc.nat(hours * 3000),
        length: fc.integer({ min: 1, max: 600 }),
        // Tenths of a frame: ends that lie between two.
        off: fc.integer({ min: -4, max: 4 }),
        title: names,
        file: fc.nat(2),
        reason: names,
        marker: fc.option(fc.nat(600), { nil: undefined }),
        caption: fc.option(fc.record({ at: fc.nat(600), length: fc.nat(300), text: names }), { nil: undefined }),
        keys: fc.array(fc.record({ at: fc.nat(900), x: share(), y: share(), scale: fc.constantFrom(1, 1.25, 2) }), {
          maxLength: 4,
        }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ rate, dropFrame, title, timecode, platform, clips }) => {
    const folder = platform === 'win32' ? 'D:\\My videos\\50 % & #1\\' : '/My videos/50 % & #1/'
    const sources = [0, 1, 2].map((n) =>
      makeSource({
        path: `${folder}match ${n} 🔥.mp4`,
        duration: ticksFromSeconds(hours * 3600),
        video: { fps: rate, variableFrameRate: false, width: 1920, height: 1080 },
        timecode: timecode ? '01:02:03:04' : null,
        audio: Array.from({ length: n }, (_, index) => ({
          title: `T${index}`,
          role: index === 0 ? 'mix' : 'mic',
          channels: 2 - index,
          sampleRate: 48_000,
        })),
      }),
    )
    return placeOnTimeline({
      title,
      platform,
      dropFrame,
      clips: clips.map(({ start, length, off, file, reason, marker, caption, keys, ...clip }): HandOffClip => {
        const tick = (frame: number): number => ticksFromFrame(start + frame, rate)
        const nudge = Math.floor((ticksFromFrame(1, rate) * off) / 10)
        return makeClip({
          ...clip,
          source: sources[file] ?? makeSource(),
          start: Math.max(0, tick(0) + nudge),
          end: tick(length) + nudge,
          peak: tick(Math.floor(length / 2)),
          reasons: [{ signal: 'audio.onset', weight: 1, text: reason }],
          markers: marker === undefined ? [] : [{ at: tick(marker), name: 'here', note: 'because' }],
          captions:
            caption === undefined
              ? []
              : [{ start: tick(caption.at), end: tick(caption.at + caption.length), text: caption.text }],
          reframe: keys.map(({ at, ...view }) => ({ at: tick(at - 150), ...view })),
        })
      }),
    })
  })

function share(): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
}

/** What XML cannot hold even escaped is replaced; the production is written from the recommendation. */
function inXml(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0
      const allowed =
        [0x9, 0xa, 0xd].includes(code) ||
        (code >= 0x20 && code <= 0xd7ff) ||
        (code >= 0xe000 && code <= 0xfffd) ||
        code >= 0x10000
      return allowed ? letter : '\ufffd'
    })
    .join('')
}

/** The common ground of a file: clips, ranges and markers as the neutral timeline has them. */
function expectCuts(read: ReadBack, timeline: Timeline, keep: (text: string) => string): void {
  const { num, den } = timeline.rate
  expect(read.rate).toEqual({ nominal: Math.round(num / den), ntsc: den === 1001 })
  expect(read.dropFrame).toBe(timeline.dropFrame)
  expect(read.clips.map(cut)).toEqual(timeline.clips.map(cut))
  expect(read.clips.map(({ name }) => name)).toEqual(timeline.clips.map(({ title }) => keep(title)))
  expect(read.clips.map((clip) => clip.markers.map(({ at, name }) => ({ at, name })))).toEqual(
    timeline.clips.map((clip) =>
      clip.markers.map(({ at, name }) => ({ at: clip.start + at - clip.in, name: keep(name) })),
    ),
  )
}

function cut(clip: Pick<ReadClip, 'in' | 'out' | 'start' | 'end'>): number[] {
  return [clip.in, clip.out, clip.start, clip.end]
}

/** The path that an address names. */
function pathOf(url: string, platform: NodeJS.Platform): string {
  const path = decodeURIComponent(url.replace(/^file:\/\/(?:localhost)?/, ''))
  return platform === 'win32' ? path.slice(1).replaceAll('/', '\\') : path
}

describe('a timeline', () => {
  it('is cut at the frames nearest to what was asked, without gaps', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        let end = 0
        for (const clip of timeline.clips) {
          const nearest = (ticks: number): number =>
            (ticks / 705_600_000) * (clip.source.rate.num / clip.source.rate.den)
          expect(Math.abs(clip.in - nearest(clip.asked.start))).toBeLessThanOrEqual(0.5 + 1e-6)
          expect(Math.abs(clip.out - nearest(clip.asked.end))).toBeLessThanOrEqual(0.5 + 1e-6)
          expect(clip.out - clip.in).toBe(clip.end - clip.start)
          expect(clip.start).toBe(end)
          end = clip.end
        }
        expect(timeline.length).toBe(end)
      }),
    )
  })

  it('survives OpenTimelineIO', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const read = readOtio(formatOtio(timeline))
        expectCuts(read, timeline, (text) => text)
        expect(read.clips.map(({ file }) => pathOf(file, timeline.platform))).toEqual(
          timeline.clips.map(({ source }) => source.path),
        )
        expect(read.clips.map(({ captions }) => captions)).toEqual(timeline.clips.map(({ captions }) => captions))
        expect(read.clips.map(({ reframe }) => reframe)).toEqual(
          timeline.clips.map(({ reframe }) => reframe.map(({ at, x, y, scale }) => ({ at, position: [x, y], scale }))),
        )
        for (const track of read.tracks) {
          const lengths = track.children.map(({ source_range }) => source_range.duration.value)
          expect(lengths).toEqual(timeline.clips.map((clip) => clip.out - clip.in))
        }
      }),
    )
  })

  it('survives Final Cut Pro XML', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const read = readFcpxml(formatFcpxml(timeline))
        expectCuts(read, timeline, inXml)
        expect(read.title).toBe(inXml(timeline.title))
        expect(read.clips.map(({ file }) => pathOf(file, timeline.platform))).toEqual(
          timeline.clips.map(({ source }) => source.path),
        )
        expect(read.clips.map(({ captions }) => captions)).toEqual(
          timeline.clips.map(({ captions }) => captions.map((line) => ({ ...line, text: inXml(line.text) }))),
        )
        for (const [index, { reframe }] of timeline.clips.entries()) {
          const found = read.clips[index]?.reframe ?? []
          expect(found.map(({ at }) => at)).toEqual(reframe.map(({ at }) => at))
          // The picture is 1920 x 1080 in a frame of that size: percent of the height, up being positive.
          for (const [key, { position, scale }] of found.entries()) {
            const [x, y] = position
            const view = reframe[key] ?? { x: NaN, y: NaN, scale: NaN }
            expect(scale).toBeCloseTo(view.scale, 4)
            expect(x).toBeCloseTo((0.5 - view.x) * view.scale * (1920 / 1080) * 100, 4)
            expect(y).toBeCloseTo((view.y - 0.5) * view.scale * 100, 4)
          }
        }
      }),
    )
  })

  it('survives Final Cut Pro 7 XML', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const read = readXmeml(formatXmeml(timeline))
        expectCuts(read, timeline, inXml)
        expect(read.title).toBe(inXml(timeline.title))
        expect(read.clips.map(({ file }) => pathOf(file, timeline.platform))).toEqual(
          timeline.clips.map(({ source }) => source.path),
        )
        for (const [index, { reframe }] of timeline.clips.entries()) {
          const found = read.clips[index]?.reframe ?? []
          expect(found.map(({ at }) => at)).toEqual(reframe.map(({ at }) => at))
          for (const [key, { position, scale }] of found.entries()) {
            const [x, y] = position
            const view = reframe[key] ?? { x: NaN, y: NaN, scale: NaN }
            expect(scale).toBeCloseTo(view.scale * 100, 4)
            expect(x).toBeCloseTo((0.5 - view.x) * view.scale, 4)
            expect(y).toBeCloseTo((0.5 - view.y) * view.scale, 4)
          }
        }
      }),
    )
  })

  it('survives a CMX 3600 list', () => {
    const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim()
    fc.assert(
      fc.property(timelines, (timeline) => {
        const { num, den } = timeline.rate
        const rate = { nominal: Math.round(num / den), ntsc: den === 1001 }
        const origin = timeline.sources[0]?.origin ?? 0
        const read = readEdl(formatEdl(timeline), rate, origin)
        expectCuts(read, timeline, oneLine)
        expect(read.clips.map(({ file }) => file)).toEqual(timeline.clips.map(({ source }) => source.name))
      }),
    )
  })
})
