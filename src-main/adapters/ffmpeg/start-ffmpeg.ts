import { PassThrough, type Readable } from 'node:stream'
import { execa } from 'execa'
import { killTree } from '../processes/kill-tree.ts'
import { failureOf, FfmpegError, isDiskFull, throwIfNotStarted, type FfmpegFailure } from './ffmpeg-error.ts'
import { createLineTail } from './line-tail.ts'
import { createProgressParser, type FfmpegProgress } from './progress.ts'
import type { RunnerDeps, RunningFfmpeg, RunOptions, RunResult } from './runner-types.ts'
import { createStallTimer } from './stall-timer.ts'

/** Starts ffmpeg with exactly these arguments; see `FfmpegRunner.spawn`. */
export function startFfmpeg(deps: RunnerDeps, argv: readonly string[], options: RunOptions): RunningFfmpeg {
  const { platform = process.platform, tools, guard, onEvent } = deps
  const { signal, stallMs = 60_000, graceMs = 2000, pipes: pipeCount = 0 } = options
  // Aborted before it began: nothing is started.
  signal?.throwIfAborted()
  const startedAt = performance.now()
  const child = execa(tools.ffmpeg, argv, {
    stdio: ['pipe', 'pipe', 'pipe', ...Array.from({ length: pipeCount }, () => 'pipe' as const)],
    buffer: false,
    reject: false,
    windowsHide: true,
    stripFinalNewline: false,
  })
  const { pid } = child
  const untrack = pid === undefined ? () => {} : guard.track(pid, 'ffmpeg')
  onEvent?.({ kind: 'started', program: 'ffmpeg', pid, argv })

  const stderr = createLineTail()
  const parse = createProgressParser()
  // Buffers of our own: execa would set an unread pipe flowing, and what came before its reader would be lost.
  const pipes = child.stdio.slice(3).map((stream) => readable(stream as Readable))
  let progress: FfmpegProgress | null = null
  let stalled = false
  let killTimer: NodeJS.Timeout | undefined

  const kill = (): void => void (pid !== undefined && killTree(pid, platform))
  const finish = (): void => {
    if (options.input !== undefined) return
    // Windows has no signals to ask politely with; `q` on stdin works everywhere.
    child.stdin?.write('q\n')
    child.stdin?.end()
  }
  const stop = (): void => {
    finish()
    // Its pipes may be full with nobody reading them any more, and then it never gets to see the `q`.
    for (const pipe of pipes) pipe.resume()
    killTimer ??= setTimeout(kill, options.input === undefined ? graceMs : 0)
  }
  const stall = createStallTimer(
    stallMs,
    () => {
      stalled = true
      kill()
    },
    // What we have not read yet is our delay, not FFmpeg's.
    () => pipes.some((pipe) => pipe.readableLength > 0),
  )

  // A broken pipe here only means that FFmpeg has ended; its exit code says how.
  for (const stream of [...child.stdio, ...pipes]) stream?.on('error', () => {})
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const report of parse(text)) {
      // A report without news is how a hanging FFmpeg looks.
      if (!sameProgress(progress, report)) stall.note()
      progress = report
      if (signal?.aborted !== true) options.onProgress?.(report)
    }
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr.push(text)
    stall.note()
  })
  for (const stream of child.stdio.slice(3)) stream?.on('data', () => stall.note())
  signal?.addEventListener('abort', stop, { once: true })

  if (options.input !== undefined) child.stdin?.end(options.input)

  const ended = new Promise<void>((resolve) => {
    child.nodeChildProcess.once('exit', () => resolve())
    child.nodeChildProcess.once('error', () => resolve())
  })
  // The watchdog must forget the pid as soon as it is free, however long somebody takes to read the pipes.
  void ended.then(() => {
    untrack()
    stall.stop()
    clearTimeout(killTimer)
    signal?.removeEventListener('abort', stop)
  })

  const done = (async (): Promise<RunResult> => {
    const result = await child
    const exitCode = result.exitCode ?? null
    onEvent?.({ kind: 'ended', program: 'ffmpeg', pid, exitCode, wallMs: performance.now() - startedAt })
    signal?.throwIfAborted()
    const failure: FfmpegFailure = { program: 'ffmpeg', argv, exitCode, stderr: stderr.lines() }
    if (stalled) {
      const seconds = Math.round(stallMs / 1000)
      throw new FfmpegError('ffmpeg/stalled', `FFmpeg did nothing for ${seconds} s and was ended. Try again.`, failure)
    }
    throwIfNotStarted(result, tools.ffmpeg, failure)
    // Some muxers lose a write error on the way out and still exit with 0.
    if (exitCode !== 0 || isDiskFull(failure.stderr.join('\n'))) throw failureOf(failure)
    return { stderr: failure.stderr, progress }
  })()
  // Whoever reads the pipes may look at `done` only afterwards; until then a failure is not unhandled.
  done.catch(() => {})
  return { pid, pipes, done, finish }
}

/** What is read of a pipe. Whoever leaves early must not leave FFmpeg writing into a full one, deaf to its `q`. */
function readable(stream: Readable): PassThrough {
  const pipe = stream.pipe(new PassThrough())
  return pipe.once('close', () => stream.resume())
}

function sameProgress(a: FfmpegProgress | null, b: FfmpegProgress): boolean {
  return a !== null && a.outTime === b.outTime && a.frame === b.frame && a.totalSize === b.totalSize
}
