import path from 'node:path'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { formatClock, TICKS_PER_SECOND, ticksFromPts, type Ticks } from '../../../src-shared/domain/time.ts'
import { beginInput, seekOf } from './begin-input.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { secondsDown } from './output-args.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'
import { damageComplaint } from './stream-packets.ts'

/**
 * Decodes a span of a recording as it is, and says in a sentence which part of its pictures is lost, or that there are
 * none, and what to do; null where all of them come out and the decoder complains of nothing.
 */
export async function findDamage(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  span: { start: Ticks; end: Ticks },
  { index, signal }: { index: CutIndex | null; signal?: AbortSignal | undefined },
): Promise<string | null> {
  const name = path.basename(source.path)
  const shown: Ticks[] = []
  let complaint: string | undefined
  try {
    const running = runner.spawn(damageArgs(source, media, span), { signal, pipes: 1 })
    let text = ''
    for await (const chunk of running.pipes[0]!) text += String(chunk)
    complaint = damageComplaint((await running.done).stderr)
    for (const line of text.split('\n')) {
      const pts = /^\d+,\s*-?\d+,\s*(-?\d+),/.exec(line)?.[1]
      if (pts !== undefined) shown.push(span.start + ticksFromPts(Number(pts), { num: 1, den: 1_000_000 }))
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof FfmpegError) || error.code !== 'ffmpeg/failed') throw error
    complaint = error.failure.stderr.at(-1) ?? 'it ends'
  }
  const lost = lostPictures(index, shown)
  const { start, end } = lost ?? span
  const where = `between ${formatClock(start)} and ${formatClock(end + TICKS_PER_SECOND - 1)}`
  if (lost === null && complaint === undefined) {
    return shown.length > 0 ? null : `${name} has no picture ${where}. Let the clip begin and end where there is one.`
  }
  return `${name} is damaged ${where}: some of its pictures cannot be read. Leave that part out of the clip, or repair the recording first.`
}

/** From the first picture that did not come out to the end of the last. Pure. */
export function lostPictures(index: CutIndex | null, shown: readonly Ticks[]): { start: Ticks; end: Ticks } | null {
  const near = TICKS_PER_SECOND / 500
  const times = shown.toSorted((a, b) => a - b)
  let at = 0
  const lost = (index?.frames ?? []).filter(({ time }) => {
    while (at < times.length && times[at]! < time - near) at += 1
    return at >= times.length || times[at]! > time + near
  })
  const [first, last] = [lost[0], lost.at(-1)]
  return first === undefined || last === undefined ? null : { start: first.time, end: last.end }
}

function damageArgs(source: SourceFile, media: MediaInfo, { start, end }: { start: Ticks; end: Ticks }): string[] {
  const { args, clock } = beginInput(source, media, seekOf(start + media.origin))
  const at = (time: Ticks): string => secondsDown(time + media.origin - clock)
  const cut = `trim=start=${at(seekOf(start))}:end=${at(seekOf(end))},settb=1/1000000,setpts=PTS-${at(start)}/TB`
  return [
    ...args,
    ...['-map', `0:${media.video?.streamIndex ?? 'V:0'}`, '-an', '-sn', '-dn', '-vf', cut],
    ...[
      '-fps_mode',
      'passthrough',
      '-enc_time_base',
      '1:1000000',
      '-c:v',
      'wrapped_avframe',
      '-f',
      'framecrc',
      'pipe:3',
    ],
  ]
}
