import { eq } from 'drizzle-orm'
import type { ClipEdit, EditState } from '../../../src-shared/contract/clip-edit.ts'
import type { ClipEdits } from '../../../src-shared/contract/edits.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { reachOver, touchesEnd } from '../../../src-shared/domain/beside.ts'
import { isOwn, type Span } from '../../../src-shared/domain/clip-timeline.ts'
import { applyEdit, type EditContext } from '../../../src-shared/domain/edits/apply-edit.ts'
import { mergeParts, sameEdits, spanOfParts, uneditedClip } from '../../../src-shared/domain/edits/edited-clip.ts'
import { foldEdits, type FoldedEdits, type LogEntry } from '../../../src-shared/domain/edits/fold-edits.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { addEntry, beginLog, readLog, type ClipLog } from './clip-log.ts'
import { write, type Connection } from './connect.ts'
import { filesBeside } from './files-beside.ts'
import { recordDecision } from './record-decision.ts'
import { clips, recordings } from './schema.ts'

/** Then a log begins anew with what it came to, and what was before that cannot be undone any more. */
const mostEntries = 2000
const mostBytes = 4 * 1024 * 1024

export interface EditOptions {
  /** The revision that the edit is meant for; without it, whatever is there. */
  expected?: number | undefined
  now?: number | undefined
}

export type ClipEditLogs = ReturnType<typeof createClipEdits>

/** Every clip's log of edits. Each is undefined where there is no such clip. */
export function createClipEdits(connection: Connection) {
  return {
    state: (clipId: number): EditState | undefined => {
      const clip = clipRow(connection, clipId)
      if (clip === undefined) return undefined
      const log = logOf(connection, clipId, clip)
      const context = contextOf(connection, clip, log.original)
      return { ...foldEdits(log.start, log.entries, context), revision: log.revision }
    },

    /**
     * Throws `usage` for what cannot be done, and `edit/conflict` where somebody else edited the clip since
     * `expected`. What changes nothing is not written down.
     */
    edit: (clipId: number, edit: ClipEdit, options: EditOptions = {}): EditState | undefined =>
      write(connection, () => appendEntry(connection, clipId, { kind: 'edit', edit }, options)),

    undo: (clipId: number, options: EditOptions = {}): EditState | undefined =>
      write(connection, () => appendEntry(connection, clipId, { kind: 'undo' }, options)),

    redo: (clipId: number, options: EditOptions = {}): EditState | undefined =>
      write(connection, () => appendEntry(connection, clipId, { kind: 'redo' }, options)),

    /** What a clip was edited to, as a document beside its render says it; where the clip has a log, nothing. */
    restore: (clipId: number, edits: ClipEdits, now: number): void =>
      write(connection, () => {
        const clip = clipRow(connection, clipId)
        if (clip === undefined || readLog(connection, clipId, clip) !== undefined) return
        if (sameEdits(edits, uneditedClip(clip))) return
        beginLog(connection, clipId, { revision: 0, original: { start: clip.start, end: clip.end }, edits }, now)
        moveClip(connection, clipId, spanOfParts(edits.parts), now)
      }),
  }
}

/**
 * One more entry, inside the caller's transaction. The clip's own span follows its parts, and where they are one
 * stretch of the recording that is a trim to learn from.
 */
export function appendEntry(
  connection: Connection,
  clipId: number,
  entry: LogEntry,
  { expected, now = Date.now() }: EditOptions,
): EditState | undefined {
  const clip = clipRow(connection, clipId)
  if (clip === undefined) return undefined
  const log = logOf(connection, clipId, clip)
  const context = contextOf(connection, clip, log.original)
  const before = foldEdits(log.start, log.entries, context)
  if (expected !== undefined && expected !== log.revision) throw conflict(clipId, expected, log.revision)
  checkBeside(connection, clip, entry)
  if (!canBeAdded(before, entry, context)) return { ...before, revision: log.revision }

  const after = foldEdits(log.start, [...log.entries, entry], context)
  followParts(connection, clipId, clip, after.edits, now)
  const isFull = log.entries.length >= mostEntries || log.bytes >= mostBytes
  const { original } = log
  if (isFull && entry.kind !== 'edit') {
    // What would be taken back or brought back is gone afterwards: the log begins with what it comes to.
    beginLog(connection, clipId, { revision: log.revision + 1, original, edits: after.edits }, now)
    return { edits: after.edits, revision: log.revision + 1, canUndo: false, canRedo: false }
  }
  const begin = { revision: isFull ? log.revision + 1 : log.revision, original, edits: before.edits }
  if (log.isNew || isFull) beginLog(connection, clipId, begin, now)
  addEntry(connection, clipId, begin.revision + 1, entry, now)
  return { ...after, revision: begin.revision + 1 }
}

/** False where an edit changes nothing; throws for what cannot be done. */
function canBeAdded(before: FoldedEdits, entry: LogEntry, context: EditContext): boolean {
  if (entry.kind === 'edit') {
    const edited = applyEdit(before.edits, entry.edit, context)
    if (edited instanceof ClutchcutError) throw edited
    return !sameEdits(edited, before.edits)
  }
  if (entry.kind === 'undo' && !before.canUndo) throw new ClutchcutError('usage', 'There is no edit to take back.')
  if (entry.kind === 'redo' && !before.canRedo) throw new ClutchcutError('usage', 'There is no edit to bring back.')
  return true
}

function followParts(connection: Connection, clipId: number, clip: Span, { parts }: ClipEdits, now: number): void {
  const span = spanOfParts(parts)
  const moved = span.start !== clip.start || span.end !== clip.end
  const isOneStretch = mergeParts(parts.filter(isOwn).map((part) => ({ ...part, speed: 1 }))).length === 1
  if (moved && isOneStretch) recordDecision(connection, clipId, span, now)
  moveClip(connection, clipId, span, now)
}

function moveClip({ orm }: Connection, clipId: number, { start, end }: Span, now: number): void {
  const values = { decided: true, updatedAt: now, startTicks: start, endTicks: end }
  orm.update(clips).set(values).where(eq(clips.id, clipId)).run()
}

interface ClipRow extends Span {
  readonly recordingId: number
  readonly peak: Ticks
  readonly score: number
  readonly seconds: number | null
}

function contextOf(connection: Connection, clip: ClipRow, original: Span): EditContext {
  return { original, duration: durationOf(clip), unedited: unedited(connection, clip, original) }
}

/** A moment that was found at an end of its file goes on in the file beside it; a span that a person gave is theirs. */
function unedited(connection: Connection, { recordingId, peak, score, seconds }: ClipRow, span: Span): ClipEdits {
  const plain = uneditedClip(span)
  const duration = seconds === null ? null : Math.round(seconds * TICKS_PER_SECOND)
  if (score === 0 || duration === null || !touchesEnd(span, duration)) return plain
  const parts = reachOver({ ...span, peak }, duration, filesBeside(connection, recordingId))
  return { ...plain, parts }
}

/** Throws `usage` for a part of a recording that is neither just before nor just after the clip's, or not so long. */
function checkBeside(connection: Connection, { recordingId }: ClipRow, entry: LogEntry): void {
  if (entry.kind !== 'edit' || entry.edit.kind !== 'add-part' || entry.edit.recording === undefined) return
  const { recording, end } = entry.edit
  const { before, after } = filesBeside(connection, recordingId)
  const file = [before, after].find((beside) => beside?.recording === recording)
  if (file == null) {
    throw new ClutchcutError(
      'usage',
      'A clip can only go on in the file that was recorded just before or just after its own, in the same way. The clip was not changed.',
      { data: { recording } },
    )
  }
  if (end > file.duration + 1) {
    throw new ClutchcutError('usage', 'The part ends behind its recording. The clip was not changed.', {
      data: { recording, end, duration: file.duration },
    })
  }
}

function clipRow({ orm }: Connection, clipId: number): ClipRow | undefined {
  return orm
    .select({
      start: clips.startTicks,
      end: clips.endTicks,
      peak: clips.peakTicks,
      score: clips.score,
      recordingId: clips.recordingId,
      seconds: recordings.durationSeconds,
    })
    .from(clips)
    .innerJoin(recordings, eq(recordings.id, clips.recordingId))
    .where(eq(clips.id, clipId))
    .get()
}

function logOf(connection: Connection, clipId: number, clip: ClipRow): ClipLog & { readonly isNew: boolean } {
  const log = readLog(connection, clipId, clip)
  if (log !== undefined) return { ...log, isNew: false }
  const original = { start: clip.start, end: clip.end }
  const start = unedited(connection, clip, original)
  return { revision: 0, original, start, entries: [], bytes: 0, isNew: true }
}

function durationOf({ seconds }: ClipRow): Ticks | null {
  // The length is kept in seconds: a rounding may not refuse the recording's very end.
  return seconds === null ? null : Math.ceil(seconds * TICKS_PER_SECOND) + 1
}

function conflict(clipId: number, expected: number, revision: number): ClutchcutError {
  return new ClutchcutError(
    'edit/conflict',
    'This clip was edited elsewhere in the meantime. Look at it as it is now, then do your edit again.',
    { data: { id: clipId, expected, revision } },
  )
}
