import { PassThrough, type Readable } from 'node:stream'
import { execa } from 'execa'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { killTree } from '../processes/kill-tree.ts'
import { failureOf, FfmpegError, isDiskFull, type FfmpegFailure } from './ffmpeg-error.ts'
import { createLineTail } from './line-tail.ts'
import { createProgressParser, type FfmpegProgress } from './progress.ts'
import { createStallTimer } from './stall-timer.ts'
import type { FfmpegTools } from './tools.ts'

/** Fits `adapters/processes`' child guard. */
export interface ChildGuard {
  track(pid: number, what: string): () => void
}

export interface RunnerDeps {
  readonly tools: FfmpegTools
  readonly guard: ChildGuard
  readonly platform?: NodeJS.Platform
  /** Told of every start and end, for the log. */
  readonly onEvent?: (event: RunnerEvent) => void
}

export type RunnerEvent =
  | { kind: 'started'; program: 'ffmpeg' | 'ffprobe'; pid: number | undefined; argv: readonly string[] }
  | { kind: 'ended'; program: 'ffmpeg' | 'ffprobe'; pid: number | undefined; exitCode: number | null; wallMs: number }

export interface RunOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: FfmpegProgress) => void) | undefined
  /** Gives up when nothing moved for so long. Default a minute. */
  readonly stallMs?: number
  /** How long a polite `q` may take before the process is killed. Default 2 s. */
  readonly graceMs?: number
  /** Extra outputs that FFmpeg writes as `pipe:3`, `pipe:4`, … */
  readonly pipes?: number
}

export interface RunResult {
  /** Warnings and errors that FFmpeg wrote although it succeeded: the last lines. */
  readonly stderr: readonly string[]
  readonly progress: FfmpegProgress | null
}

export interface RunningFfmpeg {
  readonly pid: number | undefined
  /** `pipe:3` onwards. Read all of them, or FFmpeg waits for you. They end, without an error, when FFmpeg ends. */
  readonly pipes: readonly Readable[]
  /** Settles when the process has ended. Rejects with FfmpegError, or with the signal's reason when aborted. */
  readonly done: Promise<RunResult>
  /** Asks FFmpeg to finish early, as a person pressing `q` does; `done` then resolves with what was made so far. */
  finish(): void
}

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined
  /** Default a minute. */
  readonly timeoutMs?: number
  /** Default 64 MiB. */
  readonly maxBytes?: number
}

/** The only door to FFmpeg: argv as data in, typed results and errors out. */
export interface FfmpegRunner {
  readonly tools: FfmpegTools
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>
  spawn(argv: readonly string[], options?: RunOptions): RunningFfmpeg
  /** Runs ffprobe and returns what it printed. */
  probe(argv: readonly string[], options?: ProbeOptions): Promise<string>
}

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
  const spawn = (argv: readonly string[], options: RunOptions = {}): RunningFfmpeg => start(deps, argv, options)
  return {
    tools: deps.tools,
    spawn,
    run(argv, options = {}) {
      const running = spawn(argv, options)
      for (const pipe of running.pipes) pipe.resume()
      return running.done
    },
    probe: (argv, options = {}) => probe(deps, argv, options),
  }
}

function start(deps: RunnerDeps, userArgv: readonly string[], options: RunOptions): RunningFfmpeg {
  const { platform = process.platform, tools, guard, onEvent } = deps
  const { signal, stallMs = 60_000, graceMs = 2000, pipes: pipeCount = 0 } = options
  // Aborted before it began: nothing is started.
  signal?.throwIfAborted()
  const argv = [...ffmpegArgs, ...userArgv]
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
  const pipes = child.stdio.slice(3).map((stream) => (stream as Readable).pipe(new PassThrough()))
  let progress: FfmpegProgress | null = null
  let stalled = false
  let killTimer: NodeJS.Timeout | undefined

  const kill = (): void => void (pid !== undefined && killTree(pid, platform))
  const finish = (): void => {
    // Windows has no signals to ask politely with; `q` on stdin works everywhere.
    child.stdin?.write('q\n')
    child.stdin?.end()
  }
  const stop = (): void => {
    finish()
    // Its pipes may be full with nobody reading them any more, and then it never gets to see the `q`.
    for (const pipe of pipes) pipe.resume()
    killTimer ??= setTimeout(kill, graceMs)
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

async function probe(deps: RunnerDeps, userArgv: readonly string[], options: ProbeOptions): Promise<string> {
  const { platform = process.platform, tools, guard, onEvent } = deps
  const { signal, timeoutMs = 60_000, maxBytes = 64 * 1024 * 1024 } = options
  signal?.throwIfAborted()
  const argv = [...ffprobeArgs, ...userArgv]
  const startedAt = performance.now()
  const child = execa(tools.ffprobe, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    buffer: { stdout: true, stderr: false },
    reject: false,
    windowsHide: true,
    maxBuffer: maxBytes,
    stripFinalNewline: false,
  })
  const { pid } = child
  const untrack = pid === undefined ? () => {} : guard.track(pid, 'ffprobe')
  onEvent?.({ kind: 'started', program: 'ffprobe', pid, argv })
  const stderr = createLineTail()
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text))
  let timedOut = false
  // ffprobe writes no files, so there is nothing to end politely.
  const kill = (): void => void (pid !== undefined && killTree(pid, platform))
  const timer = setTimeout(() => {
    timedOut = true
    kill()
  }, timeoutMs)
  signal?.addEventListener('abort', kill, { once: true })
  try {
    const result = await child
    const exitCode = result.exitCode ?? null
    onEvent?.({ kind: 'ended', program: 'ffprobe', pid, exitCode, wallMs: performance.now() - startedAt })
    signal?.throwIfAborted()
    const failure: FfmpegFailure = { program: 'ffprobe', argv, exitCode, stderr: stderr.lines() }
    if (timedOut) {
      throw new FfmpegError('ffmpeg/stalled', 'Reading the file took too long and was given up.', failure)
    }
    throwIfNotStarted(result, tools.ffprobe, failure)
    if (result.isMaxBuffer)
      throw new FfmpegError('ffmpeg/failed', 'The file describes itself at absurd length.', failure)
    if (exitCode !== 0) throw failureOf(failure)
    return result.stdout
  } finally {
    untrack()
    clearTimeout(timer)
    signal?.removeEventListener('abort', kill)
  }
}

function sameProgress(a: FfmpegProgress | null, b: FfmpegProgress): boolean {
  return a !== null && a.outTime === b.outTime && a.frame === b.frame && a.totalSize === b.totalSize
}

function throwIfNotStarted(
  result: { cause?: unknown; exitCode?: number | undefined },
  program: string,
  failure: FfmpegFailure,
): void {
  const code = (result.cause as NodeJS.ErrnoException | undefined)?.code
  if (result.exitCode !== undefined || code === undefined) return
  if (code === 'ENOENT' || code === 'EACCES') {
    throw new ClutchcutError(
      'ffmpeg/missing',
      `FFmpeg could not be started (${program}). Check the settings or install it again.`,
      {
        data: { program, reason: code },
        cause: result.cause,
      },
    )
  }
  throw new FfmpegError('ffmpeg/failed', `FFmpeg could not be started: ${code}`, failure, result.cause)
}
