import { decoderSettings } from '../../src-main/stages/select/decoder-settings.ts'
import { precisionByRecall, rank } from '../../src-shared/domain/evaluation/average-precision.ts'
import { evenlySpaced } from '../../src-shared/domain/evaluation/baselines.ts'
import { perSecond } from '../../src-shared/domain/evaluation/per-second.ts'
import type { Reliability } from '../../src-shared/domain/evaluation/reliability.ts'
import { smooth } from '../../src-shared/domain/score.ts'
import { formatClock, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { decodeCurve, type EvidenceMatch } from './evidence.ts'
import { meanOf, type Judgement } from './judgement.ts'
import { modelVariant, scoresOf, type JudgedMatch, type Row } from './rows.ts'
import { dot, frame, line, rect, segment, shares, svg, text, type Point, type Series } from './svg.ts'

/** By file name; nothing without a model. */
export function plotsOf(judgement: Judgement): Record<string, string> {
  const { model, reliability } = judgement
  if (!model || !reliability) return {}
  return {
    'precision-recall.svg': precisionRecallPlot(judgement, model),
    'reliability.svg': reliabilityPlot(reliability),
    'match.svg': matchPlot(judgement, model),
  }
}

const steps = 200

interface Way {
  readonly name: string
  readonly series: Series
  readonly isModel: boolean
  readonly curves: (match: EvidenceMatch) => readonly ArrayLike<number>[]
}

/** Precision at each recall, mean over matches and seeds: the area below a curve is the mean average precision. */
function precisionRecallPlot({ evidence, matches, baselines }: Judgement, model: Row): string {
  const ways: Way[] = [
    { name: 'the model', series: 0, isModel: true, curves: ({ name }) => scoresOf(evidence, modelVariant, name) },
    { name: 'signals', series: 1, isModel: false, curves: ({ signals }) => [decodeCurve(signals)] },
    { name: 'loudness', series: 2, isModel: false, curves: ({ loudness }) => [decodeCurve(loudness)] },
    { name: 'loudness ±3 min', series: 3, isModel: false, curves: ({ loudnessZ }) => [decodeCurve(loudnessZ)] },
    { name: 'scene change', series: 4, isModel: false, curves: ({ sceneChange }) => [decodeCurve(sceneChange)] },
    { name: 'evenly spaced', series: 5, isModel: false, curves: ({ slots }) => [evenlySpaced(slots)] },
  ]
  const { parts, at } = frame({
    ...{ left: 70, top: 48, width: 420, height: 300 },
    x: { label: 'recall: share of the good seconds that are found', ticks: shares, from: 0, to: 1 },
    y: { label: 'precision: share of what is found that is good', ticks: shares, from: 0, to: 1 },
  })
  const apOf = ({ name, isModel }: Way): number =>
    meanOf(isModel ? model : baselines.find((row) => row.name === name)!, 'averagePrecision')
  const ranked = ways.toSorted((a, b) => apOf(b) - apOf(a))
  return svg(720, 410, 'Precision and recall of the model and of simpler ways to pick moments', [
    text({ x: 70, y: 28 }, 'Precision and recall, by second', { of: 'title' }),
    ...parts,
    // The model last, over the others.
    ...ways.toReversed().map((way) => {
      const mean = meanPrecision(matches, way)
      const points = Array.from(mean, (value, i): Point => at((i + 1) / steps, value))
      return line(points, `s${way.series} ${way.isModel ? '' : 'thin'}`)
    }),
    text({ x: 510, y: 62 }, 'average precision', { of: 'small muted' }),
    ...ranked.flatMap((way, i) => {
      const y = 84 + 24 * i
      return [
        segment({ x: 510, y: y - 4 }, { x: 530, y: y - 4 }, `line s${way.series} ${way.isModel ? '' : 'thin'}`),
        text({ x: 538, y }, `${way.name}  ${apOf(way).toFixed(2)}`),
      ]
    }),
  ])
}

function meanPrecision(matches: readonly JudgedMatch[], { curves }: Way): Float64Array {
  const sum = new Float64Array(steps)
  let count = 0
  for (const { match, truth } of matches) {
    const all = curves(match)
    for (const curve of all) {
      const found = precisionByRecall(rank(perSecond(curve)), truth.positive, steps)
      for (let i = 0; i < steps; i++) sum[i]! += found[i]! / all.length
    }
    count += 1
  }
  return sum.map((value) => value / count)
}

/** What the model claims against what is true, with how often it claims it below. */
function reliabilityPlot({ bins, ece }: Reliability): string {
  const { parts, at } = frame({
    ...{ left: 70, top: 48, width: 380, height: 280 },
    x: { label: 'probability that the model claims', ticks: shares, from: 0, to: 1 },
    y: { label: 'share that is good', ticks: shares, from: 0, to: 1 },
  })
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  const filled = bins.filter(({ count }) => count > 0)
  const points = filled.map((bin) => at(bin.claimed, bin.true))
  return svg(640, 390, 'Reliability of the probabilities', [
    text({ x: 70, y: 28 }, `Reliability (expected calibration error ${ece.toFixed(3)})`, { of: 'title' }),
    ...parts,
    segment(at(0, 0), at(1, 1), 'line thin dash s5'),
    line(points, 's0'),
    ...points.map((point) => dot(point, 4, 'f0')),
    text({ x: 480, y: 62 }, 'seconds in each bin', { of: 'small muted' }),
    ...bins.flatMap(({ count }, i) => {
      const y = 84 + 24 * i
      const width = Math.max(count > 0 ? 1 : 0, (70 * count) / total)
      return [
        text({ x: 480, y }, `${(i / 10).toFixed(1)}`, { of: 'small' }),
        rect({ x: 506, y: y - 10 }, width, 12, 'f0'),
        text(
          { x: 512 + width, y },
          count > 0 && count / total < 0.001 ? '<0.1 %' : `${((100 * count) / total).toFixed(1)} %`,
          { of: 'small' },
        ),
      ]
    }),
  ])
}

const eventRows = [
  { kind: 'kill', series: 0 },
  { kind: 'award', series: 4 },
  { kind: 'death', series: 6 },
] as const

/** One match, of middling difficulty: the median of the model's average precision, so nobody chose it. */
function matchPlot({ evidence }: Judgement, model: Row): string {
  const order = model.matches.map((_, i) => i)
  order.sort((a, b) => model.measures[a]!.averagePrecision - model.measures[b]!.averagePrecision)
  const chosen = order[order.length >> 1]!
  const { match, truth, decoder } = model.matches[chosen]!
  const curves = scoresOf(evidence, modelVariant, match.name)
  const mean = Float64Array.from(
    { length: match.slots },
    (_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0) / curves.length,
  )
  const clips = decoder.best(mean, truth.highlights.length)
  const { parts, at } = frame({
    ...{ left: 70, top: 78, width: 860, height: 200 },
    x: {
      label: 'time',
      from: 0,
      to: match.seconds,
      ticks: Array.from({ length: Math.floor(match.seconds / 60) + 1 }, (_, i) => ({
        value: 60 * i,
        label: formatClock(ticksFromSeconds(60 * i)),
      })),
    },
    y: { label: 'probability', ticks: shares, from: 0, to: 1 },
  })
  const ap = model.measures[chosen]!.averagePrecision.toFixed(2)
  const key = (x: number, mark: string, label: string): string[] => [
    mark,
    text({ x: x + 24, y: 52 }, label, { of: 'small' }),
  ]
  return svg(960, 410, `Scores over the match ${match.name}, with its events and highlights`, [
    text({ x: 70, y: 28 }, `${match.name} on ${match.map}: the match of median average precision (${ap})`, {
      of: 'title',
    }),
    ...key(70, rect({ x: 70, y: 42 }, 18, 12, 'band'), 'highlights (the truth)'),
    ...key(240, segment({ x: 240, y: 48 }, { x: 258, y: 48 }, 'line s0'), 'the model'),
    ...key(350, rect({ x: 350, y: 45 }, 18, 6, 'f2'), 'its clips, as many as highlights'),
    ...key(570, segment({ x: 570, y: 48 }, { x: 588, y: 48 }, 'line thin dash s5'), 'default threshold'),
    ...truth.highlights.map(({ from, to }) => {
      const [start, end] = [at(from, 1), at(to + 1, 0)]
      return rect(start, end.x - start.x, end.y - start.y, 'band')
    }),
    ...parts,
    segment(at(0, decoderSettings.threshold), at(match.seconds, decoderSettings.threshold), 'line thin dash s5'),
    line(
      Array.from(smooth(mean, decoderSettings.smoothSeconds), (value, i) =>
        at(Math.min(match.seconds, (i + 0.5) / 2), value),
      ),
      's0',
    ),
    ...clips.map(({ start, end }) => rect({ x: at(start, 1).x, y: 66 }, at(end, 1).x - at(start, 1).x, 6, 'f2')),
    ...eventRows.flatMap(({ kind, series }, row) => {
      const y = 340 + 20 * row
      return [
        text({ x: 62, y: y + 4 }, kind, { anchor: 'end', of: 'small' }),
        ...match.events
          .filter((event) => event.kind === kind && event.t <= match.seconds)
          .map(({ t }) => segment({ x: at(t, 0).x, y: y - 6 }, { x: at(t, 0).x, y: y + 6 }, `line thin s${series}`)),
      ]
    }),
  ])
}
