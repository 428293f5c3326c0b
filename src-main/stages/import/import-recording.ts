import { resolve } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Fingerprint, Recording } from '../../../src-shared/contract/recording.ts'

export interface ImportDeps {
  /** Refuses what is no recording: folders, devices, playlists, empty files; see `adapters/ffmpeg`. */
  check: (path: string) => Promise<unknown>
  stat: (path: string) => Promise<{ size: number; mtimeMs: number }>
  /** SHA-256 over the size and 16 MiB of the file; see `src-shared/domain/identity.ts`. */
  fingerprint: (path: string, options: { signal: AbortSignal }) => Promise<Fingerprint>
}

/** A path becomes a recording: known by its content, with what tells later whether it changed. */
export async function importRecording(
  { check, stat, fingerprint }: ImportDeps,
  path: string,
  { signal }: { signal: AbortSignal },
): Promise<Recording> {
  const absolute = resolve(path)
  await check(absolute)
  signal.throwIfAborted()
  const before = await stat(absolute).catch((cause: unknown) => gone(absolute, cause))
  const identity = await fingerprint(absolute, { signal })
  const after = await stat(absolute).catch((cause: unknown) => gone(absolute, cause))
  if (before.size !== after.size || before.mtimeMs !== after.mtimeMs) {
    throw new ClutchcutError('input/changed', `${absolute} is still being written. Try again when it is finished.`, {
      data: { path: absolute, size: { before: before.size, now: after.size } },
    })
  }
  return { fingerprint: identity, path: absolute, size: before.size, mtimeMs: before.mtimeMs }
}

function gone(path: string, cause: unknown): never {
  throw new ClutchcutError('input/not-found', `There is no file ${path} any more.`, { data: { path }, cause })
}
