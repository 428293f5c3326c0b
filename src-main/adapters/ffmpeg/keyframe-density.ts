import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/** Eight seconds at 60 fps. */
const packetsToLookAt = 500

/**
 * How many decoder threads a keyframe-only pass is best run with. Frame threads hand over every packet, also those that
 * are skipped, which costs a third more CPU time; they pay where a keyframe comes every few seconds, and not where the
 * decoder has next to nothing to do. Looks at the first packets; the result of the pass does not depend on the answer.
 */
export async function chooseThreads(
  runner: Pick<FfmpegRunner, 'probe'>,
  source: SourceFile,
  options: { signal: AbortSignal },
): Promise<1 | 2> {
  const args = ['-select_streams', 'V:0', '-read_intervals', `%+#${packetsToLookAt}`]
  const show = ['-show_entries', 'packet=flags', '-of', 'csv=p=0']
  try {
    return threadsFor(await runner.probe([...args, ...show, ...inputArgs(source)], options))
  } catch {
    options.signal.throwIfAborted()
    return 1
  }
}

/** `flags`: a line a packet, `K_` for a keyframe. */
export function threadsFor(flags: string): 1 | 2 {
  const [, ...later] = flags.split('\n')
  return later.some((line) => line.startsWith('K')) ? 2 : 1
}
