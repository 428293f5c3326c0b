import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planExtraFrames } from '../../../../../src-main/stages/analyse/plan-extra-frames.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeVideo } from '../../../../helpers/make-media-info.ts'

const second = TICKS_PER_SECOND
const gapsOf = (length: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ from: i * length * second, to: (i + 1) * length * second }))

test('small slow pictures are decoded where keyframes are far apart', () => {
  const media = makeMedia({ video: makeVideo({ codedWidth: 640, codedHeight: 360 }) })
  const gaps = gapsOf(60, 10)
  const plan = planExtraFrames({ media, duration: 600 * second, packets: 600 * 5, keyframes: 10, gaps })
  expect(plan.length).toBeGreaterThan(0)
  for (const { from, to, every } of plan) {
    expect(gaps.some((gap) => gap.from === from && to <= gap.to)).toBe(true)
    expect(every).toBeLessThan(5 * second)
  }
})

test('an hour of 1080p60 with a single keyframe would take an hour: packets and sound must do', () => {
  const duration = 3600 * second
  const gaps = [{ from: 0, to: duration }]
  expect(planExtraFrames({ media: makeMedia(), duration, packets: 216_000, keyframes: 1, gaps })).toEqual([])
})

test('nothing to do without gaps, without video, without packets', () => {
  const none = { media: makeMedia(), duration: 60 * second, packets: 3600, keyframes: 30, gaps: [] }
  expect(planExtraFrames(none)).toEqual([])
  const gaps = gapsOf(60, 1)
  expect(planExtraFrames({ ...none, gaps, media: makeMedia({ video: null }) })).toEqual([])
  expect(planExtraFrames({ ...none, gaps, packets: 0 })).toEqual([])
})

test('never decodes beyond a gap, and never more than the floor is worth', () => {
  const input = fc.record({
    length: fc.integer({ min: 11, max: 400 }),
    count: fc.integer({ min: 1, max: 50 }),
    fps: fc.constantFrom(1, 5, 15, 30, 60),
    width: fc.integer({ min: 16, max: 3840 }),
    tracks: fc.integer({ min: 0, max: 3 }),
  })
  fc.assert(
    fc.property(input, ({ length, count, fps, width, tracks }) => {
      const video = makeVideo({ codedWidth: width, codedHeight: Math.ceil((width * 9) / 16) })
      const media = { ...makeMedia({ video }), audio: Array.from({ length: tracks }, () => makeMedia().audio[0]!) }
      const duration = length * count * second
      const gaps = gapsOf(length, count)
      const packets = fps * length * count
      const plan = planExtraFrames({ media, duration, packets, keyframes: count, gaps })
      let frames = 0
      for (const { from, to } of plan) {
        const gap = gaps.find((g) => g.from === from)!
        expect(to).toBeLessThanOrEqual(gap.to)
        frames += ((to - from) / second) * fps
      }
      const pixels = video.codedWidth * video.codedHeight
      // What decoding these frames costs at two nanoseconds a pixel, against a floor of 0.8 ms a second and track,
      // 4 µs a packet and 4 ns a keyframe's pixel.
      const floor = length * count * tracks * 0.8e-3 + packets * 4e-6 + count * pixels * 4e-9
      expect(frames * pixels * 2e-9).toBeLessThanOrEqual(floor + 1e-6)
    }),
  )
})
