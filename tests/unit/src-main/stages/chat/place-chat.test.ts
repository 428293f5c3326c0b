import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertPlaceable, placeChat } from '../../../../../src-main/stages/chat/place-chat.ts'
import type { RecordingStart } from '../../../../../src-shared/domain/recording-start.ts'

const at = Date.UTC(2026, 10, 22, 20, 15) / 1000
const nothing: RecordingStart = { absolute: null, wall: null, zone: () => 3600 }
const absolute: RecordingStart = { ...nothing, absolute: at }
const wall: RecordingStart = { ...nothing, wall: at + 3600 }
const hour = { first: 10, last: 3600 }
const from = (first: number): { first: number; last: number } => ({ first, last: first + 3600 })

describe('a chat that counts from the start of its broadcast', () => {
  const clock = { kind: 'offset', startedAt: at - 600 } as const
  it('lies where the clocks say, by metadata or by name', () => {
    for (const start of [absolute, wall])
      expect(placeChat(clock, start, null, hour, 1800)).toEqual({ shift: -600, by: 'clock' })
  })
  it('lies at the beginning where they say nothing, or that the two never met', () => {
    const beginning = { shift: 0, by: 'start' }
    expect(placeChat(clock, nothing, null, hour, 1800)).toEqual(beginning)
    expect(placeChat({ kind: 'offset', startedAt: null }, absolute, null, hour, 1800)).toEqual(beginning)
    expect(placeChat({ kind: 'offset', startedAt: at - 86_400 }, absolute, null, hour, 1800)).toEqual(beginning)
  })
  it('lies where a person says', () => {
    expect(placeChat(clock, absolute, 90.5, hour, 1800)).toEqual({ shift: 90.5, by: 'hand' })
  })
})

describe('a chat with times of day', () => {
  it('absolute', () => {
    const clock = { kind: 'absolute' } as const
    expect(placeChat(clock, absolute, null, from(at + 5), 1800).shift + at + 5).toBe(5)
    expect(placeChat(clock, wall, null, from(at + 5), 1800).shift + at + 5).toBe(5)
    expect(placeChat(clock, absolute, -2, from(at + 5), 1800)).toEqual({ shift: -at - 2, by: 'hand' })
    expect(placeChat(clock, nothing, 30, from(at + 5), 1800).shift + at + 5).toBe(30)
  })
  it('of a clock on the wall', () => {
    const clock = { kind: 'wall' } as const
    expect(placeChat(clock, wall, null, from(at + 3605), 1800).shift + at + 3605).toBe(5)
    expect(placeChat(clock, absolute, null, from(at + 3605), 1800).shift + at + 3605).toBe(5)
  })
  it('without a day lies within half a day of the recording, past midnight too', () => {
    const clock = { kind: 'day' } as const
    const late: RecordingStart = { ...nothing, wall: Date.UTC(2026, 10, 22, 23, 55) / 1000 }
    const placed = (first: number): number => placeChat(clock, late, null, from(first), 1800).shift + first
    expect(placed(23 * 3600 + 56 * 60)).toBe(60)
    expect(placed(86_400 + 23 * 3600 + 56 * 60)).toBe(60)
    // The recording began at 23:55, the first message was written at 00:05.
    expect(placed(5 * 60)).toBe(600)
    expect(placed(23 * 3600 + 50 * 60)).toBe(-300)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * 86_400 }), fc.integer({ min: 0, max: 2e9 }), (first, start) => {
        const second = placeChat(clock, { ...nothing, wall: start }, null, from(first), 1800).shift + first
        expect(Math.abs(second)).toBeLessThanOrEqual(43_200)
        expect((((start + second - first) % 86_400) + 86_400) % 86_400).toBe(0)
      }),
    )
  })
  it('needs to know when the recording began, or the offset', () => {
    for (const kind of ['absolute', 'wall', 'day'] as const) {
      expect(() => assertPlaceable({ kind }, nothing, null)).toThrow(
        expect.objectContaining({ code: 'job/needs-input' }),
      )
      for (const start of [absolute, wall]) expect(() => assertPlaceable({ kind }, start, null)).not.toThrow()
      expect(() => assertPlaceable({ kind }, nothing, 0)).not.toThrow()
    }
    expect(() => assertPlaceable({ kind: 'offset', startedAt: null }, nothing, null)).not.toThrow()
  })
})
