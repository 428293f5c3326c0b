import { eq } from 'drizzle-orm'
import { whyUnlike, type FileBeside } from '../../../src-shared/domain/beside.ts'
import { goesOn, type SessionMember } from '../../../src-shared/domain/session.ts'
import type { Connection } from './connect.ts'
import { recordings } from './schema.ts'

/** The files that a clip may reach over into: the one before a recording and the one after it. */
export interface FilesBeside {
  readonly before: FileBeside | null
  readonly after: FileBeside | null
}

/** What was recorded just before a recording and just after it, in the same way; null where no such file is known. */
export function filesBeside({ orm }: Connection, recordingId: number): FilesBeside {
  const own = orm.select().from(recordings).where(eq(recordings.id, recordingId)).get()
  if (own?.sessionId == null) return { before: null, after: null }
  const members = orm.select().from(recordings).where(eq(recordings.sessionId, own.sessionId)).all()
  const nearest = (fits: (other: SessionMember) => boolean): FileBeside | null => {
    const found = members.filter(fits).toSorted((a, b) => (a.path < b.path ? -1 : 1))[0]
    if (found?.media?.duration == null || own.media === null) return null
    if (whyUnlike(own.media, found.media) !== null) return null
    return { recording: found.fingerprint, duration: found.media.duration }
  }
  return { before: nearest((other) => goesOn(other, own)), after: nearest((other) => goesOn(own, other)) }
}
