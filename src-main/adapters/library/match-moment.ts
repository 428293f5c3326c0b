import { desc, eq } from 'drizzle-orm'
import { evidenceSchema, type Evidence } from '../../../src-shared/contract/evidence.ts'
import type { ModelRef, Segment } from '../../../src-shared/contract/segment.ts'
import type { Connection } from './connect.ts'
import { segments } from './schema.ts'

/** A moment that somebody decided about. */
interface Moment {
  readonly start: number
  readonly end: number
  readonly peak: number
}

/** What a model says of a moment, and the span that it found it with. */
export interface KnownMoment {
  readonly model: ModelRef
  readonly evidence: Evidence
  readonly found: { readonly start: number; readonly end: number }
}

/**
 * The same moment among what `model` found: the peak within the moment's span that lies nearest to the moment's own.
 * Undefined where the model sees no moment there, or nothing is known of it.
 */
export function matchMoment(
  moment: Moment,
  model: ModelRef,
  found: readonly Pick<Segment, 'start' | 'end' | 'peak' | 'found' | 'evidence'>[],
): KnownMoment | undefined {
  const nearest = found
    .filter(({ peak }) => peak >= moment.start && peak <= moment.end)
    .toSorted((a, b) => Math.abs(a.peak - moment.peak) - Math.abs(b.peak - moment.peak) || a.peak - b.peak)[0]
  const evidence = evidenceSchema.safeParse(nearest?.evidence)
  if (nearest === undefined || !evidence.success) return undefined
  const { start, end } = nearest.found ?? nearest
  return { model, evidence: evidence.data, found: { start, end } }
}

/** The same for what the library keeps of the model that ran last. */
export function knownMoment({ orm }: Connection, recordingId: number, moment: Moment): KnownMoment | undefined {
  const rows = orm
    .select()
    .from(segments)
    .where(eq(segments.recordingId, recordingId))
    .orderBy(desc(segments.madeAt))
    .all()
  const [latest] = rows
  if (latest === undefined) return undefined
  const model = { id: latest.modelId, version: latest.modelVersion }
  const found = rows
    .filter(({ modelId, modelVersion }) => modelId === model.id && modelVersion === model.version)
    .map(({ startTicks, endTicks, peakTicks, foundStart, foundEnd, evidence }) => ({
      start: foundStart ?? startTicks,
      end: foundEnd ?? endTicks,
      peak: peakTicks,
      ...(evidence !== null && { evidence }),
    }))
  return matchMoment(moment, model, found)
}
