import type { Readable } from 'node:stream'
import type { FfmpegProgress } from './progress.ts'
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
  /** What it reads as `pipe:0`. It then cannot be asked to finish early, and is killed at once when aborted. */
  readonly input?: Uint8Array
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
  /** Runs ffmpeg for what it prints about itself (`-encoders`). */
  text(argv: readonly string[], options?: ProbeOptions): Promise<string>
}
