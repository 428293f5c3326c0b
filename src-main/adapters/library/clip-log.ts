import { and, asc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { clipEditSchema } from '../../../src-shared/contract/clip-edit.ts'
import { clipEditsSchema, type ClipEdits } from '../../../src-shared/contract/edits.ts'
import { ticksSchema } from '../../../src-shared/contract/time.ts'
import type { Span } from '../../../src-shared/domain/clip-timeline.ts'
import { uneditedClip } from '../../../src-shared/domain/edits/edited-clip.ts'
import type { LogEntry } from '../../../src-shared/domain/edits/fold-edits.ts'
import type { Connection } from './connect.ts'
import { clipEdits } from './schema.ts'

/** The entries of a clip since its log began, or began anew. */
export interface ClipLog {
  readonly revision: number
  /** What the clip was before its first edit, and what it is before `entries`. */
  readonly original: Span
  readonly start: ClipEdits
  readonly entries: readonly LogEntry[]
  readonly bytes: number
}

const beginSchema = z.object({ original: z.object({ start: ticksSchema, end: ticksSchema }), edits: clipEditsSchema })

/** Undefined where the clip was never edited. A damaged entry counts as not there; `clip` is its span as it is. */
export function readLog({ orm }: Connection, clipId: number, clip: Span): ClipLog | undefined {
  const rows = orm.select().from(clipEdits).where(eq(clipEdits.clipId, clipId)).orderBy(asc(clipEdits.revision)).all()
  const first = rows.findLastIndex(({ kind }) => kind === 'begin')
  const last = rows.at(-1)
  if (last === undefined) return undefined
  const begin = beginSchema.safeParse(parsed(rows[first]?.value ?? null)).data
  const original = begin?.original ?? { start: clip.start, end: clip.end }
  const later = rows.slice(first + 1)
  return {
    revision: last.revision,
    original,
    start: begin?.edits ?? uneditedClip(original),
    entries: later.flatMap(({ kind, value }): LogEntry[] => {
      if (kind === 'undo' || kind === 'redo') return [{ kind }]
      const edit = clipEditSchema.safeParse(parsed(value)).data
      return edit === undefined ? [] : [{ kind: 'edit', edit }]
    }),
    bytes: later.reduce((bytes, { value }) => bytes + (value?.length ?? 0), 0),
  }
}

/** Begins a log, or begins it anew: what lies before goes. */
export function beginLog(
  { orm }: Connection,
  clipId: number,
  log: { revision: number; original: Span; edits?: ClipEdits },
  now: number,
): void {
  const { revision, original, edits = uneditedClip(original) } = log
  const value = JSON.stringify({ original, edits } satisfies z.input<typeof beginSchema>)
  orm.insert(clipEdits).values({ clipId, revision, kind: 'begin', value, happenedAt: now }).run()
  orm
    .delete(clipEdits)
    .where(and(eq(clipEdits.clipId, clipId), lt(clipEdits.revision, revision)))
    .run()
}

export function addEntry({ orm }: Connection, clipId: number, revision: number, entry: LogEntry, now: number): void {
  const value = entry.kind === 'edit' ? JSON.stringify(entry.edit) : null
  orm.insert(clipEdits).values({ clipId, revision, kind: entry.kind, value, happenedAt: now }).run()
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
