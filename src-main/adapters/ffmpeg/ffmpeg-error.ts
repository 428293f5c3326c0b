import { ClutchcutError, type ErrorCode } from '../../../src-shared/contract/errors.ts'

export interface FfmpegFailure {
  readonly program: 'ffmpeg' | 'ffprobe'
  readonly argv: readonly string[]
  /** null when a signal ended it. */
  readonly exitCode: number | null
  /** The last lines it wrote. */
  readonly stderr: readonly string[]
}

/** FFmpeg failed. `data` carries its argv, exit code and last stderr lines. */
export class FfmpegError extends ClutchcutError {
  override readonly name = 'FfmpegError'
  readonly failure: FfmpegFailure

  constructor(code: ErrorCode, message: string, failure: FfmpegFailure, cause?: unknown) {
    super(code, message, { data: { ...failure }, ...(cause === undefined ? {} : { cause }) })
    this.failure = failure
  }
}

/** What a run that ended badly means, told by what FFmpeg wrote last. */
export function failureOf(failure: FfmpegFailure): FfmpegError {
  const text = failure.stderr.join('\n')
  if (isDiskFull(text)) {
    return new FfmpegError(
      'output/disk-full',
      'The disk is full (no space left on device). Free some space and try again.',
      failure,
    )
  }
  if (isOutputRefused(failure, text)) {
    return new FfmpegError(
      'output/not-writable',
      'The output cannot be written there. Choose a folder that you may write to.',
      failure,
    )
  }
  const last = failure.stderr.findLast(
    (line) => !/^Conversion failed|^Exiting|^Error opening (input|output) files?\b/.test(line),
  )
  const how = failure.exitCode === null ? 'was ended from outside' : `failed with exit code ${failure.exitCode}`
  const why = last === undefined ? '' : `: ${last}`
  return new FfmpegError('ffmpeg/failed', `${failure.program} ${how}${why}`, failure)
}

/** ENOSPC, EDQUOT and EFBIG in the C library's words, which FFmpeg prints untranslated on every system. */
export function isDiskFull(text: string): boolean {
  return /No space left on device|Disk quota exceeded|not enough space on the disk|File too large/i.test(text)
}

/** A refusal that names the output, which by our convention is the last argument. */
function isOutputRefused({ argv, program }: FfmpegFailure, text: string): boolean {
  const output = argv.at(-1)
  if (program !== 'ffmpeg' || output === undefined || !output.startsWith('file:')) return false
  if (/Read-only file system/.test(text)) return true
  return text
    .split('\n')
    .some((line) => line.includes(output) && /Permission denied|Operation not permitted|No such file/.test(line))
}

/** For a program that did not even start: gone, or not allowed to run, since it was found. */
export function throwIfNotStarted(
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
