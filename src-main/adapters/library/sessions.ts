import { count, desc, eq, isNull, sql } from 'drizzle-orm'
import { groupIntoSessions, type SessionMember } from '../../../src-shared/domain/session.ts'
import { write, type Connection } from './connect.ts'
import { filesBeside } from './files-beside.ts'
import { recordings, sessions } from './schema.ts'

/** One stream, for lists. */
export interface SessionSummary {
  id: number
  title: string
  startedAt: string | null
  addedAt: string
  recordings: number
  clips: number
  durationSeconds: number
}

export type Sessions = ReturnType<typeof createSessions>

export function createSessions(connection: Connection) {
  const { orm } = connection
  const ofSession = sql`FROM recordings WHERE recordings.session_id = sessions.id`
  const columns = {
    id: sessions.id,
    title: sessions.title,
    startedAt: sessions.startedAt,
    addedAt: sessions.addedAt,
    recordings: sql<number>`(SELECT count(*) ${ofSession})`,
    clips: sql<number>`(SELECT count(*) FROM recordings JOIN clips ON clips.recording_id = recordings.id
      WHERE recordings.session_id = sessions.id AND clips.state = 'kept')`,
    durationSeconds: sql<number>`(SELECT total(duration_seconds) ${ofSession})`,
  }
  const select = () => orm.select(columns).from(sessions)
  type Row = NonNullable<ReturnType<ReturnType<typeof select>['get']>>
  const summary = (row: Row): SessionSummary => ({
    ...row,
    startedAt: row.startedAt === null ? null : new Date(row.startedAt).toISOString(),
    addedAt: new Date(row.addedAt).toISOString(),
  })

  return {
    /** Newest first. */
    list({ limit = 100, offset = 0 }: { limit?: number; offset?: number } = {}): {
      items: SessionSummary[]
      total: number
    } {
      const rows = select().orderBy(desc(sessions.happenedAt), desc(sessions.id)).limit(limit).offset(offset).all()
      return { items: rows.map(summary), total: orm.select({ n: count() }).from(sessions).get()?.n ?? 0 }
    },

    get(id: number): SessionSummary | undefined {
      const row = select().where(eq(sessions.id, id)).get()
      return row && summary(row)
    },

    /** What goes on where a recording ends, and what ends where it begins. */
    beside: (recordingId: number) => filesBeside(connection, recordingId),

    rename(id: number, title: string): void {
      orm.update(sessions).set({ title }).where(eq(sessions.id, id)).run()
    },

    /**
     * Groups all recordings into sessions anew. A session keeps its id, and with it its title, as long as most of it
     * stays together. Returns the number of recordings that changed their session.
     */
    regroup(now: number): number {
      return write(connection, () => {
        const members = orm
          .select({
            id: recordings.id,
            path: recordings.path,
            recordedAt: recordings.recordedAt,
            durationSeconds: recordings.durationSeconds,
            sessionId: recordings.sessionId,
          })
          .from(recordings)
          .all()
        const before = new Map(members.map(({ id, sessionId }) => [id, sessionId]))
        const starts = new Map(
          orm
            .select()
            .from(sessions)
            .all()
            .map((row) => [row.id, row.startedAt]),
        )
        const taken = new Set<number>()
        let changed = 0
        for (const group of largestFirst(groupIntoSessions(members))) {
          const ids = group.map(({ id }) => id)
          const startedAt = firstStart(group)
          const candidates = ids.flatMap((id) => before.get(id) ?? []).filter((id) => !taken.has(id))
          const known = mostCommon(candidates)
          const session = known ?? orm.insert(sessions).values({ addedAt: now, startedAt }).returning().get().id
          taken.add(session)
          if (known !== undefined && starts.get(known) !== startedAt) {
            orm.update(sessions).set({ startedAt }).where(eq(sessions.id, known)).run()
          }
          const moved = ids.filter((id) => before.get(id) !== session)
          for (const id of moved) orm.update(recordings).set({ sessionId: session }).where(eq(recordings.id, id)).run()
          changed += moved.length
        }
        const empty = orm
          .select({ id: sessions.id })
          .from(sessions)
          .leftJoin(recordings, eq(recordings.sessionId, sessions.id))
          .where(isNull(recordings.id))
          .all()
        for (const { id } of empty) orm.delete(sessions).where(eq(sessions.id, id)).run()
        return changed
      })
    },
  }
}

const firstStart = (group: readonly SessionMember[]): number | null => {
  const starts = group.map(({ recordedAt }) => recordedAt).filter((start) => start !== null)
  return starts.length > 0 ? Math.min(...starts) : null
}

const largestFirst = <T>(groups: readonly (readonly T[])[]) => groups.toSorted((a, b) => b.length - a.length)

function mostCommon(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([a, n], [b, m]) => m - n || a - b)[0]?.[0]
}
