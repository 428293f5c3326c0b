import { and, asc, desc, eq } from 'drizzle-orm'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import type { ModelRef, Segment } from '../../../src-shared/contract/segment.ts'
import { write, type Connection } from './connect.ts'
import { recordingIdOf } from './recording-id.ts'
import { segments } from './schema.ts'

export type Segments = ReturnType<typeof createSegments>

export function createSegments(connection: Connection) {
  const { orm } = connection
  return {
    /** Puts what `model` found, best first, in the place of what it found before. */
    replace(recording: Fingerprint, model: ModelRef, found: readonly Segment[], now: number): void {
      write(connection, () => {
        const recordingId = recordingIdOf(connection, recording)
        const own = and(
          eq(segments.recordingId, recordingId),
          eq(segments.modelId, model.id),
          eq(segments.modelVersion, model.version),
        )
        orm.delete(segments).where(own).run()
        for (const [ordinal, segment] of found.entries()) {
          const { start, end, peak, score, selected, reasons, baseScore, found: as, evidence } = segment
          orm
            .insert(segments)
            .values({
              recordingId,
              modelId: model.id,
              modelVersion: model.version,
              ordinal,
              startTicks: start,
              endTicks: end,
              peakTicks: peak,
              score,
              selected,
              reasons,
              madeAt: now,
              baseScore: baseScore ?? null,
              foundStart: as?.start ?? null,
              foundEnd: as?.end ?? null,
              evidence: evidence ?? null,
            })
            .run()
        }
      })
    },

    /** Best first. Without a model: of the one that ran last. */
    list(recordingId: number, model?: ModelRef): Segment[] {
      const wanted = model ?? this.latestModel(recordingId)
      if (!wanted) return []
      return orm
        .select()
        .from(segments)
        .where(
          and(
            eq(segments.recordingId, recordingId),
            eq(segments.modelId, wanted.id),
            eq(segments.modelVersion, wanted.version),
          ),
        )
        .orderBy(asc(segments.ordinal))
        .all()
        .map(({ startTicks, endTicks, peakTicks, score, selected, reasons, baseScore, foundStart, foundEnd }) => ({
          start: startTicks,
          end: endTicks,
          peak: peakTicks,
          score,
          selected,
          reasons,
          ...(baseScore !== null && { baseScore }),
          ...(foundStart !== null && foundEnd !== null && { found: { start: foundStart, end: foundEnd } }),
        }))
    },

    latestModel(recordingId: number): ModelRef | undefined {
      return orm
        .select({ id: segments.modelId, version: segments.modelVersion })
        .from(segments)
        .where(eq(segments.recordingId, recordingId))
        .orderBy(desc(segments.madeAt))
        .limit(1)
        .get()
    },
  }
}
