import { and, asc, count, desc, eq } from 'drizzle-orm'
import type { Render } from '../../../src-shared/contract/clip.ts'
import type { Montage } from '../../../src-shared/contract/montage.ts'
import { renderOf } from './clips.ts'
import type { Connection } from './connect.ts'
import { clips, recordings, renders } from './schema.ts'

/** A render, and what its file was when we wrote it. */
export interface RecordedRender extends Render {
  readonly planHash: string
  readonly size: number
  readonly mtimeMs: number
}

/** A render, with the clip and the recording that it is of, or the montage. */
export interface ListedRender extends RecordedRender {
  readonly id: number
  readonly clipId: number | null
  readonly recordingId: number | null
  readonly montage: Montage | null
  readonly title: string
  readonly recordingTitle: string | null
  /** Milliseconds since 1970. */
  readonly madeAt: number
}

export interface RenderQuery {
  recordingId?: number | undefined
  clipId?: number | undefined
  limit?: number | undefined
  offset?: number | undefined
}

export type Renders = ReturnType<typeof createRenders>

/** FAT keeps times to two seconds; a copied library comes from such a disk now and then. */
export const mtimeToleranceMs = 2000

export function createRenders({ orm }: Connection) {
  const recorded = (row: typeof renders.$inferSelect): RecordedRender => {
    const { planHash, size, mtimeMs } = row
    return { ...renderOf(row), planHash, size, mtimeMs }
  }
  const listed = () =>
    orm
      .select({ render: renders, recordingId: clips.recordingId, title: clips.title, recordingTitle: recordings.title })
      .from(renders)
      .leftJoin(clips, eq(clips.id, renders.clipId))
      .leftJoin(recordings, eq(recordings.id, clips.recordingId))
  const listedOf = (row: NonNullable<ReturnType<ReturnType<typeof listed>['get']>>): ListedRender => {
    const { render, title, ...rest } = row
    const { id, clipId, madeAt, montage } = render
    return { ...recorded(render), ...rest, title: title ?? montage?.title ?? '', id, clipId, madeAt, montage }
  }
  const put = (of: { clipId: number } | { montage: Montage }, render: RecordedRender, now: number): void => {
    const { path, kind, start, end, cut, verified, note = null, planHash, size, mtimeMs } = render
    const file = { path, kind, cut, verified, note, planHash, size, mtimeMs }
    const values = { clipId: null, montage: null, ...of, ...file, startTicks: start, endTicks: end, madeAt: now }
    orm.insert(renders).values(values).onConflictDoUpdate({ target: renders.path, set: values }).run()
  }
  return {
    /** One page of all there are, newest first, and how many there are. */
    page({ recordingId, clipId, limit = 100, offset = 0 }: RenderQuery): { items: ListedRender[]; total: number } {
      const where = and(
        recordingId === undefined ? undefined : eq(clips.recordingId, recordingId),
        clipId === undefined ? undefined : eq(renders.clipId, clipId),
      )
      const rows = listed().where(where).orderBy(desc(renders.id)).limit(limit).offset(offset).all()
      const counted = orm.select({ n: count() }).from(renders).leftJoin(clips, eq(clips.id, renders.clipId))
      return { items: rows.map(listedOf), total: counted.where(where).get()?.n ?? 0 }
    },

    get(id: number): ListedRender | undefined {
      const row = listed().where(eq(renders.id, id)).get()
      return row && listedOf(row)
    },

    /** A path has one render: a new one there takes the old one's place. */
    save: (clipId: number, render: RecordedRender, now: number = Date.now()): void => put({ clipId }, render, now),
    /** The same of a montage. */
    saveMontage: (montage: Montage, render: RecordedRender, now: number = Date.now()): void =>
      put({ montage }, render, now),

    list: (clipId: number): RecordedRender[] =>
      orm.select().from(renders).where(eq(renders.clipId, clipId)).orderBy(asc(renders.id)).all().map(recorded),

    byPath(path: string): RecordedRender | undefined {
      const row = orm.select().from(renders).where(eq(renders.path, path)).get()
      return row && recorded(row)
    },

    /** Whether the file that lies at `path` now is one we wrote and nobody touched since. */
    isOurs(path: string, now: { size: number; mtimeMs: number }): boolean {
      const row = orm.select().from(renders).where(eq(renders.path, path)).get()
      return row !== undefined && row.size === now.size && Math.abs(row.mtimeMs - now.mtimeMs) <= mtimeToleranceMs
    },

    forget(path: string): void {
      orm.delete(renders).where(eq(renders.path, path)).run()
    },

    all: (): RecordedRender[] => orm.select().from(renders).orderBy(asc(renders.path)).all().map(recorded),
  }
}
