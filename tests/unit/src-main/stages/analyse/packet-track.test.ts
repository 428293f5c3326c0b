import { describe, expect, test } from 'vitest'
import { PacketTrack } from '../../../../../src-main/stages/analyse/packet-track.ts'
import { TICKS_PER_SECOND, ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'

const second = TICKS_PER_SECOND
const frame = second / 60

/** `seconds` of 60 fps with a keyframe every `gop` frames; sizes as functions of the second. */
function packets(seconds: number, gop: number, size: (at: number, isKey: boolean) => number): PacketTrack {
  const track = new PacketTrack(100_000, 10 * second)
  for (let i = 0; i < seconds * 60; i++) {
    const isKey = i % gop === 0
    track.push(i * frame, frame, size(i / 60, isKey), isKey)
  }
  return track
}

describe('bytes per second', () => {
  test('are what lies between keyframes: where a keyframe falls does not show', () => {
    const track = packets(60, 120, (at, isKey) => (isKey ? 200_000 : at >= 30 && at < 31 ? 60_000 : 20_000))
    const { values, valid } = track.curve(120, track.end)
    expect(valid.every((v) => v === 1)).toBe(true)
    expect(values[0]).toBeCloseTo(1_200_000, -1)
    expect(values[1]).toBeCloseTo(values[0]!, -1)
    expect(values[4]).toBeCloseTo(values[5]!, -1)
    expect(values[60]).toBeCloseTo(3_600_000, -1)
    expect(values.indexOf(Math.max(...values))).toBeGreaterThanOrEqual(60)
  })

  test('say nothing where the bitrate is constant', () => {
    const constant = packets(120, 120, (at, isKey) => (isKey ? 205_000 : 20_000 + ((at * 977) % 400)))
    expect(constant.isConstantRate(240)).toBe(true)
    expect(constant.curve(240, constant.end).valid.every((v) => v === 0)).toBe(true)
    const variable = packets(120, 120, (at) => 20_000 * (1 + 0.5 * Math.sin(at / 12)))
    expect(variable.isConstantRate(240)).toBe(false)
  })

  test('count keyframes where there is nothing else', () => {
    const track = packets(30, 1, (at) => (at < 20 ? 10_000 : 30_000))
    const { values } = track.curve(60, track.end)
    expect(values[50]! / values[10]!).toBeCloseTo(3, 3)
  })

  test('a last slot of a frame or two is no rate; a half one is', () => {
    const track = packets(2, 600, () => 1000)
    track.push(2 * second, frame, 9000, false)
    expect([...track.curve(5, track.end).valid]).toEqual([1, 1, 1, 1, 0])
    for (let i = 1; i < 20; i++) track.push(2 * second + i * frame, frame, 1000, false)
    expect(track.curve(5, track.end).values[4]).toBeCloseTo((28_000 / 20) * 60, -1)
  })
})

describe('keyframes', () => {
  test('are counted, and the longest stretch without one includes the end', () => {
    const track = packets(25, 720, () => 1000)
    expect(track.keyframes(track.end)).toEqual({ count: 3, longestGap: 12 * second })
    expect(track.gaps(track.end)).toEqual([
      { from: 0, to: 12 * second },
      { from: 12 * second, to: 24 * second },
    ])
    const single = packets(90, 100_000, () => 1000)
    expect(single.keyframes(single.end)).toEqual({ count: 1, longestGap: single.end })
    expect(single.gaps(single.end)).toEqual([{ from: 0, to: single.end }])
    const none = new PacketTrack(100, second)
    expect(none.keyframes(0)).toEqual({ count: 0, longestGap: 0 })
    expect(none.curve(3, 0).valid).toEqual(new Uint8Array(3))
  })

  test('a wild timestamp is left out', () => {
    const track = new PacketTrack(100, second)
    track.push(2 ** 52, frame, 1000, true)
    expect(track.keyframes(track.end)).toEqual({ count: 0, longestGap: 0 })
    expect(track.end).toBe(0)
  })
})

describe('where a scene changed', () => {
  test('is the packet that had to be drawn anew', () => {
    const track = packets(20, 600, (at, isKey) => (isKey ? 200_000 : Math.abs(at - 13.4) < 0.005 ? 150_000 : 15_000))
    const found = track.locateCut(10 * second, 20 * second)!
    expect(Math.abs(found - ticksFromSeconds(13.4))).toBeLessThanOrEqual(frame)
    expect(track.locateCut(0, 10 * second)).toBeNull()
  })
})
