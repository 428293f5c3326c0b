import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reachOver, whyUnlike } from '../../../../src-shared/domain/beside.ts'
import { isOwn } from '../../../../src-shared/domain/clip-timeline.ts'
import { goesOn } from '../../../../src-shared/domain/session.ts'
import { ticksFromSeconds as s } from '../../../../src-shared/domain/time.ts'
import { makeMedia } from '../../../helpers/make-media-info.ts'

const [earlier, later] = ['ab'.repeat(32), 'cd'.repeat(32)]
const before = { recording: earlier, duration: s(600) }
const after = { recording: later, duration: s(600) }

describe('a moment near an end of its file', () => {
  test('goes on in the next one, as long as is missing behind its peak', () => {
    const parts = reachOver({ start: s(590), end: s(600), peak: s(599) }, s(600), { before, after })
    expect(parts).toEqual([
      { start: s(590), end: s(600), speed: 1 },
      { recording: later, start: 0, end: s(3), speed: 1 },
    ])
  })

  test('begins in the one before, as long as is missing before its peak', () => {
    const parts = reachOver({ start: 0, end: s(8), peak: s(1) }, s(600), { before, after })
    expect(parts).toEqual([
      { recording: earlier, start: s(596), end: s(600), speed: 1 },
      { start: 0, end: s(8), speed: 1 },
    ])
  })

  test('leaves no gap where it was cut off a little before the end', () => {
    const [own, next] = reachOver({ start: s(590), end: s(599.9), peak: s(599) }, s(600), { before, after })
    expect(own?.end).toBe(s(600))
    expect(next?.start).toBe(0)
  })

  test.each([
    ['there is no other file', { start: s(590), end: s(600), peak: s(599) }, { before: null, after: null }],
    ['its peak is far from the end', { start: s(590), end: s(600), peak: s(595) }, { before, after }],
    ['it ends before the end', { start: s(590), end: s(599), peak: s(598) }, { before, after }],
    ['hardly anything is missing', { start: s(590), end: s(600), peak: s(596.4) }, { before, after }],
  ])('stays as it is where %s', (_, clip, files) => {
    expect(reachOver(clip, s(600), files)).toEqual([{ start: clip.start, end: clip.end, speed: 1 }])
  })

  test('whatever it is: nothing of its own file is lost, and nothing is shown that is not there', () => {
    const files = { before: { recording: earlier, duration: s(2) }, after: { recording: later, duration: s(2) } }
    const clip = fc
      .tuple(fc.integer({ min: 1, max: s(20) }), fc.nat(s(20)), fc.nat(s(20)), fc.nat(s(20)))
      .map(([duration, ...times]) => {
        const [start, peak, end] = times.map((time) => Math.min(time, duration)).toSorted((a, b) => a - b)
        return { duration, start: start!, peak: peak!, end: Math.max(end!, start! + 1) }
      })
    fc.assert(
      fc.property(clip, ({ duration, ...span }) => {
        const parts = reachOver(span, duration, files)
        const own = parts.filter(isOwn)
        expect(own).toHaveLength(1)
        expect(own[0]!.start).toBeLessThanOrEqual(span.start)
        expect(own[0]!.end).toBeGreaterThanOrEqual(span.end)
        for (const part of parts) expect(part.start).toBeLessThan(part.end)
        const [first, last] = [parts[0]!, parts.at(-1)!]
        // What it shows of another file meets its own at the border.
        if (first.recording === earlier) expect([first.end, own[0]!.start]).toEqual([s(2), 0])
        if (last.recording === later) expect([last.start, own[0]!.end >= duration]).toEqual([0, true])
        for (const { recording, start, end } of parts) {
          if (recording !== undefined) expect(start >= 0 && end <= s(2)).toBe(true)
        }
      }),
    )
  })
})

describe('a file goes on where another ends', () => {
  const file = (name: string, durationSeconds: number | null = 600) => {
    return { id: 1, path: `/v/${name}.mkv`, recordedAt: null, durationSeconds }
  }
  test.each([
    ['2026-11-22 20-00-00', '2026-11-22 20-10-00', true],
    ['2026-11-22 20-00-00', '2026-11-22 20-10-01', true],
    // Restarted: some seconds are lost.
    ['2026-11-22 20-00-00', '2026-11-22 20-10-05', false],
    ['2026-11-22 20-00-00', '2026-11-22 20-09-50', false],
    ['2026-11-22 20-10-00', '2026-11-22 20-00-00', false],
    ['2026-11-22 20-00-00', 'Replay 2026-11-22 20-10-00', false],
  ])('%s, then %s: %s', (a, b, expected) => {
    expect(goesOn(file(a), file(b))).toBe(expected)
  })

  test('by the numbers of parts, where no clock says otherwise', () => {
    expect(goesOn(file('match_part1'), file('match_part2'))).toBe(true)
    expect(goesOn(file('match_part1'), file('match_part3'))).toBe(false)
  })
})

describe('files that can be one', () => {
  const media = makeMedia()
  const video = media.video!
  test('were recorded in the same way', () => {
    expect(whyUnlike(media, media)).toBeNull()
    // The average of a short file is off a little.
    expect(whyUnlike(media, { ...media, video: { ...video, fps: { num: 60_200, den: 1001 } } })).toBeNull()
  })

  test.each([
    ['another size', { ...media, video: { ...video, codedWidth: 640 } }],
    ['another codec', { ...media, video: { ...video, codec: 'hevc' } }],
    ['another rate', { ...media, video: { ...video, fps: { num: 30, den: 1 } } }],
    ['a track less', { ...media, audio: media.audio.slice(1) }],
    ['no picture', { ...media, video: null }],
    ['another container', { ...media, container: 'mpegts' as const }],
  ])('not with %s', (_, other) => {
    expect(whyUnlike(media, other)).toMatch(/\.$/)
  })
})
