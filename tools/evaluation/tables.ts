import type { MeasureName } from '../../src-shared/contract/evaluation-document.ts'
import type { Interval } from '../../src-shared/domain/evaluation/bootstrap.ts'
import { measureTexts } from '../../src-shared/domain/evaluation/measure.ts'
import { decoderSettings } from '../../src-main/stages/select/decoder-settings.ts'
import { differenceOf, intervalOf, meanOf, type Judgement } from './judgement.ts'
import { bestBaseline, markNames, type Row } from './rows.ts'

/** The parts of the card that are made from the evidence, by name, as Markdown. */
export const sectionNames = [
  'goals',
  'scores',
  'differences',
  'ablations',
  'streams',
  'threshold',
  'reliability',
  'matches',
] as const
export type SectionName = (typeof sectionNames)[number]

const main = ['averagePrecision', 'lift', 'hit5', 'hit10', 'ndcg10'] as const satisfies readonly MeasureName[]
const clips = [
  ...['precision30', 'recall30', 'f30', 'precision50', 'recall50', 'f50', 'startHeld', 'startBefore'],
] as readonly MeasureName[]
const notMeasured = 'Not measured in this evidence.'

export function sectionsOf(judgement: Judgement): Record<SectionName, string> {
  return {
    goals: goals(judgement),
    scores: scores(judgement),
    differences: differences(judgement),
    ablations: ablations(judgement),
    streams: streams(judgement),
    threshold: threshold(judgement),
    reliability: calibration(judgement),
    matches: perMatch(judgement),
  }
}

interface Goal {
  readonly what: string
  readonly wanted: string
  readonly reached: string
  readonly isMet: boolean
}

function goals(judgement: Judgement): string {
  const { model, baselines, matches, folds, streams: copies, thresholds, quiet } = judgement
  if (!model) return notMeasured
  const best = bestBaseline(baselines, 'averagePrecision')
  const ap = intervalOf(model, 'averagePrecision')
  const difference = differenceOf(model, best, 'averagePrecision')
  const [hit5, f30] = [intervalOf(model, 'hit5'), intervalOf(model, 'f30')]
  const loudness = intervalOf(
    baselines.find(({ name }) => name === 'loudness')!,
    'averagePrecision',
  )
  const recall = thresholds[0]!.recall
  const list: Goal[] = [
    {
      what: 'matches, in folds that keep each map together, and seeds',
      wanted: '24, 6, 3',
      reached: `${matches.length}, ${folds}, ${model.seeds}`,
      isMet: matches.length >= 24 && folds >= 6 && model.seeds >= 3,
    },
    { what: 'average precision', wanted: '≥ 0.50', reached: withInterval(ap), isMet: ap.mean >= 0.5 },
    {
      what: `average precision above the best baseline (${best.name}), paired`,
      wanted: '≥ 0.15, interval above 0',
      reached: withInterval(difference),
      isMet: difference.mean >= 0.15 && difference.low > 0,
    },
    {
      what: 'average precision against loudness',
      wanted: 'intervals apart',
      reached: `${withInterval(ap)} against ${withInterval(loudness)}`,
      isMet: ap.low > loudness.high,
    },
    { what: 'hit@5', wanted: '≥ 0.70', reached: withInterval(hit5), isMet: hit5.mean >= 0.7 },
    { what: 'F1 of clips at IoU 0.3', wanted: '≥ 0.40', reached: withInterval(f30), isMet: f30.mean >= 0.4 },
    {
      what: 'highlights found at the default threshold',
      wanted: '≥ 0.60',
      reached: show(recall),
      isMet: recall >= 0.6,
    },
  ]
  if (copies) {
    const clean = meanOf(onlyMatchesOf(model, copies.model), 'averagePrecision')
    const share = meanOf(copies.model, 'averagePrecision') / clean
    list.push({
      what: 'average precision on stream-like copies, of that on the same matches as they are',
      wanted: '≥ 85 %',
      reached: percent(share),
      isMet: share >= 0.85,
    })
  }
  if (quiet.length > 0) {
    const minutes = quiet.reduce((sum, one) => sum + one.minutes, 0)
    const rate = (20 * quiet.reduce((sum, one) => sum + one.clips, 0)) / minutes
    list.push({
      what: `clips picked in 20 minutes in which nothing happens (of ${Math.round(minutes)} minutes)`,
      wanted: '≤ 2',
      reached: rate.toFixed(1),
      isMet: rate <= 2,
    })
  }
  return table(
    ['goal', 'wanted', 'reached', 'met'],
    list.map(({ what, wanted, reached, isMet }) => [what, wanted, reached, isMet ? 'yes' : '**no**']),
  )
}

function scores({ matches, baselines, model }: Judgement): string {
  const rows = [
    ...baselines.filter(isCompetitor),
    ...(model ? [model] : []),
    ...baselines.filter((row) => !isCompetitor(row)),
  ]
  const share = matches.map(({ truth }) => truth.positive.filter(Boolean).length / truth.seconds)
  const highlights = matches.reduce((sum, { truth }) => sum + truth.highlights.length, 0)
  const maps = new Set(matches.map(({ match }) => match.map)).size
  const hours = matches.reduce((sum, { match }) => sum + match.seconds, 0) / 3600
  return [
    ...(model ? ['![Precision and recall by second](evaluation/precision-recall.svg)'] : []),
    `${matches.length} matches on ${maps} maps, ${hours.toFixed(1)} hours, ${highlights} highlights that cover ${percent(mean(share))} of the time.`,
    table(
      ['score', ...main.map(nameOf)],
      rows.map((row) => [labelOf(row, model), ...main.map((name) => cell(row, name))]),
    ),
    `Clips: as many for each match as it has highlights, cut by the program's own decoder.`,
    table(
      ['score', ...clips.map(nameOf)],
      rows.map((row) => [labelOf(row, model), ...clips.map((name) => bare(row, name))]),
    ),
  ].join('\n\n')
}

function differences({ baselines, model }: Judgement): string {
  if (!model) return notMeasured
  const against = baselines.filter(isCompetitor)
  return table(
    ['the model minus', 'average precision', 'the same, by map', 'hit@5', 'nDCG@10', 'F1@0.3'],
    against.map((row) => [
      row.name,
      withInterval(differenceOf(model, row, 'averagePrecision')),
      withInterval(differenceOf(model, row, 'averagePrecision', 'map')),
      ...(['hit5', 'ndcg10', 'f30'] as const).map((name) => withInterval(differenceOf(model, row, name))),
    ]),
  )
}

function ablations({ ablations: rows, model }: Judgement): string {
  if (!model || rows.length === 0) return notMeasured
  return table(
    ['variant', 'seeds', 'average precision', 'minus the model', 'hit@5', 'F1@0.3'],
    [model, ...rows].map((row) => [
      labelOf(row, model),
      String(row.seeds),
      cell(row, 'averagePrecision'),
      row === model ? '' : withInterval(differenceOf(row, model, 'averagePrecision')),
      bare(row, 'hit5'),
      bare(row, 'f30'),
    ]),
  )
}

function streams({ streams: copies, model }: Judgement): string {
  if (!copies || !model) return notMeasured
  const rows = [...copies.baselines.filter(isCompetitor), copies.model]
  const names = ['averagePrecision', 'hit5', 'hit10', 'ndcg10', 'f30'] as const
  const clean = onlyMatchesOf(model, copies.model)
  return [
    table(
      ['score', ...names.map(nameOf)],
      [
        ...rows.map((row) => [labelOf(row, copies.model), ...names.map((name) => cell(row, name))]),
        ['the model on the same matches as they are', ...names.map((name) => cell(clean, name))],
      ],
    ),
    `${copies.model.matches.length} stream-like copies.`,
  ].join('\n\n')
}

function threshold({ thresholds }: Judgement): string {
  return [
    `At the default threshold of ${decoderSettings.threshold}: every clip over it, and those that the program takes by itself (${decoderSettings.perHour} an hour, at least ${decoderSettings.atLeast}).`,
    table(
      [
        'score',
        'highlights found',
        'false alarms',
        'clips an hour',
        'found by itself',
        'false alarms',
        'clips an hour',
      ],
      thresholds.map((row) => [
        row.name === 'full' ? '**the model**' : row.name,
        show(row.recall),
        percent(row.falseAlarms),
        row.clipsPerHour.toFixed(1),
        show(row.selectedRecall),
        percent(row.selectedFalseAlarms),
        row.selectedPerHour.toFixed(1),
      ]),
    ),
  ].join('\n\n')
}

function calibration({ reliability: found }: Judgement): string {
  if (!found) return notMeasured
  const rows = found.bins.map(({ count, claimed, true: share }, i) => [
    `${(i / 10).toFixed(1)} to ${((i + 1) / 10).toFixed(1)}`,
    String(count),
    show(claimed),
    show(share),
  ])
  return [
    '![What the model claims against what is true](evaluation/reliability.svg)',
    `Expected calibration error: ${found.ece.toFixed(3)}.`,
    table(['probability', 'seconds', 'claimed', 'true'], rows),
  ].join('\n\n')
}

function perMatch({ matches, baselines, model, evidence }: Judgement): string {
  const row = model ?? bestBaseline(baselines, 'averagePrecision')
  const best = bestBaseline(baselines, 'averagePrecision')
  const folds = evidence.runs.find(({ variant }) => variant === row.name)?.folds ?? {}
  const order = matches
    .map((_, i) => i)
    .sort((a, b) => row.measures[a]!.averagePrecision - row.measures[b]!.averagePrecision)
  const all = table(
    ['match', 'map', 'fold', 'highlights', 'average precision', `${best.name}`, 'lift', 'hit@5', 'F1@0.3'],
    order.map((i) => {
      const { match, truth } = matches[i]!
      const { averagePrecision, lift, hit5, f30 } = row.measures[i]!
      return [
        ...[match.name, match.map, String(folds[match.name] ?? ''), String(truth.highlights.length)],
        ...[averagePrecision, best.measures[i]!.averagePrecision, lift, hit5, f30].map((value) => show(value, 2)),
      ]
    }),
  )
  return model ? `![The scores of one match, with its events](evaluation/match.svg)\n\n${all}` : all
}

/** A row over only those matches of which the other has copies. */
function onlyMatchesOf(row: Row, copies: Row): Row {
  const wanted = new Set(copies.matches.map(({ match }) => match.name.replace(/-s\d+$/, '')))
  const kept = row.matches.flatMap(({ match }, i) => (wanted.has(match.name) ? [i] : []))
  return { ...row, matches: kept.map((i) => row.matches[i]!), measures: kept.map((i) => row.measures[i]!) }
}

function isCompetitor(row: Row): boolean {
  return !(markNames as readonly string[]).includes(row.name)
}

function labelOf(row: Row, model: Row | undefined): string {
  return row === model ? '**the model**' : row.name
}

function nameOf(name: MeasureName): string {
  return measureTexts[name].name
}

function cell(row: Row, name: MeasureName): string {
  return withInterval(intervalOf(row, name), name === 'lift' ? 2 : 3)
}

function bare(row: Row, name: MeasureName): string {
  return name === 'startBefore' ? `${meanOf(row, name).toFixed(1)} s` : show(meanOf(row, name))
}

function withInterval({ mean: value, low, high }: Interval, digits = 3): string {
  return `${show(value, digits)} [${show(low, digits)}, ${show(high, digits)}]`
}

function show(value: number, digits = 3): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–'
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)} %` : '–'
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}
