import { captureOutput } from './capture-output.ts'
import type { FfmpegRunner, RunnerDeps, RunOptions, RunningFfmpeg } from './runner-types.ts'
import { startFfmpeg } from './start-ffmpeg.ts'

export type * from './runner-types.ts'

/** A single allocation may not exceed this: enough for an 8K frame of 16-bit RGBA, too little to take a machine down. */
const maxAllocation = String(512 * 1024 * 1024)
const globalArgs = ['-hide_banner', '-max_alloc', maxAllocation]
// `repeat` keeps one line per message, so that the tail is not "Last message repeated n times".
const ffmpegArgs = [
  ...globalArgs,
  '-nostats',
  '-loglevel',
  'repeat+warning',
  '-progress',
  'pipe:1',
  '-stats_period',
  '0.25',
]
const ffprobeArgs = [...globalArgs, '-loglevel', 'repeat+error']

export function createRunner(deps: RunnerDeps): FfmpegRunner {
  const spawn = (argv: readonly string[], options: RunOptions = {}): RunningFfmpeg =>
    startFfmpeg(deps, [...ffmpegArgs, ...argv], options)
  return {
    tools: deps.tools,
    spawn,
    run(argv, options = {}) {
      const running = spawn(argv, options)
      for (const pipe of running.pipes) pipe.resume()
      return running.done
    },
    probe: (argv, options = {}) => captureOutput(deps, 'ffprobe', [...ffprobeArgs, ...argv], options),
    text: (argv, options = {}) => captureOutput(deps, 'ffmpeg', ['-hide_banner', ...argv], options),
  }
}
