/**
 * Every failure that a person can meet has one code here. The CLI maps `exit`, HTTP and RPC map `status`;
 * nothing else decides what a failure means.
 *
 * `exit`: 1 failed, 2 usage, 3 the input cannot be used (nothing was changed), 4 needs input, 130 interrupted.
 */
export const errorCodes = {
  // The input cannot be used.
  'input/not-found': { exit: 3, status: 404 },
  'input/not-readable': { exit: 3, status: 403 },
  'input/not-a-file': { exit: 3, status: 400 },
  'input/empty': { exit: 3, status: 422 },
  'input/not-media': { exit: 3, status: 422 },
  'input/refused': { exit: 3, status: 422 },
  'input/truncated': { exit: 3, status: 422 },
  'input/unsupported': { exit: 3, status: 422 },
  'input/no-streams': { exit: 3, status: 422 },
  'input/changed': { exit: 3, status: 409 },
  // The output cannot be written.
  'output/not-writable': { exit: 1, status: 403 },
  'output/disk-full': { exit: 1, status: 507 },
  // Tools.
  'ffmpeg/missing': { exit: 1, status: 503 },
  'ffmpeg/failed': { exit: 1, status: 500 },
  'ffmpeg/stalled': { exit: 1, status: 500 },
  'inference/failed': { exit: 1, status: 500 },
  'model/invalid': { exit: 1, status: 422 },
  'model/missing': { exit: 1, status: 404 },
  // Library.
  'library/newer': { exit: 1, status: 409 },
  'library/corrupt': { exit: 1, status: 500 },
  'library/busy': { exit: 1, status: 503 },
  'library/not-found': { exit: 1, status: 404 },
  'library/backup-invalid': { exit: 3, status: 422 },
  // Edits of clips.
  'edit/conflict': { exit: 1, status: 409 },
  // What an analysis keeps: only ever a reason to analyse again.
  'features/unusable': { exit: 1, status: 500 },
  // Jobs.
  'job/not-found': { exit: 1, status: 404 },
  'job/wrong-state': { exit: 1, status: 409 },
  'job/lease-lost': { exit: 1, status: 409 },
  'job/needs-input': { exit: 4, status: 422 },
  'job/cancelled': { exit: 130, status: 499 },
  // Between the interface and the engine.
  'connection/lost': { exit: 1, status: 503 },
  'connection/signed-out': { exit: 1, status: 401 },
  // Everything else.
  usage: { exit: 2, status: 400 },
  internal: { exit: 1, status: 500 },
} as const satisfies Record<string, { exit: number; status: number }>

export type ErrorCode = keyof typeof errorCodes

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value)
}

/** Facts about a failure, safe to show and to log: no tokens, no secrets. Must be JSON. */
export type ErrorData = Record<string, unknown>

/**
 * The only error that crosses a boundary. `message` says what happened and what to do about it, in one or two
 * plain sentences.
 */
export class ClutchcutError extends Error {
  override readonly name: string = 'ClutchcutError'
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, message: string, options: { data?: ErrorData; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.data = options.data ?? {}
  }
}

/** Gives any thrown value the one shape; a `ClutchcutError` stays itself, an abort becomes `job/cancelled`. */
export function toClutchcutError(thrown: unknown): ClutchcutError {
  if (thrown instanceof ClutchcutError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new ClutchcutError('job/cancelled', 'Cancelled.', { cause: thrown })
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new ClutchcutError('internal', `Something unexpected went wrong: ${message}`, { cause: thrown })
}

export function exitCodeOf(error: ClutchcutError): number {
  return errorCodes[error.code].exit
}
