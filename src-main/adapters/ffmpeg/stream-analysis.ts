import type { Readable } from 'node:stream'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { analysisArgs } from './analysis-args.ts'
import { ByteQueue, releaseChunk } from './byte-queue.ts'
import { createFramecrcParser } from './framecrc.ts'
import { chooseThreads } from './keyframe-density.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

export interface StreamSink {
  audio(track: number, start: number, samples: Int16Array): void | Promise<void>
  frame(time: Ticks, rgb: Uint8Array): void | Promise<void>
  packet(time: Ticks, duration: Ticks, bytes: number, isKey: boolean): void
}

/** Packets of sound that follow each other without a gap are handed on together: half a second at most. */
const largestPiece = 16_000
const ticksPerSample = TICKS_PER_SECOND / 16_000

/**
 * Streams a recording's sound (16 kHz mono of every track), keyframes (160×90) and packet sizes to `sink`, by one FFmpeg
 * process. Times are the recording's own: 0 is `media.origin`. The sink holds FFmpeg back: nothing is buffered but the
 * pipes and, where data and its times come apart, what FFmpeg's 32 KiB line buffer can be ahead (about 15 s of sound).
 * @throws FfmpegError; the signal's reason when aborted.
 */
export async function streamAnalysis(
  runner: Pick<FfmpegRunner, 'spawn' | 'probe' | 'tools'>,
  source: SourceFile,
  media: MediaInfo,
  sink: StreamSink,
  options: { signal: AbortSignal; hwaccel?: string | null },
): Promise<void> {
  const threads = media.video === null ? 1 : await chooseThreads(runner, source, options)
  const { version } = runner.tools
  const args = analysisArgs(inputArgs(source), media, { threads, hwaccel: options.hwaccel ?? null, version })
  // What the sink throws must end FFmpeg too.
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const running = runner.spawn(args.argv, { pipes: args.pipes, signal })
  const { pipes } = running
  const readers: Promise<void>[] = []
  if (args.video !== null) {
    const { frames, frameTimes, packets } = args.video
    const pictures = pairUp(pipes[frames]!, pipes[frameTimes]!, (time, rgb) => {
      if (time !== null) return sink.frame(time - media.origin, rgb)
    })
    readers.push(...pictures, readPackets(pipes[packets]!, media.origin, sink))
  }
  for (const [track, { samples, times }] of args.audio.entries()) {
    let next = 0
    readers.push(
      ...pairUp(
        pipes[samples]!,
        pipes[times]!,
        (time, bytes) => {
          const start = time === null ? next : Math.round((time - media.origin) / ticksPerSample)
          next = start + bytes.length / 2
          return sink.audio(track, start, asSamples(bytes))
        },
        largestPiece,
      ),
    )
  }
  const read = Promise.all(readers).catch((error: unknown) => {
    failed.abort(error)
    for (const pipe of pipes) pipe.resume()
    throw error
  })
  const [ended, delivered] = await Promise.allSettled([running.done, read])
  options.signal.throwIfAborted()
  if (delivered.status === 'rejected') throw delivered.reason
  if (ended.status === 'rejected') throw ended.reason
}

/**
 * Hands on each piece of data with its time, as soon as both are there, whichever came first. Neither pipe ever waits
 * for the other: FFmpeg writes both from one thread and would stand still.
 */
export function pairUp(
  data: Readable,
  lines: Readable,
  onPiece: (time: Ticks | null, bytes: Buffer) => void | Promise<void>,
  /** Pieces that follow each other exactly are joined up to this many bytes. */
  joinUpTo = 0,
): [Promise<void>, Promise<void>] {
  const bytes = new ByteQueue()
  const times: (number | null)[] = []
  const sizes: number[] = []
  let head = 0
  let pumping: Promise<void> | undefined
  let end: number | null = null
  const parser = createFramecrcParser(({ pts, size, duration }) => {
    const last = sizes.length - 1
    const follows = pts !== null && end !== null && Math.abs(pts - end) <= 1
    end = pts === null ? null : pts + duration
    if (follows && last >= head && sizes[last]! + size <= joinUpTo) {
      sizes[last]! += size
      return
    }
    times.push(pts)
    sizes.push(size)
  })
  const pump = async (): Promise<void> => {
    while (head < sizes.length && bytes.size >= sizes[head]!) {
      const piece = bytes.take(sizes[head]!)
      const time = times[head]!
      head += 1
      const waiting = onPiece(time, piece)
      if (waiting !== undefined) await waiting
    }
    times.splice(0, head)
    sizes.splice(0, head)
    head = 0
  }
  // One pump at a time, or pieces would overtake each other.
  const pumpAll = async (): Promise<void> => {
    while (pumping !== undefined) await pumping
    pumping = pump().finally(() => (pumping = undefined))
    await pumping
  }
  const readData = async (): Promise<void> => {
    for await (const chunk of data) {
      bytes.push(chunk as Buffer)
      await pumpAll()
    }
  }
  const readLines = async (): Promise<void> => {
    for await (const chunk of lines) {
      parser.push(chunk as Buffer)
      releaseChunk(chunk as Buffer)
      await pumpAll()
    }
    parser.finish()
    await pumpAll()
  }
  return [readData(), readLines()]
}

async function readPackets(lines: Readable, origin: Ticks, sink: StreamSink): Promise<void> {
  let next = origin
  const parser = createFramecrcParser((line) => {
    // A packet without any time (AVI made by hand) follows the one before.
    const time = line.pts ?? line.dts ?? next
    next = time + line.duration
    sink.packet(time - origin, line.duration, line.size, line.isKey)
  })
  for await (const chunk of lines) {
    parser.push(chunk as Buffer)
    releaseChunk(chunk as Buffer)
  }
  parser.finish()
}

/** Bytes as 16-bit samples (every platform of ours is little-endian); copied only where they lie at an odd address. */
function asSamples(bytes: Buffer): Int16Array {
  const count = bytes.length >> 1
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, count)
  const copy = new Uint8Array(bytes)
  return new Int16Array(copy.buffer, 0, count)
}
