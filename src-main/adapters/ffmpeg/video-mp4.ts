import { open, type FileHandle } from 'node:fs/promises'
import { ptsFromTicks, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'

/** A stored picture; times on any clock that all samples share. */
export interface StoredSample {
  readonly offset: number
  readonly size: number
  readonly pts: Ticks
  readonly duration: Ticks
  readonly keyframe: boolean
}

export interface VideoMp4 {
  /** Stores a sample's bytes anywhere in the file; samples get their order when it is finished. */
  store(data: Uint8Array): Promise<{ offset: number; size: number }>
  read(stored: { offset: number; size: number }): Promise<Buffer>
  /** Writes the index: `samples` in decoding order. The first shown picture is at zero. */
  finish(samples: readonly StoredSample[], config: Uint8Array): Promise<void>
  /** Closes the file; needed after a failure too. */
  close(): Promise<void>
}

type Shape = Pick<
  NonNullable<MediaInfo['video']>,
  'codec' | 'codedWidth' | 'codedHeight' | 'rotation' | 'sampleAspectRatio' | 'timebase'
>

/**
 * An MP4 with one H.264 or HEVC track, whose samples are written as they are and whose times are exact: between our
 * joining and FFmpeg's final muxing. (Through a list of files FFmpeg would lose the second half's parameter sets.)
 */
export async function createVideoMp4(path: string, video: Shape): Promise<VideoMp4> {
  const file = await open(path, 'wx+')
  const head = Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    Buffer.from('\0\0\0\x01mdat\0\0\0\0\0\0\0\0', 'latin1'),
  ])
  let end = head.length
  await writeAll(file, head, 0)
  return {
    async store(data) {
      const offset = end
      // Taken at once: several writers may store at the same time.
      end += data.length
      await writeAll(file, data, offset)
      return { offset, size: data.length }
    },
    async read({ offset, size }) {
      const data = Buffer.alloc(size)
      await file.read(data, 0, size, offset)
      return data
    },
    async finish(samples, config) {
      const index = movieBox(video, samples, config)
      await writeAll(file, index, end)
      const size = Buffer.alloc(8)
      size.writeBigUInt64BE(BigInt(end - head.length + 16))
      await writeAll(file, size, head.length - 8)
    },
    close: () => file.close(),
  }
}

/** A disk that is nearly full takes a part, and only then says so. */
async function writeAll(file: FileHandle, data: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < data.length;) {
    done += (await file.write(data, done, data.length - done, at + done)).bytesWritten
  }
}

/**
 * Decoding times for pictures in decoding order: the sorted times of presentation, moved so far ahead that every
 * picture is decoded before it is shown (and one unit more, so that MP4 writers keep offsets in any case). Pure.
 */
export function decodingTimes(pts: readonly number[]): { dts: number[]; delay: number } {
  const sorted = pts.toSorted((a, b) => a - b)
  const delay = sorted.reduce((most, time, i) => Math.max(most, time - (pts[i] ?? time)), 0) + 1
  return { dts: sorted.map((time) => time - delay), delay }
}

function movieBox(video: Shape, samples: readonly StoredSample[], config: Uint8Array): Buffer {
  const { codedWidth: width, codedHeight: height, timebase } = video
  const timescale = timebase.den
  const unit: Rational = { num: 1, den: timescale }
  const first = samples.reduce((least, { pts }) => Math.min(least, pts), Number.POSITIVE_INFINITY)
  const pts = samples.map((sample) => ptsFromTicks(sample.pts - first, unit))
  const { dts, delay } = decodingTimes(pts)
  const latest = pts.indexOf(Math.max(...bounds(pts)))
  const length = (pts[latest] ?? 0) + Math.max(1, ptsFromTicks(samples[latest]?.duration ?? 0, unit))
  const steps = dts.map((time, i) => (dts[i + 1] ?? length - delay) - time)
  const matrix = { 0: [1, 0, 0, 1], 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] }[video.rotation]
  const turn = [matrix[0]!, matrix[1]!, 0, matrix[2]!, matrix[3]!, 0, 0, 0].map((n) => n * 0x10000)
  const none = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0]
  const hdlr = Buffer.from('vide\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1')
  return box(
    'moov',
    full('mvhd', 0, ints(0, 0, timescale, length, 0x10000, 0x1000000, 0, 0, ...none, 0x40000000, 0, 0, 0, 0, 0, 0, 2)),
    box(
      'trak',
      full('tkhd', 3, ints(0, 0, 1, 0, length, 0, 0, 0, 0, ...turn, 0x40000000, width * 0x10000, height * 0x10000)),
      box('edts', full('elst', 0, ints(1, length, delay, 0x10000))),
      box(
        'mdia',
        full('mdhd', 0, ints(0, 0, timescale, length, 0x55c40000)),
        full('hdlr', 0, ints(0), hdlr),
        box(
          'minf',
          full('vmhd', 1, ints(0, 0)),
          box('dinf', full('dref', 0, ints(1), full('url ', 1))),
          box(
            'stbl',
            full('stsd', 0, ints(1), sampleEntry(video, config)),
            full('stts', 0, runs(steps)),
            full('ctts', 0, runs(pts.map((time, i) => time - (dts[i] ?? 0)))),
            full('stss', 0, list(samples.flatMap(({ keyframe }, i) => (keyframe ? [i + 1] : [])))),
            full('stsc', 0, ints(1, 1, 1, 1)),
            full('stsz', 0, ints(0), list(samples.map(({ size }) => size))),
            full('co64', 0, offsets(samples)),
          ),
        ),
      ),
    ),
  )
}

/** Spreading a long list would overflow the stack. */
function bounds(values: readonly number[]): [number] {
  return [values.reduce((most, value) => Math.max(most, value), 0)]
}

function sampleEntry(
  { codec, codedWidth, codedHeight, sampleAspectRatio: { num, den } }: Shape,
  config: Uint8Array,
): Buffer {
  const head = Buffer.alloc(78)
  head.writeUInt16BE(1, 6)
  head.writeUInt16BE(codedWidth, 24)
  head.writeUInt16BE(codedHeight, 26)
  head.writeUInt32BE(0x480000, 28)
  head.writeUInt32BE(0x480000, 32)
  head.writeUInt16BE(1, 40)
  head.writeUInt16BE(24, 74)
  head.writeInt16BE(-1, 76)
  const aspect = num === den ? [] : [box('pasp', ints(num, den))]
  return codec === 'hevc'
    ? box('hvc1', head, box('hvcC', config), ...aspect)
    : box('avc1', head, box('avcC', config), ...aspect)
}

function box(type: string, ...contents: readonly Uint8Array[]): Buffer {
  const size = contents.reduce((sum, content) => sum + content.length, 8)
  return Buffer.concat([ints(size), Buffer.from(type, 'latin1'), ...contents])
}

function full(type: string, flags: number, ...contents: readonly Uint8Array[]): Buffer {
  return box(type, ints(flags), ...contents)
}

function ints(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * i)
  return bytes
}

/** A count, then the values. */
function list(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * values.length)
  bytes.writeUInt32BE(values.length)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 + 4 * i)
  return bytes
}

/** A count, then runs of equal values: how many, and which. */
function runs(values: readonly number[]): Buffer {
  const found: [number, number][] = []
  for (const value of values) {
    const last = found.at(-1)
    if (last?.[1] === value) last[0] += 1
    else found.push([1, value])
  }
  const bytes = Buffer.alloc(4 + 8 * found.length)
  bytes.writeUInt32BE(found.length)
  for (const [i, [count, value]] of found.entries()) {
    bytes.writeUInt32BE(count, 4 + 8 * i)
    bytes.writeUInt32BE(value, 8 + 8 * i)
  }
  return bytes
}

function offsets(samples: readonly StoredSample[]): Buffer {
  const bytes = Buffer.alloc(4 + 8 * samples.length)
  bytes.writeUInt32BE(samples.length)
  for (const [i, { offset }] of samples.entries()) bytes.writeBigUInt64BE(BigInt(offset), 4 + 8 * i)
  return bytes
}
