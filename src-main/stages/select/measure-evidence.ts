import { EVIDENCE_VERSION, type Evidence } from '../../../src-shared/contract/evidence.ts'
import { logOdds } from '../../../src-shared/domain/calibration.ts'
import type { Listening } from '../../../src-shared/domain/score.ts'
import { evidenceSeconds, zLimits } from '../../../src-shared/domain/signal-weights.ts'
import type { SignalCurve, Signals } from '../../../src-shared/domain/signal.ts'
import { TICKS_PER_SECOND } from '../../../src-shared/domain/time.ts'
import type { Span } from './shape-spans.ts'

const gameCurves = ['audio.rms', 'audio.onset']
const pictureCurves = ['picture.blocks', 'picture.histogram', 'picture.red', 'packet.rate']
const chatCurves = ['chat.rate', 'chat.authors', 'chat.hype']

/** A z-score of this much counts as 1. */
const spread = 2
const usualSeconds = 20

/**
 * What learning looks at; see `contract/evidence.ts`. Independent of the weights of any scorer, so that it means the
 * same under the next model. Without a microphone track the voice is the speech that is heard in the game's.
 */
export function measureEvidence(
  { span, peak, score }: { readonly span: Span; readonly peak: number; readonly score: number },
  signals: Signals,
  { game, mic }: Listening,
): Evidence {
  const onTracks = (ids: readonly string[], tracks: readonly number[]): SignalCurve[][] =>
    ids.map((id) => signals.curves.filter((one) => one.id === id && one.track !== null && tracks.includes(one.track)))
  const alone = (ids: readonly string[]): SignalCurve[][] => onIds(signals, (id) => ids.includes(id))
  const strength = (groups: readonly (readonly SignalCurve[])[]): number => groupStrength(groups, peak, signals)
  const seconds = (span.end - span.start) / TICKS_PER_SECOND
  return {
    version: EVIDENCE_VERSION,
    base: rounded(Math.min(6, Math.max(-6, logOdds(score)))),
    game: strength(onTracks(gameCurves, game)),
    voice: strength(mic.length > 0 ? onTracks(['audio.rms', 'audio.speech'], mic) : onTracks(['audio.speech'], game)),
    picture: strength(alone(pictureCurves)),
    chat: strength(alone(chatCurves)),
    markers: strength(onIds(signals, (id) => id.startsWith('marker'))),
    length: rounded(Math.min(2, Math.max(-2, Math.log(seconds / usualSeconds)))),
  }
}

function onIds({ curves }: Signals, wanted: (id: string) => boolean): SignalCurve[][] {
  return curves.filter((curve) => curve.track === null && wanted(curve.id)).map((curve) => [curve])
}

/** Mean over the curves (of several tracks with one, the strongest) of the mean z-score around the peak. */
function groupStrength(groups: readonly (readonly SignalCurve[])[], peak: number, signals: Signals): number {
  const half = Math.floor((evidenceSeconds * signals.rate) / 2)
  const [from, to] = [Math.max(0, peak - half), Math.min(signals.length - 1, peak + half)]
  const strengths = groups.flatMap((curves) => {
    const means = curves.map((curve) => meanZ(curve, from, to)).filter((mean) => mean !== null)
    return means.length === 0 ? [] : [Math.max(...means)]
  })
  if (strengths.length === 0) return 0
  return rounded(strengths.reduce((sum, value) => sum + value, 0) / strengths.length / spread)
}

function meanZ(curve: SignalCurve, from: number, to: number): number | null {
  let [sum, count] = [0, 0]
  for (let i = from; i <= to; i++) {
    const z = curve.z[i]
    if (curve.valid[i] !== 1 || z === undefined || !Number.isFinite(z)) continue
    sum += Math.min(zLimits.high, Math.max(zLimits.low, z))
    count++
  }
  return count === 0 ? null : sum / count
}

/** Four decimals: short in JSON, and the same on every machine. */
function rounded(value: number): number {
  // Never -0, which JSON would lose.
  return Math.round(value * 1e4) / 1e4 + 0
}
