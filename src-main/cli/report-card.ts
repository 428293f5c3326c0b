import { basename } from 'node:path'
import type { EvaluationDocument, MeasureName } from '../../src-shared/contract/evaluation-document.ts'
import { measureTexts } from '../../src-shared/domain/evaluation/measure.ts'
import { formatClock, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { formatTable } from './table.ts'

/** The columns of the table; precision and recall of the clips stand below it. */
const columns = [
  'averagePrecision',
  'lift',
  'hit5',
  'hit10',
  'ndcg10',
  'f30',
  'f50',
  'startHeld',
] as const satisfies readonly MeasureName[]
const mostListed = 20
/** Below this, a report says loudly that it is a guess. */
const fewMoments = 20

/** The report card of a recording for people. */
export function formatReportCard(document: EvaluationDocument): string {
  const { recording, model, labels, warnings } = document
  const good = labels.highlights.length
  const title = `${basename(recording.path)}: ${model.id} ${model.version} against ${plural(good, 'good moment')}`
  const share = `${percent(labels.share)} of ${clock(recording.duration)}, from ${basename(labels.path)}`
  const notes = [
    ...(labels.outside > 0 ? [`${plural(labels.outside, 'label')} after the end of the recording: left out.`] : []),
    ...warnings,
  ]
  return [
    `${title} (${share})\n`,
    table(document),
    clipsInWords(document),
    uncertainty(document),
    list(
      'Missed',
      document.misses.toSorted((a, b) => a.start - b.start),
      (miss) => {
        const names = miss.names.filter((name) => name !== '')
        return `${span(miss)}  ${names.length === 0 ? '' : `${summary(names)}, `}score at most ${miss.score.toFixed(2)}`
      },
    ),
    list('False alarms', document.falseAlarms, (clip) => `${span(clip)}  score ${clip.score.toFixed(2)}`),
    `What the numbers mean (all but lift are from 0 to 1, more is better)\n${formatTable(
      ...asTable(columns.map((name) => [measureTexts[name].name, measureTexts[name].meaning])),
    )}`,
    ...notes.map((note) => `Note: ${note}\n`),
  ].join('\n')
}

function table({ model, measures, baselines }: EvaluationDocument): string {
  const rows = [{ name: model.id, measures }, ...baselines].map((row) => [
    row.name,
    ...columns.map((name) => {
      const value = row.measures[name]
      return value === null ? '–' : value.toFixed(2)
    }),
  ])
  return formatTable(['', ...columns.map((name) => measureTexts[name].name)], rows)
}

function clipsInWords({ clips, labels, measures, found, selected, falseAlarms }: EvaluationDocument): string {
  const good = labels.highlights.length
  const fits = (share: number | null): number => Math.round((share ?? 0) * clips.length)
  const lead = measures.startBefore
  if (clips.length === 0) return 'Nothing stands out: there is no clip to judge.\n'
  return [
    `Of ${plural(clips.length, 'clip')}, ${fits(measures.precision30)} fit a good moment roughly, ${fits(measures.precision50)} well, and ${falseAlarms.length} show nothing that is marked.`,
    `They show at least half of ${found} of the ${plural(good, 'good moment')}.`,
    ...(lead === null ? [] : [`They start ${lead.toFixed(1)} s before what they are of (median).`]),
    `By itself the program would pick ${plural(selected.clips, 'clip')}: ${selected.found} of the good moments, ${plural(selected.falseAlarms, 'false alarm')}.\n`,
  ].join(' ')
}

function uncertainty({ labels, intervals, found }: EvaluationDocument): string {
  const good = labels.highlights.length
  const range = ([low, high]: EvaluationDocument['intervals']['found'], format: (value: number) => string): string =>
    low === null || high === null ? 'anything' : `${format(low)} to ${format(high)}`
  const few = good === 1 ? 'One good moment says little' : `${good} good moments are few`
  const sure = good < fewMoments ? few : `Even with ${good} good moments`
  return `How sure is that? ${sure}: in other recordings like this one, ${percent(found / good)} found may turn out as ${range(intervals.found, percent)}, and the average precision as ${range(intervals.averagePrecision, (value) => value.toFixed(2))}. Differences smaller than that mean nothing.\n`
}

function list<T>(title: string, items: readonly T[], line: (item: T) => string): string {
  if (items.length === 0) return `${title}: none\n`
  const rest = items.length - mostListed
  const more = rest > 0 ? [`and ${rest} more (--json lists them all)`] : []
  return `${title}: ${items.length}\n${[...items.slice(0, mostListed).map(line), ...more].map((one) => `  ${one}\n`).join('')}`
}

/** `kill ×3, award` */
function summary(names: readonly string[]): string {
  const counts = Map.groupBy(names, (name) => name)
  return [...counts].map(([name, all]) => (all.length === 1 ? name : `${name} ×${all.length}`)).join(', ')
}

function asTable(rows: string[][]): [string[], string[][]] {
  const [first = [], ...rest] = rows
  return [first, rest]
}

function span({ start, end }: { start: number; end: number }): string {
  return `${clock(start)} to ${clock(end)}`
}

function clock(seconds: number): string {
  return formatClock(ticksFromSeconds(seconds))
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function plural(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}
