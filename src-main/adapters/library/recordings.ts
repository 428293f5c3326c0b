import { and, asc, count, desc, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type {
  Fingerprint,
  Recording,
  RecordingState,
  RecordingSummary,
} from '../../../src-shared/contract/recording.ts'
import { parseRecordingName } from '../../../src-shared/domain/recording-name.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { write, type Connection } from './connect.ts'
import { recordings, recordingTags } from './schema.ts'

export interface RecordingQuery {
  state?: RecordingState | undefined
  game?: string | undefined
  sessionId?: number | undefined
  tag?: string | undefined
  hasClips?: boolean | undefined
  /** Every word in its title, its game or its tags. */
  text?: string | undefined
  /** ISO 8601: recorded (or added) at or after, and before. */
  from?: string | undefined
  to?: string | undefined
  ids?: readonly number[] | undefined
  order?: 'newest' | 'oldest' | 'name' | 'longest' | undefined
  limit?: number | undefined
  offset?: number | undefined
}

/** What is told when a recording is first seen; what is absent stays as it was, or gets the table's default. */
export interface RecordingDetails {
  title?: string | undefined
  game?: string | null | undefined
  recordedAt?: string | null | undefined
  media?: MediaInfo | undefined
}

export interface JobAbout {
  readonly recordingId: number
  readonly title: string
}

export type Recordings = ReturnType<typeof createRecordings>

export function createRecordings(connection: Connection) {
  const { orm } = connection
  const clipCount = sql<number>`(SELECT count(*) FROM clips WHERE clips.recording_id = recordings.id AND state = 'kept')`
  const candidateCount = sql<number>`(SELECT count(*) FROM clips WHERE clips.recording_id = recordings.id AND state = 'candidate')`
  const tags = sql<string>`(SELECT json_group_array(tag) FROM recording_tags WHERE recording_id = recordings.id)`
  const columns = {
    id: recordings.id,
    fingerprint: recordings.fingerprint,
    sessionId: recordings.sessionId,
    path: recordings.path,
    size: recordings.size,
    mtimeMs: recordings.mtimeMs,
    title: recordings.title,
    game: recordings.game,
    state: recordings.state,
    recordedAt: recordings.recordedAt,
    addedAt: recordings.addedAt,
    durationSeconds: recordings.durationSeconds,
    media: recordings.media,
    clipCount,
    candidateCount,
    tags,
  }
  const select = () => orm.select(columns).from(recordings)
  type Row = NonNullable<ReturnType<ReturnType<typeof select>['get']>>
  const summary = (row: Row): RecordingSummary => ({
    ...row,
    tags: JSON.parse(row.tags) as string[],
    recordedAt: row.recordedAt === null ? null : new Date(row.recordedAt).toISOString(),
    addedAt: new Date(row.addedAt).toISOString(),
  })
  const first = (where: SQL | undefined): RecordingSummary | undefined => {
    const row = select().where(where).get()
    return row && summary(row)
  }

  return {
    /** One page of the list, and how many there are in all. */
    list(query: RecordingQuery = {}): { items: RecordingSummary[]; total: number } {
      const where = filter(query)
      const items = select()
        .where(where)
        .orderBy(...orders[query.order ?? 'newest'])
        .limit(query.limit ?? 100)
        .offset(query.offset ?? 0)
        .all()
      const total = orm.select({ n: count() }).from(recordings).where(where).get()?.n ?? 0
      return { items: items.map(summary), total }
    },

    get: (id: number): RecordingSummary | undefined => first(eq(recordings.id, id)),
    byFingerprint: (fingerprint: Fingerprint): RecordingSummary | undefined =>
      first(eq(recordings.fingerprint, fingerprint)),
    /** The one last seen there; a file that was replaced may have left an older one, so the newest is told. */
    byPath: (path: string): RecordingSummary | undefined => {
      const row = select().where(eq(recordings.path, path)).orderBy(desc(recordings.id)).get()
      return row && summary(row)
    },

    /** What a job is about, for people: by content, or by where it last lay. */
    about({ fingerprint, path }: { fingerprint: Fingerprint | null; path: string }): JobAbout | null {
      const where = fingerprint === null ? eq(recordings.path, path) : eq(recordings.fingerprint, fingerprint)
      const columns = { recordingId: recordings.id, title: recordings.title }
      return orm.select(columns).from(recordings).where(where).orderBy(desc(recordings.id)).get() ?? null
    },

    idOfPath(path: string): number | undefined {
      const where = eq(recordings.path, path)
      return orm.select({ id: recordings.id }).from(recordings).where(where).orderBy(desc(recordings.id)).get()?.id
    },

    /**
     * Remembers a recording, or where it lies now when it is known by content. A missing one that is seen again is
     * no longer missing.
     */
    save(recording: Recording, now: number, details: RecordingDetails = {}): RecordingSummary {
      return write(connection, () => {
        const known = orm.select().from(recordings).where(eq(recordings.fingerprint, recording.fingerprint)).get()
        const values = {
          path: recording.path,
          size: recording.size,
          mtimeMs: recording.mtimeMs,
          ...columnsOf(details),
          ...(known?.state === 'missing' && { state: stateOfFound(connection, known.id) }),
        }
        if (known) orm.update(recordings).set(values).where(eq(recordings.id, known.id)).run()
        else {
          orm
            .insert(recordings)
            .values({
              title: titleFromPath(recording.path),
              recordedAt: dateFromPath(recording.path),
              ...values,
              fingerprint: recording.fingerprint,
              addedAt: now,
            })
            .run()
        }
        return first(eq(recordings.fingerprint, recording.fingerprint))!
      })
    },

    /** What the probe found. A date in the container is surer than one in the file's name. */
    saveMedia(fingerprint: Fingerprint, media: MediaInfo): void {
      orm
        .update(recordings)
        .set({
          media,
          durationSeconds: media.duration === null ? null : secondsFromTicks(media.duration),
          ...(media.recordedAt !== null && { recordedAt: Date.parse(media.recordedAt) }),
        })
        .where(eq(recordings.fingerprint, fingerprint))
        .run()
    },

    setDuration(fingerprint: Fingerprint, seconds: number): void {
      orm.update(recordings).set({ durationSeconds: seconds }).where(eq(recordings.fingerprint, fingerprint)).run()
    },

    setState(fingerprint: Fingerprint, state: RecordingState): void {
      orm.update(recordings).set({ state }).where(eq(recordings.fingerprint, fingerprint)).run()
    },

    rename(id: number, change: { title?: string; game?: string | null }): RecordingSummary | undefined {
      return write(connection, () => {
        const set = columnsOf(change)
        if (Object.keys(set).length > 0) orm.update(recordings).set(set).where(eq(recordings.id, id)).run()
        return first(eq(recordings.id, id))
      })
    },

    setTags(id: number, wanted: readonly string[]): void {
      write(connection, () => {
        orm.delete(recordingTags).where(eq(recordingTags.recordingId, id)).run()
        for (const tag of cleanTags(wanted)) orm.insert(recordingTags).values({ recordingId: id, tag }).run()
      })
    },

    /** Forgets recordings with all that was found in them. Their files stay. */
    remove(ids: readonly number[]): void {
      orm
        .delete(recordings)
        .where(inArray(recordings.id, [...ids]))
        .run()
    },

    /** The games there are, most recordings first. */
    games(): { game: string; recordings: number }[] {
      return orm
        .select({ game: sql<string>`game`, recordings: count() })
        .from(recordings)
        .where(sql`game IS NOT NULL`)
        .groupBy(recordings.game)
        .orderBy(desc(count()), asc(recordings.game))
        .limit(500)
        .all()
    },
  }
}

const orders = {
  newest: [desc(recordings.happenedAt), desc(recordings.id)],
  oldest: [asc(recordings.happenedAt), asc(recordings.id)],
  name: [sql`title COLLATE NOCASE`, asc(recordings.id)],
  longest: [desc(recordings.durationSeconds), desc(recordings.id)],
} satisfies Record<string, SQL[]>

function filter(query: RecordingQuery): SQL | undefined {
  const clip = sql`SELECT 1 FROM clips WHERE clips.recording_id = recordings.id AND state IN ('kept', 'candidate')`
  return and(
    query.state === undefined ? undefined : eq(recordings.state, query.state),
    query.game === undefined ? undefined : eq(recordings.game, query.game),
    query.sessionId === undefined ? undefined : eq(recordings.sessionId, query.sessionId),
    query.tag === undefined
      ? undefined
      : sql`EXISTS (SELECT 1 FROM recording_tags WHERE recording_id = recordings.id AND tag = ${query.tag})`,
    query.from === undefined ? undefined : gte(recordings.happenedAt, Date.parse(query.from)),
    query.to === undefined ? undefined : lt(recordings.happenedAt, Date.parse(query.to)),
    query.ids === undefined ? undefined : inArray(recordings.id, [...query.ids]),
    ...wordsOf(query.text).map(
      (word) => sql`(title LIKE ${word} ESCAPE '\\' OR game LIKE ${word} ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM recording_tags WHERE recording_id = recordings.id AND tag LIKE ${word} ESCAPE '\\'))`,
    ),
    query.hasClips === undefined ? undefined : query.hasClips ? sql`EXISTS (${clip})` : sql`NOT EXISTS (${clip})`,
  )
}

/** As patterns of LIKE. */
function wordsOf(text = ''): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
}

function columnsOf(details: RecordingDetails) {
  const { title, game, recordedAt, media } = details
  return {
    ...(title !== undefined && { title }),
    ...(game !== undefined && { game }),
    ...(recordedAt !== undefined && { recordedAt: recordedAt === null ? null : Date.parse(recordedAt) }),
    ...(media !== undefined && {
      media,
      durationSeconds: media.duration === null ? null : secondsFromTicks(media.duration),
    }),
  }
}

/** The state of a missing recording whose file is there again. */
export function stateOfFound({ orm }: Connection, id: number): RecordingState {
  const row = orm.get<{ n: number }>(sql`SELECT EXISTS (SELECT 1 FROM segments WHERE recording_id = ${id}) AS n`)
  return row.n === 1 ? 'analysed' : 'new'
}

/** The file's name without its ending; both kinds of separators, since libraries travel. */
export function titleFromPath(path: string): string {
  const name = path.split(/[\\/]/).findLast((part) => part !== '') ?? path
  return name.replace(/(?<=.)\.[^.]{1,5}$/, '')
}

/** When the file's name says that it was recorded, taken as a time of this computer's zone. */
function dateFromPath(path: string): number | null {
  const { wallClock } = parseRecordingName(path)
  if (wallClock === null) return null
  const t = new Date(wallClock)
  const [year, month, day] = [t.getUTCFullYear(), t.getUTCMonth(), t.getUTCDate()]
  return new Date(year, month, day, t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds()).getTime()
}

/** Tags as they are kept: trimmed, single spaces, each once whatever its case, at most 30 of 60 characters. */
export function cleanTags(tags: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const tag of tags) {
    const clean = [...tag.normalize('NFC').trim().replaceAll(/\s+/gu, ' ')].slice(0, 60).join('')
    // As SQLite's NOCASE: ASCII only.
    const key = clean.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    if (clean !== '' && !seen.has(key)) seen.set(key, clean)
  }
  return [...seen.values()].slice(0, 30)
}
