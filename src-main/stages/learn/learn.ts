import type { Evidence } from '../../../src-shared/contract/evidence.ts'
import type { Learned, Verdict } from '../../../src-shared/contract/learning.ts'
import type { ModelRef } from '../../../src-shared/contract/segment.ts'
import { secondsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'
import { learnPadding } from './learn-padding.ts'
import { learnRanking } from './learn-ranking.ts'

interface Span {
  readonly start: Ticks
  readonly end: Ticks
}

/** What a person decided about a moment, and what the model says of that moment. */
export interface Decided {
  /** Fingerprint. */
  readonly recording: string
  /** Null: only trimmed. */
  readonly verdict: Verdict | null
  readonly evidence: Evidence
  /** As the decoder found it, as it was offered, and as the person has it. */
  readonly found: Span
  readonly offered: Span
  readonly chosen: Span
}

/**
 * What the decisions about moments of one model teach. Pure: the same decisions in the same order give the same
 * numbers. Nothing is in use that did not prove itself on recordings it had not seen.
 */
export function learn(model: ModelRef, decisions: readonly Decided[]): Learned {
  const verdicts = decisions.flatMap(({ recording, verdict, evidence }) =>
    verdict === null ? [] : [{ recording, kept: verdict === 'keep', evidence }],
  )
  const isTrimmed = ({ offered, chosen }: Decided): boolean =>
    offered.start !== chosen.start || offered.end !== chosen.end
  const trims = decisions
    .filter((decision) => decision.verdict === 'keep' || (decision.verdict === null && isTrimmed(decision)))
    .map((decision) => ({
      recording: decision.recording,
      start: secondsFromTicks(decision.chosen.start - decision.found.start),
      end: secondsFromTicks(decision.chosen.end - decision.found.end),
      trimmed: isTrimmed(decision),
    }))
  const kept = verdicts.filter((one) => one.kept).length
  return {
    model,
    counts: {
      kept,
      discarded: verdicts.length - kept,
      trimmed: trims.filter(({ trimmed }) => trimmed).length,
      recordings: new Set(decisions.map(({ recording }) => recording)).size,
    },
    ranking: learnRanking(verdicts),
    padding: learnPadding(trims),
  }
}
