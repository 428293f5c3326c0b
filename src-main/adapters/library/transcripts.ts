import { asc, eq, sql } from 'drizzle-orm'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import type { Ticks } from '../../../src-shared/contract/time.ts'
import { write, type Connection } from './connect.ts'
import { recordingIdOf } from './recording-id.ts'
import { transcripts } from './schema.ts'

/** Something that was said. */
export interface TranscriptLine {
  readonly start: Ticks
  readonly end: Ticks
  readonly text: string
}

export type Transcripts = ReturnType<typeof createTranscripts>

export function createTranscripts(connection: Connection) {
  const { orm } = connection
  const insert = orm
    .insert(transcripts)
    .values({
      recordingId: sql.placeholder('recordingId'),
      startTicks: sql.placeholder('start'),
      endTicks: sql.placeholder('end'),
      text: sql.placeholder('text'),
    })
    .prepare()
  return {
    replace(recording: Fingerprint, lines: readonly TranscriptLine[]): void {
      write(connection, () => {
        const recordingId = recordingIdOf(connection, recording)
        orm.delete(transcripts).where(eq(transcripts.recordingId, recordingId)).run()
        for (const { start, end, text } of lines) insert.run({ recordingId, start, end, text })
      })
    },
    list: (recordingId: number): TranscriptLine[] =>
      orm
        .select({ start: transcripts.startTicks, end: transcripts.endTicks, text: transcripts.text })
        .from(transcripts)
        .where(eq(transcripts.recordingId, recordingId))
        .orderBy(asc(transcripts.startTicks), asc(transcripts.id))
        .all(),
  }
}
