import type { Readable } from 'node:stream'
import { ByteQueue, releaseChunk } from './byte-queue.ts'
import { createFramecrcParser, type FrameLine } from './framecrc.ts'
import type { FfmpegRunner, RunOptions } from './runner.ts'

/** One packet with its bytes, which are gone when the handler is done. Times in the stream's own clock, in ticks. */
export type PacketData = Readonly<Pick<FrameLine, 'pts' | 'dts' | 'duration' | 'isKey'>> & { readonly data: Buffer }

/** Output options: the packets of the one mapped stream as bytes and as lines that say where each begins and ends. */
export const packetOutput = ['-f', 'tee', '[f=framecrc:flush_packets=1]pipe:3|[f=data:flush_packets=1]pipe:4'] as const

/** What else a run writes: its options end in `pipe:5`. */
export interface SecondOutput {
  readonly args: readonly string[]
  /** Reads to the end. */
  readonly read: (pipe: Readable) => Promise<void>
}

/**
 * Runs FFmpeg with `packetOutput` and hands over packet by packet, in decoding order. Returning `false` ends it early.
 * Returns what FFmpeg wrote to stderr.
 * @throws FfmpegError
 */
export async function streamPackets(
  runner: Pick<FfmpegRunner, 'spawn'>,
  argv: readonly string[],
  onPacket: (packet: PacketData) => Promise<boolean | void> | boolean | void,
  options: Pick<RunOptions, 'signal'> & { readonly beside?: SecondOutput } = {},
): Promise<readonly string[]> {
  const { beside, ...rest } = options
  const all = [...argv, ...packetOutput, ...(beside?.args ?? [])]
  const running = runner.spawn(all, { ...rest, pipes: beside === undefined ? 2 : 3 })
  const [lines, data, other] = running.pipes as [Readable, Readable, Readable?]
  const bytes = new ByteQueue()
  const waiting: FrameLine[] = []
  const parser = createFramecrcParser((line) => void waiting.push({ ...line }))
  let ended = false
  let pumping: Promise<void> = Promise.resolve()
  const pump = async (): Promise<void> => {
    while (waiting[0] !== undefined && bytes.size >= waiting[0].size) {
      const line = waiting.shift()!
      const { pts, dts, duration, isKey, size } = line
      const piece = bytes.take(size)
      if (ended) continue
      if ((await onPacket({ pts, dts, duration, isKey, data: piece })) === false) {
        ended = true
        running.finish()
      }
    }
  }
  // One pump at a time, or packets would overtake each other.
  const pumpNext = (): Promise<void> => (pumping = pumping.then(pump))
  const readLines = async (): Promise<void> => {
    for await (const chunk of lines) {
      parser.push(chunk as Buffer)
      releaseChunk(chunk as Buffer)
      await pumpNext()
    }
    parser.finish()
    await pumpNext()
  }
  const readData = async (): Promise<void> => {
    for await (const chunk of data) {
      bytes.push(chunk as Buffer)
      await pumpNext()
    }
  }
  try {
    await Promise.all([readLines(), readData(), other === undefined ? null : beside?.read(other)])
  } catch (error) {
    running.finish()
    for (const pipe of running.pipes) pipe.resume()
    await running.done.catch(() => {})
    throw error
  }
  return (await running.done).stderr
}

/** What a decoder said of pictures that it could not decode properly, although FFmpeg went on; the first of it. Pure. */
export function decoderComplaint(stderr: readonly string[]): string | undefined {
  return stderr.find((line) => /^\[(h264|hevc) @/.test(line))
}

/**
 * The same of a recording that was read from somewhere in the middle. There H.264 with open GOPs is told to forget
 * pictures that were never read ("mmco: unref short failure"), which changes nothing of what is shown. Pure.
 */
export function damageComplaint(stderr: readonly string[]): string | undefined {
  return decoderComplaint(stderr.filter((line) => !line.endsWith('mmco: unref short failure')))
}
