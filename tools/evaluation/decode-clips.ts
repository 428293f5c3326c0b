import { decoderSettings } from '../../src-main/stages/select/decoder-settings.ts'
import { selectSegments } from '../../src-main/stages/select/select-segments.ts'
import type { Segment } from '../../src-shared/contract/segment.ts'
import type { Clip } from '../../src-shared/domain/evaluation/clips.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { decodeCurve, type EvidenceMatch } from './evidence.ts'

export interface ClipDecoder {
  /** The best `count` clips, as the program would cut them. */
  best(scores: ArrayLike<number>, count: number): Clip[]
  /** What it would pick by itself. */
  selected(scores: ArrayLike<number>): Clip[]
  /** Everything over its threshold, however much that is. */
  overThreshold(scores: ArrayLike<number>): Clip[]
}

/** The program's clip decoder over a match of the evidence; scores are probabilities, two a second. */
export function clipDecoder(match: EvidenceMatch): ClipDecoder {
  const noise = decodeCurve(match.noise)
  // The decoder takes the mean of what it hears, which is known already.
  const heard = {
    ...{ id: 'audio.rms', track: 0, unit: 'dB', values: new Float32Array(match.slots) },
    z: Float32Array.from(noise, (value) => (Number.isNaN(value) ? 0 : value)),
    valid: Uint8Array.from(noise, (value) => (Number.isNaN(value) ? 0 : 1)),
  }
  const input = {
    signals: { rate: 2 as const, length: match.slots, curves: [heard] },
    roles: ['game' as const],
    duration: ticksFromSeconds(match.seconds),
    cuts: match.cuts.map(ticksFromSeconds),
  }
  const segments = (values: ArrayLike<number>, top: number | null, settings = decoderSettings): Segment[] =>
    selectSegments({ ...input, scores: { values }, top }, settings)
  const chosen = (list: readonly Segment[]): Clip[] => list.filter(({ selected }) => selected).map(clipOf)
  return {
    best: (scores, count) => segments(scores, count).slice(0, count).map(clipOf),
    selected: (scores) => chosen(segments(scores, null)),
    overThreshold: (scores) => chosen(segments(scores, null, { ...decoderSettings, atLeast: Infinity })),
  }
}

function clipOf({ start, end, peak }: Segment): Clip {
  return { start: secondsFromTicks(start), end: secondsFromTicks(end), peak: secondsFromTicks(peak) }
}
