import { describe, expect, it } from 'vitest'
import { moveVideo } from '../../../../../src-main/adapters/ffmpeg/align-tracks.ts'
import { parseHexDump } from '../../../../../src-main/adapters/ffmpeg/smart-source.ts'
import { checkOffset, checkTimes } from '../../../../../src-main/adapters/ffmpeg/verify-clip.ts'
import { decodingTimes } from '../../../../../src-main/adapters/ffmpeg/video-mp4.ts'
import type { Packet } from '../../../../../src-main/adapters/ffmpeg/read-packets.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'

const frame = S / 30
const streams = [
  { index: 0, type: 'video', timebase: { num: 1, den: 15_360 } },
  { index: 1, type: 'audio', timebase: { num: 1, den: 48_000 } },
]
const picture = (i: number, change: Partial<Packet> = {}): Packet => ({
  streamIndex: 0,
  pts: i * frame,
  dts: (i - 2) * frame,
  duration: frame,
  keyframe: i === 0,
  discarded: false,
  ...change,
})
const sound = (at: number): Packet => ({
  ...picture(0),
  streamIndex: 1,
  pts: at,
  dts: at,
  duration: 1024 * (S / 48_000),
})
const pictures = [0, 2, 1, 3].map((pts, i) => picture(pts, { dts: (i - 2) * frame }))
const index = {
  frames: [10, 11, 12, 13].map((i) => ({ time: i * frame, end: (i + 1) * frame })),
  entries: [],
  exits: [],
}
const facts = { frame, length: 4 * frame, tracks: 1 }
const problems = (packets: Packet[]) => checkTimes({ streams, packets: [...packets, sound(0)] }, facts, index)

describe('checkTimes', () => {
  it('finds nothing wrong with a clip that is as it should be', () => {
    expect(problems(pictures)).toEqual([])
  })

  it.each<[string, Packet[], RegExp]>([
    ['a picture too few', pictures.slice(0, 3), /3 pictures instead of 4/],
    ['two at once', [...pictures.slice(0, 3), picture(2, { dts: frame })], /at once/],
    ['decoding times that stand still', pictures.map((p) => ({ ...p, dts: 0 })), /do not increase/],
    ['a late first picture', pictures.map((p) => ({ ...p, pts: p.pts! + frame })), /not at its beginning/],
    ['another length', [...pictures.slice(0, 3), picture(9, { dts: frame })], /s long instead of/],
    [
      'a picture that comes late',
      pictures.map((p) => (p.pts === 2 * frame ? { ...p, pts: 2.8 * frame } : p)),
      /not shown at the times/,
    ],
  ])('%s', (_what, packets, why) => {
    expect(problems(packets).join(' ')).toMatch(why)
  })

  it('a missing track, a missing picture', () => {
    expect(checkTimes({ streams: streams.slice(0, 1), packets: pictures }, facts, index)).toEqual([
      'It has 0 sound tracks instead of 1.',
    ])
    expect(checkTimes({ streams: streams.slice(1), packets: [sound(0)] }, facts, index)).toEqual(['It has no picture.'])
  })
})

describe('checkOffset', () => {
  const late = (video: number, audio: number) => ({
    streams: [
      { type: 'video', late: video },
      { type: 'audio', late: audio },
    ],
  })
  const priming = 1024 * (S / 48_000)

  it('priming without an edit list makes sound 21 ms late', () => {
    expect(checkOffset(late(0, priming))).toEqual(['Sound and picture are 21 ms apart.'])
    expect(checkOffset(late(2 * frame, priming))).toEqual(['Sound and picture are -45 ms apart.'])
  })

  it('both as late as each other are in sync', () => {
    expect(checkOffset(late(priming, priming))).toEqual([])
    expect(checkOffset(late(0, 0.014 * S))).toEqual([])
  })
})

it('decoding times: sorted, never after the picture is shown', () => {
  expect(decodingTimes([0, 3, 1, 2, 4])).toEqual({ dts: [-2, -1, 0, 1, 2], delay: 2 })
  expect(decodingTimes([0, 1, 2])).toEqual({ dts: [-1, 0, 1], delay: 1 })
})

it('reads ffprobe’s dump, letters left out', () => {
  expect(parseHexDump('\n00000000: 0164 000d ff  .d...\n00000010: 6162  ab\n')).toEqual(
    Buffer.from('0164000dff6162', 'hex'),
  )
})

describe('moveVideo', () => {
  const box = (type: string, ...contents: Buffer[]): Buffer => {
    const content = Buffer.concat(contents)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(8 + content.length)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, content])
  }
  const ints = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(4 * values.length)
    for (const [i, value] of values.entries()) bytes.writeInt32BE(value, 4 * i)
    return bytes
  }
  const track = (handler: string, timescale: number, edits: number[][], ...tables: Buffer[]): Buffer =>
    box(
      'trak',
      box('edts', box('elst', ints(0, edits.length), ...edits.map((edit) => ints(...edit, 0x10000)))),
      box(
        'mdia',
        box('mdhd', ints(0, 0, 0, timescale, 0, 0)),
        box('hdlr', ints(0, 0), Buffer.from(handler), ints(0, 0, 0)),
        box('minf', box('stbl', ...tables)),
      ),
    )
  const movie = (...tracks: Buffer[]): Buffer => box('moov', box('mvhd', ints(0, 0, 0, 1000, 0)), ...tracks)
  const video = (): Buffer => track('vide', 15_360, [[4000, 1024]], box('ctts', ints(0, 2, 1, 1024, 1, 2048)))

  it('begins the picture as late in its track as the sound in its own', () => {
    const moov = movie(video(), track('soun', 48_000, [[4000, 1024]]))
    expect(moveVideo(moov)).toBe(true)
    const ctts = moov.indexOf('ctts') + 4
    // 1024 samples are 328 units: 696 fewer than before.
    expect([moov[ctts], moov.readInt32BE(ctts + 12), moov.readInt32BE(ctts + 20)]).toEqual([1, 328, 1352])
    expect(moov.readInt32BE(moov.indexOf('elst') + 16)).toBe(328)
    expect(moveVideo(moov)).toBe(false)
  })

  it('between tracks that begin apart, and never before the beginning', () => {
    const apart = movie(video(), track('soun', 48_000, [[4000, 0]]), track('soun', 48_000, [[4000, 960]]))
    moveVideo(apart)
    expect(apart.readInt32BE(apart.indexOf('elst') + 16)).toBe(154)
    const waiting = movie(
      video(),
      track('soun', 48_000, [
        [10, -1],
        [4000, 0],
      ]),
    )
    moveVideo(waiting)
    expect(waiting.readInt32BE(waiting.indexOf('elst') + 16)).toBe(0)
  })

  it('leaves alone what it cannot move, and nonsense', () => {
    expect(moveVideo(movie(video()))).toBe(false)
    expect(moveVideo(movie(track('vide', 30, [[1, 0]]), track('soun', 48_000, [[1, 1024]])))).toBe(false)
    expect(moveVideo(box('moov', Buffer.from('garbage')))).toBe(false)
  })
})
