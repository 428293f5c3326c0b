import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'

/**
 * What the published figures are made of: what happened in each match, what simpler ways to pick moments would say, and
 * what each network scored on matches it had not seen. `models/highlights/evaluation/README.md` explains it.
 */

/** A curve of two values a second: whole numbers of 1/scale, each as the difference to the known one before it. */
const curveSchema = z.object({ scale: z.int().positive(), deltas: z.array(z.int().nullable()) })
export type Curve = z.infer<typeof curveSchema>

export const sets = ['matches', 'stream-like', 'quiet'] as const
export type SetName = (typeof sets)[number]

const matchSchema = z.object({
  name: z.string().min(1),
  map: z.string().min(1),
  game: z.string().min(1),
  /** `stream-like`: a copy of a match with what streams have; `quiet`: nothing happens in it. */
  set: z.enum(sets),
  slots: z.int().positive(),
  /** Of the recording, and of its scene changes. */
  seconds: z.number().positive(),
  cuts: z.array(z.number()),
  events: z.array(z.object({ t: z.number(), kind: z.string() })),
  /** Loudness and speech as z-scores, together: where a clip may begin. */
  noise: curveSchema,
  loudness: curveSchema,
  loudnessZ: curveSchema,
  sceneChange: curveSchema,
  /** Probabilities of the built-in score, its weights fitted on all other maps, and as shipped. */
  signals: curveSchema,
  signalsShipped: curveSchema,
})

const runSchema = z.object({
  /** `full` is the model; the others leave something out. */
  variant: z.string().min(1),
  seed: z.int().nonnegative(),
  /** By match: the part that was kept from the network which scored it. */
  folds: z.record(z.string(), z.int().nonnegative()),
  /** By match: probability of each half second. */
  scores: z.record(z.string(), curveSchema),
})

const evidenceSchema = z.object({
  kind: z.literal('clutchcut-evaluation'),
  version: z.literal(1),
  matches: z.array(matchSchema).min(1),
  runs: z.array(runSchema),
})

export type EvidenceMatch = z.infer<typeof matchSchema>
export type EvidenceRun = z.infer<typeof runSchema>
export type Evidence = z.infer<typeof evidenceSchema>

/** Values that are not finite are unknown. */
export function encodeCurve(values: ArrayLike<number>, scale: number): Curve {
  let last = 0
  const deltas = Array.from(values, (value) => {
    if (!Number.isFinite(value)) return null
    const delta = Math.round(value * scale) - last
    last += delta
    return delta
  })
  return { scale, deltas }
}

export function decodeCurve({ scale, deltas }: Curve): Float64Array {
  let last = 0
  return Float64Array.from(deltas, (delta) => (delta === null ? Number.NaN : (last += delta) / scale))
}

/** @throws Error when the file is no evidence, or contradicts itself. */
export async function readEvidence(path: string): Promise<Evidence> {
  const text = (await promisify(gunzip)(await readFile(path))).toString('utf8')
  const evidence = evidenceSchema.parse(JSON.parse(text))
  checkEvidence(evidence)
  return evidence
}

/** The same evidence gives the same bytes. @throws Error when it contradicts itself. */
export async function writeEvidence(path: string, evidence: Evidence): Promise<number> {
  checkEvidence(evidence)
  const bytes = await promisify(gzip)(`${JSON.stringify(evidence)}\n`, { level: 9 })
  // The system that packed it, which differs from machine to machine.
  bytes[9] = 255
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.partial`, bytes)
  await rename(`${path}.partial`, path)
  return bytes.length
}

/**
 * Curves are as long as their match, every score is of a match that is there and was kept from its network, and no map
 * is in two folds of a run: a network that has seen a map must not be judged on it.
 */
export function checkEvidence({ matches, runs }: Evidence): void {
  const byName = new Map(matches.map((match) => [match.name, match]))
  if (byName.size < matches.length) throw new Error('Two matches have the same name.')
  for (const match of matches) {
    for (const what of ['noise', 'loudness', 'loudnessZ', 'sceneChange', 'signals', 'signalsShipped'] as const) {
      const { length } = match[what].deltas
      if (length !== match.slots) throw new Error(`${match.name}: ${what} has ${length} of ${match.slots} slots.`)
    }
  }
  for (const { variant, seed, folds, scores } of runs) {
    const run = `run "${variant}", seed ${seed}`
    const foldOfMap = new Map<string, number>()
    for (const [name, { deltas }] of Object.entries(scores)) {
      const match = byName.get(name)
      if (!match) throw new Error(`${run}: there is no match ${name}.`)
      if (deltas.length !== match.slots)
        throw new Error(`${run}: ${deltas.length} scores for ${match.slots} slots of ${name}.`)
      const fold = folds[name]
      if (fold === undefined && match.set !== 'quiet') throw new Error(`${run}: ${name} has no fold.`)
      if (fold === undefined) continue
      if ((foldOfMap.get(match.map) ?? fold) !== fold) throw new Error(`${run}: the map ${match.map} is in two folds.`)
      foldOfMap.set(match.map, fold)
    }
  }
}
