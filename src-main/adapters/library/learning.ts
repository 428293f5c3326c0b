import { createHash } from 'node:crypto'
import { and, asc, count, eq } from 'drizzle-orm'
import { evidenceSchema, type Evidence } from '../../../src-shared/contract/evidence.ts'
import { learnedSchema, type Learned, type Verdict } from '../../../src-shared/contract/learning.ts'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import type { ModelRef, Segment } from '../../../src-shared/contract/segment.ts'
import { canonicalJson } from '../../../src-shared/domain/canonical-json.ts'
import { write, type Connection } from './connect.ts'
import { matchMoment } from './match-moment.ts'
import { calibrations, decisions } from './schema.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/** See `src-main/stages/learn/learn.ts`, whose type this fits. */
export interface Decided {
  readonly recording: Fingerprint
  readonly verdict: Verdict | null
  readonly evidence: Evidence
  readonly found: Span
  readonly offered: Span
  readonly chosen: Span
}

export interface DecisionsOfModel {
  /** By recording and time. */
  readonly decided: readonly Decided[]
  /** Decisions that this model cannot say anything about yet. */
  readonly waiting: number
  /** Another one as soon as `decided` is. */
  readonly digest: string
}

export type Learning = ReturnType<typeof createLearning>

/** The same at every reading, so that the same decisions teach the same to the last digit. */
const inOrder = [asc(decisions.fingerprint), asc(decisions.originStart), asc(decisions.originEnd)]

/** What people decided (recorded by `record-decision.ts`), and what was learned from it. */
export function createLearning(connection: Connection) {
  const { orm } = connection
  return {
    /** The decisions about moments that `model` has looked at: those of another one are not comparable. */
    decisions(model: ModelRef): DecisionsOfModel {
      const rows = orm
        .select()
        .from(decisions)
        .orderBy(...inOrder)
        .all()
      const byMoment = new Map<string, { decided: Decided; at: number }>()
      let waiting = 0
      for (const row of rows) {
        const evidence = evidenceSchema.safeParse(row.evidence)
        if (!evidence.success || row.modelId !== model.id || row.modelVersion !== model.version) {
          waiting++
          continue
        }
        const decided: Decided = {
          recording: row.fingerprint,
          verdict: row.verdict,
          evidence: evidence.data,
          found: { start: row.foundStart, end: row.foundEnd },
          offered: { start: row.offeredStart, end: row.offeredEnd },
          chosen: { start: row.startTicks, end: row.endTicks },
        }
        // Two clips of one moment, found by two models: the later word holds.
        const key = `${row.fingerprint} ${row.foundStart} ${row.foundEnd}`
        if ((byMoment.get(key)?.at ?? -Infinity) < row.decidedAt) byMoment.set(key, { decided, at: row.decidedAt })
      }
      const decided = [...byMoment.values()].map((entry) => entry.decided)
      return { decided, waiting, digest: createHash('sha256').update(canonicalJson(decided)).digest('hex') }
    },

    /** How many there are, of all models. */
    total: (): number => orm.select({ n: count() }).from(decisions).get()?.n ?? 0,

    /** Takes over what `model` says now of the moments of a recording that were decided about. */
    refile(recording: Fingerprint, model: ModelRef, segments: readonly Segment[]): void {
      write(connection, () => {
        for (const row of orm.select().from(decisions).where(eq(decisions.fingerprint, recording)).all()) {
          const moment = { start: row.originStart, end: row.originEnd, peak: row.peakTicks }
          const known = matchMoment(moment, model, segments)
          if (known === undefined) continue
          orm
            .update(decisions)
            .set({
              modelId: model.id,
              modelVersion: model.version,
              evidence: known.evidence,
              foundStart: known.found.start,
              foundEnd: known.found.end,
            })
            .where(eq(decisions.id, row.id))
            .run()
        }
      })
    },

    /** What was learned from exactly these decisions, if it was. */
    learned(model: ModelRef, digest: string): Learned | undefined {
      const row = orm
        .select()
        .from(calibrations)
        .where(and(own(model), eq(calibrations.digest, digest)))
        .get()
      // Of another version of the program: learned anew.
      return row && learnedSchema.safeParse(row.learned).data
    },

    keep(learned: Learned, digest: string, now: number): void {
      const { id, version } = learned.model
      const row = { modelId: id, modelVersion: version, digest, learned, madeAt: now }
      const target = [calibrations.modelId, calibrations.modelVersion]
      orm.insert(calibrations).values(row).onConflictDoUpdate({ target, set: row }).run()
    },

    /** Forgets every decision and all that was learned. Clips stay as they are. */
    forget(): void {
      write(connection, () => {
        orm.delete(decisions).run()
        orm.delete(calibrations).run()
      })
    },
  }
}

function own({ id, version }: ModelRef) {
  return and(eq(calibrations.modelId, id), eq(calibrations.modelVersion, version))
}
