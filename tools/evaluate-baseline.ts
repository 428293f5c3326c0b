import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { weighSignals, measuredWeighing, type Weighing } from '../src-main/stages/score/weigh-signals.ts'
import { curveSpecs, findCurve } from '../src-shared/domain/signal.ts'
import { testRunner } from '../tests/helpers/ffmpeg.ts'
import { fitWeights } from './evaluation/fit-weights.ts'
import { measureRecording, type Measured } from './evaluation/measure-recording.ts'
import {
  averagePrecision,
  bootstrap,
  highlightsOf,
  hitRate,
  mulberry32,
  positiveSeconds,
  relevance,
  type Highlight,
} from './evaluation/protocol.ts'

/**
 * Measures the built-in score on matches whose engine logged the events, beside plain baselines, and fits its weights
 * leaving one map out at a time. `models/signals.md` keeps the result.
 *
 * Usage: node tools/evaluate-baseline.ts LABELS-FOLDER VIDEO-FOLDER…   (NAME.labels.json beside NAME.mp4; one map each)
 */
interface Match extends Measured {
  readonly name: string
  readonly seconds: number
  readonly highlights: readonly Highlight[]
  /** By second, and by slot. */
  readonly positiveSeconds: readonly boolean[]
  readonly positive: readonly boolean[]
}

const labelsSchema = z.object({ name: z.string(), events: z.array(z.object({ t: z.number(), kind: z.string() })) })
/** Seconds of evidence to average: about a fight. */
const window = 6
/** How bright, rich in contrast or colourful the picture is tells where on a map somebody stands, and not what happens. */
const ids = curveSpecs.map(({ id }) => id).filter((id) => !/luma|variance|saturation|cut/.test(id))

const [labelsFolder, ...videoFolders] = process.argv.slice(2)
if (labelsFolder === undefined || videoFolders.length === 0) {
  throw new Error('Usage: node tools/evaluate-baseline.ts LABELS-FOLDER VIDEO-FOLDER…')
}
const matches = await readMatches(labelsFolder, videoFolders)
const results = new Map<string, number[][]>()
for (const match of matches) {
  const rest = matches.filter((other) => other !== match)
  const loudness = findCurve(match.signals, 'audio.rms', 0)!
  note('random', averageOfRandom(match))
  note('evenly spaced', measure(match, everyMinute(match)))
  note('loudness', measure(match, loudness.values))
  note('loudness against ±3 min', measure(match, loudness.z))
  note('scene change', measure(match, findCurve(match.signals, 'picture.histogram')!.values))
  note('signals, fitted on the other maps', measure(match, scoreOf(match, fitWeights(rest, ids, window))))
  note('signals, as shipped', measure(match, scoreOf(match, measuredWeighing)))
}

const prior = matches.map(({ positiveSeconds: p }) => p.filter(Boolean).length / p.length)
console.log(`${matches.length} matches: ${matches.map((m) => m.name).join(', ')}`)
console.log(`Share of highlight seconds: ${show(prior)}\n`)
console.log('| score | average precision | lift | hit@5 | hit@10 |\n|---|---|---|---|---|')
for (const [name, rows] of results) {
  const column = (k: number): number[] => rows.map((row) => row[k]!)
  const lift = column(0).map((ap, i) => ap / prior[i]!)
  console.log(`| ${name} | ${show(column(0))} | ${show(lift)} | ${show(column(1))} | ${show(column(2))} |`)
}
const all = fitWeights(matches, ids, window)
console.log(`\nFitted on all: ${all.seconds} s, scale ${all.scale.toFixed(2)}, bias ${all.bias.toFixed(2)}`)
for (const { id, weight } of all.weights) console.log(`  ${id} ${weight.toFixed(3)}`)

async function readMatches(labels: string, folders: readonly string[]): Promise<Match[]> {
  const runner = await testRunner()
  const found: Match[] = []
  for (const folder of folders) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.mp4')).sort()) {
      const name = file.slice(0, -'.mp4'.length)
      if (found.some((match) => match.name === name)) continue
      const { events } = labelsSchema.parse(JSON.parse(await readFile(join(labels, `${name}.labels.json`), 'utf8')))
      const measured = await measureRecording(runner, resolve(folder, file))
      const seconds = Math.floor(measured.signals.length / 2)
      const highlights = highlightsOf(relevance(events, seconds))
      const bySecond = positiveSeconds(highlights, seconds)
      const positive = Array.from({ length: measured.signals.length }, (_, i) => bySecond[i >> 1] ?? false)
      found.push({ ...measured, name, seconds, highlights, positiveSeconds: bySecond, positive })
    }
  }
  return found
}

function note(name: string, row: number[]): void {
  const rows = results.get(name) ?? []
  rows.push(row)
  results.set(name, rows)
}

/** Average precision, hit@5 and hit@10 of a 2 Hz curve. */
function measure({ seconds, highlights, positiveSeconds: positive }: Match, curve: ArrayLike<number>): number[] {
  const bySecond = Array.from({ length: seconds }, (_, s) => (curve[2 * s]! + curve[2 * s + 1]!) / 2)
  const hits = [5, 10].map((k) => hitRate(bySecond, highlights, k))
  return [averagePrecision(bySecond, positive), ...hits]
}

function scoreOf({ signals, roles }: Match, weighing: Weighing): Float32Array {
  return weighSignals({ signals, roles }, weighing)
}

function averageOfRandom(match: Match): number[] {
  const random = mulberry32(7)
  const rows = Array.from({ length: 20 }, () =>
    measure(match, Float32Array.from(match.signals.curves[0]!.values, random)),
  )
  return [0, 1, 2].map((k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length)
}

function everyMinute({ signals }: Match): Float32Array {
  return Float32Array.from({ length: signals.length }, (_, i) => -Math.abs((i % 60) - 30))
}

function show(values: readonly number[]): string {
  const { mean, low, high } = bootstrap(values)
  const digits = mean >= 1 ? 2 : 3
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`
}
