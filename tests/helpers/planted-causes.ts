import { chatCurvesOf, chatEvidence, reasonCurves, trustOf } from '../../src-main/stages/chat/chat-curves.ts'
import { collectMessages } from '../../src-main/stages/chat/collect-messages.ts'
import { countMessages } from '../../src-main/stages/chat/count-messages.ts'
import { marksOf } from '../../src-main/stages/markers/mark-moments.ts'
import { weighMarkers } from '../../src-main/stages/markers/weigh-markers.ts'
import type { Scorer } from '../../src-main/stages/score/scorer.ts'
import { decoderSettings } from '../../src-main/stages/select/decoder-settings.ts'
import { explain } from '../../src-main/stages/select/explain.ts'
import { findMoments } from '../../src-main/stages/select/select-segments.ts'
import { addsOf } from '../../src-shared/domain/causes.ts'
import { makeChat } from './make-chat.ts'
import { plantedRecording, type Planted, type PlantedKind } from './planted-recording.ts'
import type { Background } from './planted-sound.ts'

export const plantedKinds = ['shout', 'explosion', 'motion', 'screen', 'chat', 'marker'] as const
type Kind = (typeof plantedKinds)[number]

const wantedOf: Readonly<Record<Kind, string>> = {
  ...{ shout: 'voice', explosion: 'game', motion: 'movement', screen: 'screen', chat: 'chat', marker: 'marker' },
}

export interface Outcome {
  readonly kind: Kind
  readonly background: Background
  readonly at: number
  readonly wanted: string
  /** What the first reason names, and all that it says. */
  readonly first: string
  readonly reasons: readonly string[]
  /** What the model's own parts name, without the chat, the markers and what is only unusual. */
  readonly alone: string
  /** Whether the moment is one of those that would be chosen from. */
  readonly found: boolean
}

/**
 * Plants so many variants of each kind, finds out what the model makes of them, and tells the reasons: at the moment
 * that was found there, or else where it was planted.
 */
export async function plantedCauses(
  scorer: Scorer,
  background: Background,
  variants: number,
  seed: number,
): Promise<Outcome[]> {
  const order = Array.from({ length: variants }, () => plantedKinds).flat()
  const shown = order.map((kind, i): PlantedKind => (kind === 'screen' ? (i % 12 < 6 ? 'text' : 'flash') : kind))
  const { input, duration, planted } = await plantedRecording(background, shown, { seed })
  const { length } = input.signals
  const own = await scorer.score(input, { device: 'cpu' })
  const spikes = planted.filter(({ kind }) => kind === 'chat').map(({ at }, i) => [at + 4, 45 + 6 * (i % 6)] as const)
  const log = await collectMessages(makeChat({ seconds: length / 2, spikes, seed }))
  const counts = countMessages(log, 0, length)!
  const chat = chatEvidence(chatCurvesOf(counts, 0), trustOf(counts, 0))
  const marks = marksOf(planted.filter(({ kind }) => kind === 'marker').map(markerOf), length)
  const heard = Array.from(own.scores, (p, i) => 1 / (1 + ((1 - p) / p) * Math.exp(-chat[i]!)))
  const scores = weighMarkers(heard, marks)
  const signals = { ...input.signals, curves: [...input.signals.curves, ...reasonCurves(counts, 0)] }

  const candidates = findMoments({ scores: { values: scores }, duration }, 1000)
  const moments = planted.map(({ at }) => {
    const found = candidates.find(({ peak }) => peak / 2 >= at - 3 && peak / 2 <= at + 6)
    const peak = Math.round(2 * at) + 2
    return { found: found !== undefined, ...(found ?? { peak, from: peak - 2, to: peak + 2 }) }
  })
  const causes = await scorer.explain!(input, scores, moments, {})
  return planted.map(({ at }, i): Outcome => {
    const { found, ...core } = moments[i]!
    const listening = { game: [0], mic: [1] }
    const { rate } = decoderSettings
    const of = { core: { ...core, score: scores[core.peak]! }, signals, listening, rate, base: 0, marks }
    const reasons = explain({ ...of, causes: causes[i]! })
    const most = Object.entries(addsOf(causes[i]!)).toSorted(([, a], [, b]) => b - a)[0]!
    return {
      ...{ kind: order[i]!, background, at, found, wanted: wantedOf[order[i]!] },
      first: groupOf(reasons[0]!.signal),
      reasons: reasons.map(({ weight, text }) => `${weight} ${text}`),
      alone: most[0],
    }
  })
}

/** A key pressed some seconds after the moment. */
function markerOf({ at }: Planted) {
  return { start: at + 5, end: at + 5, kind: 'hotkey', label: '', weight: 1 } as const
}

function groupOf(signal: string): string {
  if (signal.startsWith('audio[1]') || signal === 'audio.voice') return 'voice'
  if (signal === 'packet.rate' || signal === 'picture.movement') return 'movement'
  const [family] = signal.split('.')
  return family === 'audio' ? 'game' : family === 'picture' ? 'screen' : family!
}
