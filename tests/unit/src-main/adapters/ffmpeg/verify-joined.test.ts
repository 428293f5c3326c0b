import { describe, expect, test } from 'vitest'
import { concatList, joinArgs } from '../../../../../src-main/adapters/ffmpeg/join-files.ts'
import { parseFrameHashes, type HashedPacket } from '../../../../../src-main/adapters/ffmpeg/read-frame-hashes.ts'
import type { SourceFile } from '../../../../../src-main/adapters/ffmpeg/source-file.ts'
import { checkJoined } from '../../../../../src-main/adapters/ffmpeg/verify-joined.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'
import { makeMedia } from '../../../../helpers/make-media-info.ts'

const step = 0.02
const packets = (name: string, from: number, count: number, at: number): HashedPacket[] =>
  Array.from({ length: count }, (_, i) => {
    return { pts: s(at + i * step), duration: s(step), hash: `${name}${from + i}` }
  })
/** A file of 10 packets, and one of 8, of which the last 4 and the first 5 were joined. */
const files = [
  [packets('v', 0, 10, 0), packets('a', 0, 10, 0)],
  [packets('w', 0, 8, 0), packets('b', 0, 8, 0)],
]
const made = [
  [...packets('v', 6, 4, 0), ...packets('w', 0, 5, 0.08)],
  [...packets('a', 6, 4, 0), ...packets('b', 0, 5, 0.08)],
]
const clocks = [s(-0.12), s(0.08)]

describe('a joined file', () => {
  test('holds the end of one and the beginning of the other, and says where', () => {
    expect(checkJoined(made, files, clocks)).toEqual([s(-0.12), s(0.08)])
  })

  test('may be silent, so that many packets are the same', () => {
    const quiet = (list: readonly HashedPacket[]) => list.map((packet) => ({ ...packet, hash: '-' }))
    const silent = files.map(([video, sound]) => [video!, quiet(sound!)])
    expect(checkJoined([made[0]!, quiet(made[1]!)], silent, clocks)).toEqual([s(-0.12), s(0.08)])
  })

  test.each<[string, (stream: HashedPacket[]) => HashedPacket[]]>([
    ['lacks a packet at the border', (stream) => stream.toSpliced(4, 1)],
    ['has one twice', (stream) => stream.toSpliced(4, 0, stream[3]!)],
    ['has another packet', (stream) => stream.with(2, { ...stream[2]!, hash: 'x' })],
    ['has nothing of the second', (stream) => stream.slice(0, 4)],
    ['has nothing of the first', (stream) => stream.slice(4)],
  ])('is refused where it %s', (_, change) => {
    expect(checkJoined([change(made[0]!), made[1]!], files, clocks)).toBeNull()
    expect(checkJoined([made[0]!, change(made[1]!)], files, clocks)).toBeNull()
  })

  test('is refused where the second begins elsewhere, or its sound over that of the first', () => {
    const later = made.map((stream) =>
      stream.map((packet, i) => (i < 4 ? packet : { ...packet, pts: packet.pts + s(1) })),
    )
    expect(checkJoined(later, files, clocks)).toBeNull()
    const over = made[1]!.map((packet, i) => (i < 4 ? packet : { ...packet, pts: packet.pts - s(0.019) }))
    expect(checkJoined([made[0]!, over], files, clocks)).toBeNull()
  })
})

test('packets by what they hold, in ticks', () => {
  const text = '#tb 0: 1/1000\n#tb 1: 1/48000\n0, -1, 40, 20, 5, abc\n1, 48, 48, 1024, 3, def\nnonsense\n0, 19, 20'
  expect(parseFrameHashes(text, 2)).toEqual([
    [{ pts: s(0.04), duration: s(0.02), hash: 'abc' }],
    [{ pts: s(0.001), duration: s(1024 / 48_000), hash: 'def' }],
  ])
})

describe('what FFmpeg is told', () => {
  const file = (path: string) => ({ source: { path, format: 'matroska' } as SourceFile, media: makeMedia() })

  test('quotes in names stay in names', () => {
    const list = concatList([file("/v/it's.mkv"), file('/v/b.mkv')], { begin: s(2), end: s(9), lengths: [s(4)] })
    expect(list.split('\n')).toEqual([
      'ffconcat version 1.0',
      String.raw`file 'file:/v/it'\''s.mkv'`,
      'inpoint 2.000000',
      'duration 4.000000',
      "file 'file:/v/b.mkv'",
      'outpoint 9.000000',
      '',
    ])
  })

  test('a track that counts from its own first packet is put back', () => {
    const argv = joinArgs([file('/v/a.mkv')], [{ track: 0, from: s(6), by: s(0.0125) }], '/out')
    expect(argv[argv.indexOf('-bsf:a:0') + 1]).toBe(
      String.raw`setts=ts=PTS+round(if(gte(PTS*TB\,6.000000)\,0.012500/TB\,0))`,
    )
    expect(joinArgs([file('/v/a.mkv')], [], '/out')).not.toContain('-bsf:a:0')
  })
})
