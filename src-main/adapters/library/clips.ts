import { and, asc, count, desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { ClipState, Render, StoredClip } from '../../../src-shared/contract/clip.ts'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import type { NewClip } from '../../../src-shared/domain/clip.ts'
import { appendEntry } from './clip-edits.ts'
import { write, type Connection } from './connect.ts'
import { recordDecision } from './record-decision.ts'
import { recordingIdOf } from './recording-id.ts'
import { cleanTags } from './recordings.ts'
import { clips, clipTags, recordings, renders } from './schema.ts'

export interface ClipQuery {
  recordingId?: number | undefined
  state?: ClipState | undefined
  favourite?: boolean | undefined
  tag?: string | undefined
  order?: 'best' | 'newest' | 'time' | undefined
  limit?: number | undefined
  offset?: number | undefined
}

export interface ClipChange {
  state?: ClipState | undefined
  title?: string | undefined
  favourite?: boolean | undefined
  tags?: readonly string[] | undefined
  start?: number | undefined
  end?: number | undefined
}

export type Clips = ReturnType<typeof createClips>

export function createClips(connection: Connection) {
  const { orm } = connection
  const select = () =>
    orm
      .select({
        id: clips.id,
        recordingId: clips.recordingId,
        recording: recordings.fingerprint,
        start: clips.startTicks,
        end: clips.endTicks,
        peak: clips.peakTicks,
        score: clips.score,
        reasons: clips.reasons,
        title: clips.title,
        state: clips.state,
        favourite: clips.favourite,
        tags: sql<string>`(SELECT json_group_array(tag) FROM clip_tags WHERE clip_id = clips.id)`,
      })
      .from(clips)
      .innerJoin(recordings, eq(recordings.id, clips.recordingId))
  type Row = NonNullable<ReturnType<ReturnType<typeof select>['get']>>

  /** Adds the renders of all rows with one query. */
  const complete = (rows: readonly Row[]): StoredClip[] => {
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return []
    const ofThese = inArray(renders.clipId, ids)
    const files = orm.select().from(renders).where(ofThese).orderBy(asc(renders.clipId), asc(renders.id)).all()
    const byClip = Map.groupBy(files, ({ clipId }) => clipId)
    return rows.map((row) => ({
      ...row,
      tags: JSON.parse(row.tags) as string[],
      renders: (byClip.get(row.id) ?? []).map(renderOf),
    }))
  }
  const get = (id: number): StoredClip | undefined => complete(select().where(eq(clips.id, id)).all())[0]

  const inOrder = (ids: readonly number[]): StoredClip[] => {
    if (ids.length === 0) return []
    const rows = complete(
      select()
        .where(inArray(clips.id, [...ids]))
        .all(),
    )
    const byId = new Map(rows.map((clip) => [clip.id, clip]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  /** Rows of one page, in order. The page is cut from an index before any row is read. */
  const page = (where: SQL | undefined, query: ClipQuery): number[] =>
    orm
      .select({ id: clips.id })
      .from(clips)
      .where(where)
      .orderBy(...orders[query.order ?? 'best'])
      .limit(query.limit ?? 100)
      .offset(query.offset ?? 0)
      .all()
      .map(({ id }) => id)

  const value = sql.placeholder
  const upsertFound = orm
    .insert(clips)
    .values({
      recordingId: value('recordingId'),
      startTicks: value('start'),
      endTicks: value('end'),
      peakTicks: value('peak'),
      originStart: value('originStart'),
      originEnd: value('originEnd'),
      score: value('score'),
      reasons: value('reasons'),
      title: value('title'),
      state: value('state'),
      favourite: value('favourite'),
      createdAt: value('now'),
      updatedAt: value('now'),
    })
    .onConflictDoUpdate({
      target: [clips.recordingId, clips.originStart, clips.originEnd],
      set: {
        score: sql`excluded.score`,
        peakTicks: sql`excluded.peak_ticks`,
        reasons: sql`excluded.reasons`,
        updatedAt: sql`excluded.updated_at`,
        state: sql`CASE WHEN decided THEN state ELSE excluded.state END`,
        // Learned padding may have changed since.
        startTicks: sql`CASE WHEN decided THEN start_ticks ELSE excluded.start_ticks END`,
        endTicks: sql`CASE WHEN decided THEN end_ticks ELSE excluded.end_ticks END`,
      },
    })
    .returning({ id: clips.id })
    .prepare()

  return {
    get,

    /** One page of the list, and how many there are in all. */
    list(query: ClipQuery = {}): { items: StoredClip[]; total: number } {
      const where = and(
        query.recordingId === undefined ? undefined : eq(clips.recordingId, query.recordingId),
        query.state === undefined ? undefined : eq(clips.state, query.state),
        query.favourite === undefined ? undefined : eq(clips.favourite, query.favourite),
        query.tag === undefined
          ? undefined
          : sql`${clips.id} IN (SELECT clip_id FROM clip_tags WHERE tag = ${query.tag})`,
      )
      const ids = page(where, query)
      const total = orm.select({ n: count() }).from(clips).where(where).get()?.n ?? 0
      return { items: inOrder(ids), total }
    },

    /**
     * Takes over what a run found in a recording. A clip that was found before keeps its id and everything a person
     * decided about it; undecided ones that were not found again, and of which no file was made, go. Returns the
     * recording's clips in the order of `found`.
     */
    saveFound(recording: Fingerprint, found: readonly NewClip[], now: number): StoredClip[] {
      return write(connection, () => {
        const recordingId = recordingIdOf(connection, recording)
        const ids: number[] = []
        for (const clip of found) {
          const { start, end, peak, score, reasons, title, state, favourite } = clip
          const { id } = upsertFound.get({
            recordingId,
            start,
            end,
            peak,
            originStart: (clip.origin ?? clip).start,
            originEnd: (clip.origin ?? clip).end,
            score,
            reasons,
            title,
            state,
            favourite,
            now,
          })
          ids.push(id)
          for (const tag of cleanTags(clip.tags))
            orm.insert(clipTags).values({ clipId: id, tag }).onConflictDoNothing().run()
        }
        orm.run(sql`DELETE FROM clips WHERE recording_id = ${recordingId} AND NOT decided AND favourite = 0
          AND id NOT IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
          AND NOT EXISTS (SELECT 1 FROM renders WHERE clip_id = clips.id)`)
        return inOrder(ids)
      })
    },

    /** Adds one that is not there yet, as a person's (so no later run removes it). */
    add(clip: NewClip, now: number): StoredClip {
      return write(connection, () => {
        const { start, end, peak, score, reasons, title, state, favourite } = clip
        const recordingId = recordingIdOf(connection, clip.recording)
        const span = { startTicks: start, endTicks: end, peakTicks: peak, originStart: start, originEnd: end }
        const values = { recordingId, ...span, score, reasons, title, state, favourite, decided: true }
        const row = orm
          .insert(clips)
          .values({ ...values, createdAt: now, updatedAt: now })
          .returning()
          .get()
        for (const tag of cleanTags(clip.tags)) orm.insert(clipTags).values({ clipId: row.id, tag }).run()
        return get(row.id) ?? { ...clip, id: row.id, recordingId, renders: [] }
      })
    },

    /** The clip of this span, be it as it was found or as it is now. */
    idOfSpan(recording: Fingerprint, { start, end }: { start: number; end: number }): number | undefined {
      const found = and(eq(clips.originStart, start), eq(clips.originEnd, end))
      const now = and(eq(clips.startTicks, start), eq(clips.endTicks, end))
      return orm
        .select({ id: clips.id })
        .from(clips)
        .innerJoin(recordings, eq(recordings.id, clips.recordingId))
        .where(and(eq(recordings.fingerprint, recording), or(found, now)))
        .orderBy(asc(clips.id))
        .get()?.id
    },

    /**
     * A person's change, which is something to learn from. Undefined when there is no such clip. Throws `usage` for a
     * span that is none, or that leaves the recording.
     */
    update(id: number, change: ClipChange, now: number = Date.now()): StoredClip | undefined {
      return write(connection, () => {
        const { state, title, favourite, tags } = change
        trim(connection, id, change, now)
        recordDecision(connection, id, { state }, now)
        orm
          .update(clips)
          .set({
            decided: true,
            updatedAt: now,
            ...(state !== undefined && { state }),
            ...(title !== undefined && { title }),
            ...(favourite !== undefined && { favourite }),
          })
          .where(eq(clips.id, id))
          .run()
        if (tags !== undefined && get(id)) {
          orm.delete(clipTags).where(eq(clipTags.clipId, id)).run()
          for (const tag of cleanTags(tags)) orm.insert(clipTags).values({ clipId: id, tag }).run()
        }
        return get(id)
      })
    },

    /** The same change for all, or none where one is not there. */
    updateMany(ids: readonly number[], change: ClipChange, now: number = Date.now()): StoredClip[] | undefined {
      return write(connection, () => {
        const wanted = [...new Set(ids)]
        const there = orm.select({ n: count() }).from(clips).where(inArray(clips.id, wanted)).get()?.n ?? 0
        return there === wanted.length ? wanted.flatMap((id) => this.update(id, change, now) ?? []) : undefined
      })
    },

    /** How many there were. */
    remove(ids: readonly number[]): number {
      const { changes } = orm
        .delete(clips)
        .where(inArray(clips.id, [...ids]))
        .run()
      return changes
    },

    /** Every tag of clips and recordings with the number of both, most used first. */
    tags(): { tag: string; uses: number }[] {
      return orm.all<{ tag: string; uses: number }>(
        sql`SELECT tag, count(*) AS uses FROM (SELECT tag FROM clip_tags UNION ALL SELECT tag FROM recording_tags)
          GROUP BY tag COLLATE NOCASE ORDER BY uses DESC, tag LIMIT 500`,
      )
    },
  }
}

/** Goes into the clip's log, so that it can be taken back like any edit. */
function trim(connection: Connection, id: number, change: ClipChange, now: number): void {
  if (change.start === undefined && change.end === undefined) return
  const span = { start: clips.startTicks, end: clips.endTicks }
  const clip = connection.orm.select(span).from(clips).where(eq(clips.id, id)).get()
  if (clip === undefined) return
  const [start, end] = [change.start ?? clip.start, change.end ?? clip.end]
  appendEntry(connection, id, { kind: 'edit', edit: { kind: 'trim', start, end } }, { now })
}

const orders = {
  best: [desc(clips.score), desc(clips.id)],
  newest: [desc(clips.createdAt), desc(clips.id)],
  time: [asc(clips.recordingId), asc(clips.startTicks), asc(clips.id)],
} satisfies Record<string, SQL[]>

export function renderOf(row: typeof renders.$inferSelect): Render {
  const { path, kind, startTicks, endTicks, cut, verified, note } = row
  return { path, kind, start: startTicks, end: endTicks, cut, verified, ...(note !== null && { note }) }
}
