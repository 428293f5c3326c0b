import { execa } from 'execa'
import { killTree } from '../processes/kill-tree.ts'
import { failureOf, FfmpegError, throwIfNotStarted, type FfmpegFailure } from './ffmpeg-error.ts'
import { createLineTail } from './line-tail.ts'
import type { ProbeOptions, RunnerDeps } from './runner-types.ts'

/** Runs a program that writes no files, with exactly these arguments, and returns what it prints. */
export async function captureOutput(
  deps: RunnerDeps,
  program: 'ffmpeg' | 'ffprobe',
  argv: readonly string[],
  options: ProbeOptions,
): Promise<string> {
  const { platform = process.platform, tools, guard, onEvent } = deps
  const { signal, timeoutMs = 60_000, maxBytes = 64 * 1024 * 1024 } = options
  signal?.throwIfAborted()
  const startedAt = performance.now()
  const child = execa(tools[program], argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    buffer: { stdout: true, stderr: false },
    reject: false,
    windowsHide: true,
    maxBuffer: maxBytes,
    stripFinalNewline: false,
  })
  const { pid } = child
  const untrack = pid === undefined ? () => {} : guard.track(pid, program)
  onEvent?.({ kind: 'started', program, pid, argv })
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
    onEvent?.({ kind: 'ended', program, pid, exitCode, wallMs: performance.now() - startedAt })
    signal?.throwIfAborted()
    const failure: FfmpegFailure = { program, argv, exitCode, stderr: stderr.lines() }
    if (timedOut) {
      throw new FfmpegError('ffmpeg/stalled', 'Reading the file took too long and was given up.', failure)
    }
    throwIfNotStarted(result, tools[program], failure)
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
