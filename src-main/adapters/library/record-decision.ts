import { and, eq, sql } from 'drizzle-orm'
import type { ClipState } from '../../../src-shared/contract/clip.ts'
import type { Verdict } from '../../../src-shared/contract/learning.ts'
import type { Connection } from './connect.ts'
import { knownMoment } from './match-moment.ts'
import { clips, decisions, recordings } from './schema.ts'
import { createSettings } from './settings.ts'

/** The latest ones; what somebody liked years ago counts no more. */
const decisionsKept = 5000

const verdictOf: Readonly<Record<ClipState, Verdict | null>> = { kept: 'keep', rejected: 'discard', candidate: null }

/**
 * Remembers what a person says of a clip: that it is kept or discarded, and where it begins and ends. Called inside the
 * transaction of the change, before it. One moment has one decision: a change of mind replaces it, the same answer
 * again changes nothing, and what is undone is forgotten. Titles, tags and deleted files are no decisions.
 */
export function recordDecision(
  connection: Connection,
  clipId: number,
  change: { state?: ClipState | undefined; start?: number | undefined; end?: number | undefined },
  now: number,
): void {
  const { orm } = connection
  if (change.state === undefined && change.start === undefined && change.end === undefined) return
  if (!createSettings(connection).get().learning) return
  const clip = orm.select().from(clips).where(eq(clips.id, clipId)).get()
  const recording = clip && orm.select().from(recordings).where(eq(recordings.id, clip.recordingId)).get()
  if (!clip || !recording) return
  const { fingerprint, game } = recording
  const { originStart, originEnd, peakTicks } = clip
  const ofThis = and(
    eq(decisions.fingerprint, fingerprint),
    eq(decisions.originStart, originStart),
    eq(decisions.originEnd, originEnd),
  )
  const before = orm.select().from(decisions).where(ofThis).get()
  const said = {
    verdict: change.state === undefined ? (before?.verdict ?? null) : verdictOf[change.state],
    startTicks: change.start ?? clip.startTicks,
    endTicks: change.end ?? clip.endTicks,
    offeredStart: before?.offeredStart ?? clip.startTicks,
    offeredEnd: before?.offeredEnd ?? clip.endTicks,
  }
  if (said.verdict === null && said.startTicks === said.offeredStart && said.endTicks === said.offeredEnd) {
    orm.delete(decisions).where(ofThis).run()
    return
  }
  const isSame =
    before?.verdict === said.verdict && before.startTicks === said.startTicks && before.endTicks === said.endTicks
  if (isSame) return
  const known = knownMoment(connection, clip.recordingId, { start: originStart, end: originEnd, peak: peakTicks })
  const row = {
    ...{ fingerprint, originStart, originEnd, peakTicks, game, ...said },
    foundStart: known?.found.start ?? originStart,
    foundEnd: known?.found.end ?? originEnd,
    modelId: known?.model.id ?? null,
    modelVersion: known?.model.version ?? null,
    evidence: known?.evidence ?? null,
    decidedAt: now,
  }
  const target = [decisions.fingerprint, decisions.originStart, decisions.originEnd]
  orm.insert(decisions).values(row).onConflictDoUpdate({ target, set: row }).run()
  orm.run(sql`DELETE FROM decisions WHERE id IN
    (SELECT id FROM decisions ORDER BY decided_at DESC, id DESC LIMIT -1 OFFSET ${decisionsKept})`)
}
