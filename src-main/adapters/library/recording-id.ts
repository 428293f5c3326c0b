import { eq } from 'drizzle-orm'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import type { Connection } from './connect.ts'
import { recordings } from './schema.ts'

/** The row of a recording that must be there. */
export function recordingIdOf({ orm }: Connection, fingerprint: Fingerprint): number {
  const row = orm.select({ id: recordings.id }).from(recordings).where(eq(recordings.fingerprint, fingerprint)).get()
  if (row) return row.id
  throw new ClutchcutError('library/not-found', 'The library no longer has this recording: add its file again.', {
    data: { fingerprint },
  })
}
