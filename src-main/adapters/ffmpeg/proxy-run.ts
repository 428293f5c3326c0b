import { FragmentParser } from './proxy-fragments.ts'
import { PROXY_LEAD_SECONDS } from './proxy-args.ts'
import type { FfmpegRunner } from './runner.ts'

export interface ProxyRun {
  /** The first piece that is wanted, and how many. */
  readonly first: number
  readonly count: number
  /** Pieces of the whole recording. */
  readonly total: number
  /** Of one piece. */
  readonly seconds: number
  /** Units of a second in what FFmpeg writes. */
  readonly timescale: number
  /** Nothing of a piece comes after a fragment that ends where the piece does. */
  readonly exact: boolean
}

/** A copied piece of 6 s at 200 Mbit/s, twice. */
const MAX_PIECE_BYTES = 300 * 1024 * 1024

/**
 * Runs FFmpeg with arguments of `proxy-args.ts` and hands over the wanted pieces in order, each with its own
 * initialisation in front; those in which nothing begins have nothing else. Ends FFmpeg when it has them.
 * @throws FfmpegError; the signal's reason when aborted; RangeError for what FFmpeg should not have written.
 */
export async function runProxy(
  runner: Pick<FfmpegRunner, 'spawn'>,
  argv: readonly string[],
  { first, count, total, seconds, timescale, exact }: ProxyRun,
  onPiece: (n: number, bytes: Buffer) => void,
  options: { signal: AbortSignal },
): Promise<void> {
  const running = runner.spawn(argv, { ...options, pipes: 1 })
  const parser = new FragmentParser()
  const end = Math.min(total, first + count)
  let [next, size, parts]: [number, number, Buffer[]] = [first, 0, []]
  const handOver = (): void => {
    onPiece(next, Buffer.concat([parser.initialisation, ...parts]))
    ;[next, size, parts] = [next + 1, 0, []]
  }
  const pieceOf = (start: number): number => {
    const index = Math.floor((start - PROXY_LEAD_SECONDS * timescale) / (seconds * timescale))
    // A file may hold a little more than it says.
    return Math.min(total - 1, Math.max(0, index))
  }
  /** A millisecond early: a last picture's length is rounded. */
  const endOf = (n: number): number => (PROXY_LEAD_SECONDS + (n + 1) * seconds) * timescale - timescale / 1000
  try {
    for await (const chunk of running.pipes[0]!) {
      for (const { start, end: until, bytes } of parser.push(chunk as Buffer)) {
        const piece = pieceOf(start)
        if (piece < first) continue
        while (next < end && next < piece) handOver()
        if (next >= end) break
        parts.push(bytes)
        size += bytes.length
        if (size > MAX_PIECE_BYTES) throw new RangeError('too large a piece of a proxy')
        // Told at once, not when the next piece is complete too.
        if (exact && until >= endOf(next)) handOver()
      }
      if (next >= end) break
    }
  } finally {
    // Leaving the loop destroys the pipe; FFmpeg, which may still write to it, ends.
    running.finish()
    if (next >= end) await running.done.catch(() => {})
  }
  if (next < end) {
    await running.done
    while (next < end) handOver()
  }
}
