import { open, type FileHandle } from 'node:fs/promises'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { ticksFromPts, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import { children, descend, readEdits, readMovie, timescaleOf, type Box } from './mp4-boxes.ts'
import type { Packet, PacketStream } from './read-packets.ts'

/** Where a packet lies in the file. */
export interface StoredPacket {
  readonly offset: number
  readonly size: number
}

/** What a finished MP4 holds, by its own index: as a player that reads edit lists shows it. */
export interface Mp4Index {
  /** In the file's order. */
  readonly streams: readonly (PacketStream & {
    /** How much later it is shown where edit lists are ignored. */
    readonly late: Ticks
    /** Of its packets, in decoding order. */
    readonly stored: readonly StoredPacket[]
  })[]
  /** Stream by stream, each in decoding order. */
  readonly packets: readonly Packet[]
}

const types: Readonly<Record<string, string>> = { vide: 'video', soun: 'audio' }

/**
 * Reads the index of an MP4 that FFmpeg has just written. It costs milliseconds, where a process that opens the file and
 * looks at its first pictures costs a tenth of a second.
 * @throws ClutchcutError `ffmpeg/failed` when it is no complete MP4, or one that our own runs of FFmpeg do not write.
 */
export async function readMp4(path: string): Promise<Mp4Index> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const movie = await readMovie(file)
    if (movie === null) throw new RangeError('no index')
    return parseMovie(movie.bytes, (await file.stat()).size)
  } catch (cause) {
    throw new ClutchcutError('ffmpeg/failed', 'FFmpeg ended without an error but wrote no usable clip.', {
      cause,
      data: { file: path },
    })
  } finally {
    await file?.close()
  }
}

/** Pure. `bytes`: the whole `moov` box. @throws RangeError where it contradicts itself. */
export function parseMovie(bytes: Buffer, fileSize: number): Mp4Index {
  const movie: Box = { type: 'moov', start: 8, end: bytes.length }
  const mvhd = descend(bytes, movie, 'mvhd')
  const movieScale = mvhd === null ? 1 : timescaleOf(bytes, mvhd)
  const tracks = children(bytes, movie)
    .filter(({ type }) => type === 'trak')
    .map((trak, index) => readTrack(bytes, trak, index, movieScale, fileSize))
  return { streams: tracks.map(({ stream }) => stream), packets: tracks.flatMap(({ packets }) => packets) }
}

function readTrack(
  bytes: Buffer,
  trak: Box,
  index: number,
  movieScale: number,
  fileSize: number,
): { stream: Mp4Index['streams'][number]; packets: Packet[] } {
  const find = (...path: string[]): Box => {
    const found = descend(bytes, trak, ...path)
    if (found === null) throw new RangeError(`no ${path.join('/')}`)
    return found
  }
  const table = (type: string): Box | null => descend(bytes, trak, 'mdia', 'minf', 'stbl', type)
  const hdlr = find('mdia', 'hdlr')
  const handler = bytes.toString('latin1', hdlr.start + 8, hdlr.start + 12)
  const timebase: Rational = { num: 1, den: timescaleOf(bytes, find('mdia', 'mdhd')) }
  const sizes = readSizes(bytes, find('mdia', 'minf', 'stbl', 'stsz'))
  const stored = placeSamples(bytes, table, sizes)
  if (stored.some(({ offset, size }) => offset + size > fileSize)) throw new RangeError('a packet behind the end')
  const durations = readRuns(bytes, find('mdia', 'minf', 'stbl', 'stts'), sizes.length)
  const ctts = table('ctts')
  const offsets = ctts === null ? null : readRuns(bytes, ctts, sizes.length, true)
  const stss = table('stss')
  const keyframes = stss === null ? null : new Set(readList(bytes, stss))
  const shown = shownSpan(bytes, trak, timebase, movieScale)
  let dts = 0
  const packets = sizes.map((_, i): Packet => {
    const duration = durations[i]!
    const cts = dts + (offsets?.[i] ?? 0)
    const pts = cts - shown.shift
    // Sound is cut inside its packets: one that reaches into what is shown is decoded and heard in part.
    const begin = handler === 'soun' ? cts + duration - 1 : cts
    const packet = {
      streamIndex: index,
      pts: ticksFromPts(pts, timebase),
      dts: ticksFromPts(dts - shown.shift, timebase),
      duration: ticksFromPts(duration, timebase),
      keyframe: keyframes === null || keyframes.has(i + 1),
      discarded: begin < shown.start || cts >= shown.end,
    }
    dts += duration
    return packet
  })
  // How long the last picture is shown, only the edit list says: decoding has distances of its own.
  const last = packets.reduce(
    (late, { pts, discarded }, i) => (!discarded && pts! >= (packets[late]?.pts ?? pts!) ? i : late),
    0,
  )
  if (handler === 'vide' && packets[last] !== undefined && Number.isFinite(shown.end)) {
    const end = ticksFromPts(shown.end - shown.shift, timebase)
    packets[last] = { ...packets[last], duration: end - packets[last].pts! }
  }
  const late = ticksFromPts(shown.shift, timebase)
  return { stream: { index, type: types[handler] ?? handler, timebase, late, stored }, packets }
}

/** What the edit list shows of a track, in its units of presentation; `shift` makes these the clip's time. */
function shownSpan(
  bytes: Buffer,
  trak: Box,
  { den }: Rational,
  movieScale: number,
): { start: number; end: number; shift: number } {
  const elst = descend(bytes, trak, 'edts', 'elst')
  const edits = elst === null ? [] : readEdits(bytes, elst)
  const parts = edits.filter(({ mediaTime }) => mediaTime >= 0)
  const inUnits = (duration: number): number => Math.round((duration * den) / movieScale)
  const wait = edits[0] !== undefined && edits[0].mediaTime < 0 ? inUnits(edits[0].duration) : 0
  const [part] = parts
  if (part === undefined) return { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY, shift: -wait }
  if (parts.length > 1 || edits.length > 2) throw new RangeError('an edit list of several parts')
  // Zero: to the end.
  const end = part.duration === 0 ? Number.POSITIVE_INFINITY : part.mediaTime + inUnits(part.duration)
  return { start: part.mediaTime, end, shift: part.mediaTime - wait }
}

function readSizes(bytes: Buffer, stsz: Box): number[] {
  const [same, count] = [bytes.readUInt32BE(stsz.start + 4), bytes.readUInt32BE(stsz.start + 8)]
  // Before so many are made room for.
  if (same === 0 && stsz.start + 12 + 4 * count > stsz.end) throw new RangeError('too many sizes')
  if (count > MOST_SAMPLES) throw new RangeError('too many packets')
  return Array.from({ length: count }, (_, i) => (same === 0 ? bytes.readUInt32BE(stsz.start + 12 + 4 * i) : same))
}

/** Days of sound in packets of 1024 samples. */
const MOST_SAMPLES = 20_000_000

/** Chunks lie where `stco` or `co64` say, and `stsc` says how many samples follow each other in each (8.7.4). */
function placeSamples(bytes: Buffer, table: (type: string) => Box | null, sizes: readonly number[]): StoredPacket[] {
  const [stco, co64, stsc] = [table('stco'), table('co64'), table('stsc')]
  const offsets =
    co64 !== null ? readList(bytes, co64, 8) : stco !== null ? readList(bytes, stco) : sizes.length === 0 ? [] : null
  if (offsets === null || stsc === null) throw new RangeError('no chunks')
  const runs = bytes.readUInt32BE(stsc.start + 4)
  const run = (i: number): { first: number; samples: number } => ({
    first: bytes.readUInt32BE(stsc.start + 8 + 12 * i) - 1,
    samples: bytes.readUInt32BE(stsc.start + 12 + 12 * i),
  })
  const stored: StoredPacket[] = []
  for (let i = 0; i < runs; i += 1) {
    const { first, samples } = run(i)
    const next = i + 1 < runs ? run(i + 1).first : offsets.length
    for (let chunk = first; chunk < next; chunk += 1) {
      let offset = offsets[chunk]!
      for (let n = 0; n < samples && stored.length < sizes.length; n += 1) {
        const size = sizes[stored.length]!
        stored.push({ offset, size })
        offset += size
      }
    }
  }
  if (stored.length !== sizes.length) throw new RangeError('packets without a place')
  return stored
}

/** Runs of equal values (8.6.1.2, 8.6.1.3), spread out. Offsets below zero are written so whatever the version says. */
function readRuns(bytes: Buffer, box: Box, count: number, signed = false): number[] {
  const values: number[] = []
  const runs = bytes.readUInt32BE(box.start + 4)
  for (let i = 0; i < runs; i += 1) {
    const at = box.start + 8 + 8 * i
    const length = bytes.readUInt32BE(at)
    const value = signed ? bytes.readInt32BE(at + 4) : bytes.readUInt32BE(at + 4)
    for (let n = 0; n < length && values.length < count; n += 1) values.push(value)
  }
  if (values.length !== count) throw new RangeError(`times of ${values.length} packets out of ${count}`)
  return values
}

function readList(bytes: Buffer, box: Box, wide: 4 | 8 = 4): number[] {
  const count = bytes.readUInt32BE(box.start + 4)
  if (box.start + 8 + wide * count > box.end) throw new RangeError('a list longer than its box')
  return Array.from({ length: count }, (_, i) => {
    const at = box.start + 8 + wide * i
    return wide === 4 ? bytes.readUInt32BE(at) : Number(bytes.readBigUInt64BE(at))
  })
}
