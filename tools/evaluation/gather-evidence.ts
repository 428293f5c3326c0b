import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { weighSignals, type Weighing } from '../../src-main/stages/score/weigh-signals.ts'
import { joinScores } from '../../src-main/stages/score/with-signals.ts'
import { eventWeights, momentsOfEvents, truthOf } from '../../src-shared/domain/evaluation/truth.ts'
import { curveSpecs } from '../../src-shared/domain/signal.ts'
import {
  decodeCurve,
  encodeCurve,
  writeEvidence,
  type EvidenceMatch,
  type EvidenceRun,
  type SetName,
} from './evidence.ts'
import { fitWeights, type Example } from './fit-weights.ts'
import { readDump, type Dump } from './read-dump.ts'

/**
 * Makes `evidence.json.gz` of what `clutchcut analyze --dump-features` wrote (a folder NAME for each recording), of event
 * logs (NAME.labels.json: name, game, events with t and kind) and of the trainer's runs (RUNS/VARIANT/SEED.json). Also
 * fits the weights of the built-in score, leaving one map out at a time, and prints them for all maps.
 *
 * Usage: node tools/evaluation/gather-evidence.ts --dumps FOLDER --labels FOLDER --out FILE [--runs FOLDER] [--maps FILE]
 *
 * --maps names a JSON file { match: map }; without it, a match without `map` in its labels is a map of its own. A recording
 * called NAME-s0, NAME-s1 … is a stream-like copy of the match NAME and has its labels, unless it has some of its own; one without any event that counts
 * is a quiet one.
 */
interface Source {
  readonly name: string
  readonly map: string
  readonly game: string
  readonly set: SetName
  readonly events: readonly { t: number; kind: string }[]
  readonly dump: Dump
}

const labelsSchema = z.object({
  game: z.string().default('unknown'),
  map: z.string().optional(),
  events: z.array(z.object({ t: z.number(), kind: z.string() })),
})
const runSchema = z.object({
  variant: z.string(),
  seed: z.int(),
  folds: z.record(z.string(), z.int()),
  scores: z.record(z.string(), z.array(z.number().min(0).max(1))),
})
const copyMark = /-s\d+$/
/** Seconds of evidence that the built-in score averages: about a fight. */
const fitSeconds = 6
/** How bright, rich in contrast or colourful the picture is tells where on a map somebody stands, and not what happens. */
const fitIds = curveSpecs.map(({ id }) => id).filter((id) => !/luma|variance|saturation|cut/.test(id))
/** Larger files do not belong into a repository. */
const mostBytes = 1_500_000

const { values: options } = parseArgs({
  options: {
    dumps: { type: 'string' },
    labels: { type: 'string' },
    out: { type: 'string' },
    runs: { type: 'string' },
    maps: { type: 'string' },
  },
})
if (options.dumps === undefined || options.labels === undefined || options.out === undefined) {
  throw new Error('Usage: gather-evidence.ts --dumps FOLDER --labels FOLDER --out FILE [--runs FOLDER] [--maps FILE]')
}
const maps =
  options.maps === undefined
    ? {}
    : z.record(z.string(), z.string()).parse(JSON.parse(await readFile(options.maps, 'utf8')))
const sources = await readSources(options.dumps, options.labels)
const fitted = new Map<string, Weighing>()
const matches = sources.map(matchOf)
const runs = options.runs === undefined ? [] : (await readRuns(options.runs)).flatMap(asShipped)
const bytes = await writeEvidence(options.out, { kind: 'clutchcut-evaluation', version: 1, matches, runs })
console.log(`${matches.length} recordings, ${runs.length} runs, ${Math.round(bytes / 1024)} kB: ${options.out}`)
if (bytes > mostBytes)
  console.log(`That is more than ${mostBytes / 1e6} MB, too much to commit: leave out seeds of ablations.`)
const all = fit(sources)
console.log(
  `Built-in score fitted on all maps: ${all.seconds} s, scale ${all.scale.toFixed(2)}, bias ${all.bias.toFixed(2)}`,
)
for (const { id, weight } of all.weights) console.log(`  ${id} ${weight.toFixed(3)}`)

async function readSources(dumps: string, labels: string): Promise<Source[]> {
  const found: Source[] = []
  for (const name of (await readdir(dumps)).toSorted()) {
    const match = name.replace(copyMark, '')
    // A copy into which something was inserted has labels of its own.
    const own = join(labels, `${name}.labels.json`)
    const file = (await stat(own).catch(() => null)) === null ? join(labels, `${match}.labels.json`) : own
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new Error(`There are no labels ${file} for the dump ${name}.`, { cause: error })
    })
    const truth = labelsSchema.parse(JSON.parse(text))
    const dump = await readDump(join(dumps, name))
    const events = truth.events.filter(({ t }) => t < dump.seconds).map(({ t, kind }) => ({ t, kind }))
    const isQuiet = eventWeights(events).every(({ weight }) => weight === 0)
    found.push({
      ...{ name, game: truth.game, events, dump, map: maps[match] ?? truth.map ?? match },
      set: isQuiet ? 'quiet' : match === name ? 'matches' : 'stream-like',
    })
  }
  return found
}

async function readRuns(folder: string): Promise<EvidenceRun[]> {
  const found: EvidenceRun[] = []
  for (const variant of (await readdir(folder)).toSorted()) {
    for (const file of (await readdir(join(folder, variant))).filter((name) => name.endsWith('.json')).toSorted()) {
      const run = runSchema.parse(JSON.parse(await readFile(join(folder, variant, file), 'utf8')))
      // Four decimals, as `analyze --json` prints.
      const scores = Object.entries(run.scores).map(([name, values]) => [name, encodeCurve(values, 10_000)])
      found.push({ ...run, scores: Object.fromEntries(scores) as EvidenceRun['scores'] })
    }
  }
  return found
}

/** The program joins the network's score with that of the signals; the network alone is one ablation more. */
function asShipped(run: EvidenceRun): EvidenceRun[] {
  if (run.variant !== 'full') return [run]
  const joined = Object.entries(run.scores).map(([name, scores]) => {
    const signals = matches.find((match) => match.name === name)!.signals
    const both = joinScores(Float32Array.from(decodeCurve(scores)), Float32Array.from(decodeCurve(signals)))
    return [name, encodeCurve([...both], 10_000)]
  })
  return [
    { ...run, scores: Object.fromEntries(joined) as EvidenceRun['scores'] },
    { ...run, variant: 'network alone' },
  ]
}

function matchOf({ name, map, game, set, events, dump }: Source): EvidenceMatch {
  const change = dump.signals.curves.find(({ id }) => id === 'picture.histogram')
  const loud = dump.signals.curves.find(({ id }) => id === 'audio.rms')
  const z = (curve: typeof change): number[] =>
    Array.from({ length: dump.slots }, (_, i) => (curve?.valid[i] === 1 ? curve.z[i]! : Number.NaN))
  return {
    ...{ name, map, game, set, slots: dump.slots, seconds: dump.seconds, cuts: [...dump.cuts], events: [...events] },
    noise: encodeCurve(dump.noise, 20),
    loudness: encodeCurve(dump.loudness, 10),
    loudnessZ: encodeCurve(z(loud), 100),
    sceneChange: encodeCurve(z(change), 100),
    signals: encodeCurve(weigh(dump, fitWithout(map)), 10_000),
    signalsShipped: encodeCurve(dump.signalsScore, 10_000),
  }
}

function fitWithout(map: string): Weighing {
  const known = fitted.get(map)
  if (known) return known
  const others = sources.filter((source) => source.map !== map)
  if (others.length === 0) throw new Error(`All matches are on ${map}. The built-in score is fitted on other maps.`)
  const made = fit(others)
  fitted.set(map, made)
  return made
}

/** On matches as they are: what streams add is not among what the built-in score was made for. */
function fit(from: readonly Source[]): Weighing {
  const examples = from.filter(({ set }) => set === 'matches').map(exampleOf)
  return fitWeights(examples, fitIds, fitSeconds)
}

function exampleOf({ dump, events }: Source): Example {
  const { positive } = truthOf(momentsOfEvents(events), dump.slots >> 1, 'top')
  return { signals: dump.signals, positive: Array.from({ length: dump.slots }, (_, i) => positive[i >> 1] ?? false) }
}

function weigh({ signals }: Dump, weighing: Weighing): Float32Array {
  return weighSignals({ signals, roles: ['game'] }, weighing)
}
