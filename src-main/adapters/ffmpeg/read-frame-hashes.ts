import type { Ticks } from '../../../src-shared/domain/time.ts'
import { TICKS_PER_SECOND } from '../../../src-shared/domain/time.ts'
import { secondsDown } from './output-args.ts'
import type { FfmpegRunner } from './runner.ts'

/** A packet by what it holds. */
export interface HashedPacket {
  /** In the file's clock. */
  readonly pts: Ticks
  readonly duration: Ticks
  readonly hash: string
}

/** The packets of some streams, in decoding order, one list for each. @throws FfmpegError */
export async function readFrameHashes(
  runner: Pick<FfmpegRunner, 'spawn'>,
  input: readonly string[],
  streams: readonly number[],
  options: { from?: Ticks; to?: Ticks; signal?: AbortSignal | undefined },
): Promise<HashedPacket[][]> {
  const { from, to, signal } = options
  const argv = [
    ...['-copyts', '-copytb', '1'],
    ...(from === undefined ? [] : ['-seek_timestamp', '1', '-ss', secondsDown(from)]),
    ...input,
    ...streams.flatMap((index) => ['-map', `0:${index}`]),
    ...['-c', 'copy', '-copyinkf'],
    ...(to === undefined ? [] : ['-to', secondsDown(to)]),
    ...['-f', 'framehash', '-hash', 'sha256', 'pipe:3'],
  ]
  const running = runner.spawn(argv, { signal, pipes: 1 })
  const chunks: Buffer[] = []
  for await (const chunk of running.pipes[0]!) chunks.push(chunk as Buffer)
  await running.done
  return parseFrameHashes(Buffer.concat(chunks).toString('latin1'), streams.length)
}

/** Reads `stream, dts, pts, duration, size, hash` and `#tb n: num/den`. Pure; unknown lines are skipped. */
export function parseFrameHashes(text: string, streams: number): HashedPacket[][] {
  const ticks: number[] = []
  const lists: HashedPacket[][] = Array.from({ length: streams }, () => [])
  for (const line of text.split('\n')) {
    const unit = /^#tb (\d+): (\d+)\/(\d+)/.exec(line)
    if (unit !== null) ticks[Number(unit[1])] = (TICKS_PER_SECOND * Number(unit[2])) / Number(unit[3])
    if (line.startsWith('#')) continue
    const [stream, , pts, duration, , hash] = line.split(',').map((field) => field.trim())
    const tick = ticks[Number(stream)]
    if (hash === undefined || tick === undefined) continue
    lists[Number(stream)]?.push({
      pts: Math.round(Number(pts) * tick),
      duration: Math.round(Number(duration) * tick),
      hash,
    })
  }
  return lists
}
