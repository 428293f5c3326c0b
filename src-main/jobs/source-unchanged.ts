import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'

export type StatSource = (path: string) => Promise<{ size: number; mtimeMs: number }>

/**
 * Throws `input/changed` when the file under a recording's path is no longer the one that was fingerprinted, and
 * `input/not-found` when it is gone. Size and time of change are looked at before and after every stage.
 */
export async function assertSourceUnchanged(recording: Recording, stat: StatSource): Promise<void> {
  const now = await stat(recording.path).catch((cause: unknown) => {
    throw new ClutchcutError('input/not-found', `The recording has gone while it was worked on: ${recording.path}`, {
      data: { path: recording.path },
      cause,
    })
  })
  if (now.size === recording.size && now.mtimeMs === recording.mtimeMs) return
  throw new ClutchcutError(
    'input/changed',
    `The recording changed while it was worked on: ${recording.path}. Try again when it is finished.`,
    { data: { path: recording.path, size: { before: recording.size, now: now.size } } },
  )
}
