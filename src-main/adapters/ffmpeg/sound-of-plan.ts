import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { clipLength } from '../../../src-shared/domain/clip-timeline.ts'
import { beginRuns } from './begin-input.ts'
import { partsGraph } from './filter-graph.ts'
import { fitLoudness, measureMix } from './measure-loudness.ts'
import type { FfmpegRunner } from './runner.ts'
import { soundGraph, type LoudnessFix } from './sound-graph.ts'
import type { SourceFile } from './source-file.ts'

type SoundPlan = Pick<RenderPlan, 'parts' | 'audio'>

export interface PlannedSound {
  /** What `partsGraph` is to cut: `AudioTrack.index`es. */
  readonly tracks: readonly number[]
  /** What follows it in the graph. */
  readonly graph: readonly string[]
  /** Of the graph, in the order of the output's tracks. */
  readonly labels: readonly string[]
}

/** The sound of a plan behind its parts: each track on its own, or one mix of them. Pure. */
export function soundOf(media: MediaInfo, { parts, audio }: SoundPlan, fix: LoudnessFix | null): PlannedSound {
  const [mix] = audio
  if (mix?.action !== 'mix') {
    const tracks = audio.flatMap((plan) => (plan.action === 'mix' ? [] : [plan.track]))
    return { tracks, graph: [], labels: tracks.map((_, n) => `[sound${n}]`) }
  }
  const tracks = mix.sources.map(({ track }) => track)
  const inputs = tracks.map((track, n) => {
    const channels = media.audio.find(({ index }) => index === track)?.channels ?? 2
    return { track, label: `sound${n}`, channels }
  })
  const { graph, output } = soundGraph(mix, inputs, { length: clipLength(parts), fix })
  return { tracks, graph: [graph], labels: [`[${output}]`] }
}

/**
 * Measures a plan's mix, in as many passes as it takes, and finds what brings it to its loudness. Null where the plan
 * asks for none.
 */
export async function fitSound(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: SoundPlan,
  options: { signal?: AbortSignal | undefined },
): Promise<{ fix: LoudnessFix | null; note: string | null }> {
  const [mix] = plan.audio
  if (mix?.action !== 'mix') return { fix: null, note: null }
  if (mix.loudness === null) return { fix: { gainDb: 0, ceiling: null }, note: null }
  const inputs = beginRuns(source, media, plan.parts)
  return fitLoudness(async (fix) => {
    const { tracks, graph, labels } = soundOf(media, plan, fix)
    const whole = [partsGraph({ media, parts: plan.parts, inputs, tracks }, null), ...graph].join(';')
    const output = labels[0]!.slice(1, -1)
    // Pictures are not decoded for it.
    return measureMix(
      runner,
      inputs.flatMap(({ args }) => ['-vn', ...args]),
      { graph: whole, output },
      mix,
      { fix, ...options },
    )
  }, mix.loudness)
}
