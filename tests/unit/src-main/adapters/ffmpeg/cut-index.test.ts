import { expect, it } from 'vitest'
import { findCuts, holdsAllFrom, holdsAllUpTo } from '../../../../../src-main/adapters/ffmpeg/cut-index.ts'
import type { Packet } from '../../../../../src-main/adapters/ffmpeg/read-packets.ts'

/** In decoding order; the letter of a keyframe is K. */
const packets = (...list: readonly (readonly [pts: number | null, dts: number | null, kind?: 'K'])[]): Packet[] =>
  list.map(([pts, dts, kind]) => ({ streamIndex: 0, pts, dts, duration: 1, keyframe: kind === 'K', discarded: false }))

it('from a keyframe on, also one with pictures that are shown before it', () => {
  expect(holdsAllFrom(packets([10, 8, 'K'], [9, 9], [12, 10]), 10)).toBe(true)
  expect(holdsAllFrom(packets([10, 8, 'K'], [9, 9], [12, 10]), 9)).toBe(false)
})

it('between keyframes not what may have been decoded before', () => {
  // K4 P9 B7 [read from here] B6 B8 P14 B12: 7 is missing, though 6 is there.
  const read = packets([6, 6], [8, 7], [14, 8], [12, 9], [11, 10])
  expect(holdsAllFrom(read, 7)).toBe(false)
  expect(holdsAllFrom(read, 11)).toBe(false)
  // What was left out was decoded before 6, and none is shown more than 6 after that.
  expect(holdsAllFrom(read, 12)).toBe(true)
})

it('nothing where there is nothing, or no times', () => {
  expect(holdsAllFrom([], 0)).toBe(false)
  expect(holdsAllFrom(packets([null, null, 'K']), 10)).toBe(false)
  expect(holdsAllFrom(packets([3, null]), 10)).toBe(false)
})

it('up to an end only where the last was decoded there', () => {
  // B8 is shown before 9, but comes behind P14, with which reading ends.
  expect(holdsAllUpTo(packets([10, 6, 'K'], [14, 7]), 9)).toBe(false)
  expect(holdsAllUpTo(packets([10, 6, 'K'], [14, 7], [8, 8], [12, 9]), 9)).toBe(true)
  expect(holdsAllUpTo(packets([3, null]), 2)).toBe(false)
  expect(holdsAllUpTo([], 2)).toBe(false)
})

it('a span between two pictures holds none, which is not the same as not to know', () => {
  const read = packets([1, 1, 'K'], [5, 5], [9, 9])
  expect(findCuts(read, { start: 2, end: 4 }, 1, false)).toEqual({ frames: [], entries: [], exits: [] })
  expect(findCuts([], { start: 2, end: 4 }, 1, false)).toBeNull()
  expect(findCuts(packets([null, null, 'K']), { start: 2, end: 4 }, 1, false)).toBeNull()
})
