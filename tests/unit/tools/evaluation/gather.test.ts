import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { featureNames, maskNames } from '../../../../src-main/adapters/onnx/model-inputs.ts'
import { dumpMark } from '../../../../src-shared/contract/documents.ts'
import { mulberry32 } from '../../../../src-shared/domain/evaluation/random.ts'
import { momentsOfEvents, relevanceOf } from '../../../../src-shared/domain/evaluation/truth.ts'
import { MEL_PATCH } from '../../../../src-shared/domain/signal.ts'
import { decodeCurve, readEvidence } from '../../../../tools/evaluation/evidence.ts'
import { judgeEvidence, meanOf } from '../../../../tools/evaluation/judgement.ts'
import { readDump } from '../../../../tools/evaluation/read-dump.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-gather')
const [dumps, labels, runs] = ['dumps', 'labels', 'runs'].map((name) => join(folder, name)) as [string, string, string]
const slots = 401
const events = [30, 33, 80, 120, 160].map((t) => ({ t, kind: 'kill', weapon: 'rocket' }))
const relevance = relevanceOf(momentsOfEvents(events), slots)

function writeNpy(file: string, type: '<f4' | '|u1', shape: readonly number[], data: Float32Array | Uint8Array): void {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117) + '\n'
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0])
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  writeFileSync(file, Buffer.concat([start, Buffer.from(header), bytes]))
}

/** A dump in which loudness follows the truth, and everything else is noise. The first slot has no sound. */
function makeDump(name: string, seed: number): void {
  const random = mulberry32(seed)
  const into = join(dumps, name)
  mkdirSync(into, { recursive: true })
  const [signals, masks] = [featureNames.length, maskNames.length]
  const document = {
    ...{ kind: dumpMark, version: 1, program: '0', format: 1, slots, seconds: 200.4, cuts: [10.5], pictureTimes: [] },
    ...{ signals: featureNames, mask: maskNames },
  }
  writeFileSync(join(into, 'features.json'), JSON.stringify(document))
  const z = Float32Array.from({ length: slots * signals }, (_, i) =>
    i % signals === featureNames.indexOf('game:audio.rms')
      ? relevance[Math.floor(i / signals) >> 1]! + random()
      : random(),
  )
  const mask = Float32Array.from({ length: slots * masks }, (_, i) => Number(i > 0 && maskNames[i % masks] !== 'mic'))
  writeNpy(join(into, 'signals.npy'), '<f4', [slots, signals], z)
  writeNpy(join(into, 'mask.npy'), '<f4', [slots, masks], mask)
  // 125 is -50 dB in each of the 40 bands.
  writeNpy(join(into, 'mel.npy'), '|u1', [slots, 25, 40], new Uint8Array(slots * MEL_PATCH).fill(125))
  writeNpy(join(into, 'signals_score.npy'), '<f4', [slots], new Float32Array(slots).fill(0.25))
}

beforeAll(() => {
  for (const [i, name] of ['a1', 'a1-s0', 'b1', 'calm'].entries()) makeDump(name, i)
  mkdirSync(labels)
  for (const name of ['a1', 'b1']) writeFileSync(join(labels, `${name}.labels.json`), JSON.stringify({ name, events }))
  writeFileSync(join(labels, 'calm.labels.json'), JSON.stringify({ game: 'x', events: [{ t: 500, kind: 'kill' }] }))
  mkdirSync(join(runs, 'full'), { recursive: true })
  const scores = Array.from({ length: slots }, (_, i) => (relevance[i >> 1] ?? 0) / 10)
  const run = {
    ...{ variant: 'full', seed: 3, folds: { a1: 0, 'a1-s0': 0, b1: 1 } },
    scores: { a1: scores, 'a1-s0': scores, b1: scores, calm: scores },
  }
  writeFileSync(join(runs, 'full', '3.json'), JSON.stringify(run))
  writeFileSync(join(folder, 'maps.json'), JSON.stringify({ a1: 'A', b1: 'B' }))
})

test('a dump says what evidence needs', async () => {
  const dump = await readDump(join(dumps, 'a1'))
  expect(dump.signals.curves.map(({ id, track }) => [id, track])).toContainEqual(['audio.rms', 0])
  expect(dump.signals.curves.map(({ id, track }) => [id, track])).toContainEqual(['packet.rate', null])
  expect(dump.signals.curves).toHaveLength(14)
  expect(dump.loudness[0]).toBeNaN()
  expect(dump.loudness[1]).toBeCloseTo(-50 + 10 * Math.log10(40))
  expect(dump.noise[0]).toBeNaN()
  expect(dump.noise[1]).toBeGreaterThan(0)
})

test('evidence joins dumps, labels and runs', async () => {
  const out = join(folder, 'evaluation', 'evidence.json.gz')
  const tool = join(import.meta.dirname, '..', '..', '..', '..', 'tools', 'evaluation', 'gather-evidence.ts')
  const inputs = ['--dumps', dumps, '--labels', labels, '--runs', runs, '--maps', join(folder, 'maps.json')]
  const { stdout } = await promisify(execFile)(process.execPath, [tool, ...inputs, '--out', out])
  expect(stdout).toContain('4 recordings, 2 runs')
  // The only signal that says anything carries the built-in score.
  expect(stdout).toMatch(/audio\.rms 0\.[5-9]|audio\.rms 1\.0/)
  const evidence = await readEvidence(out)
  expect(evidence.matches.map(({ name, map, set }) => [name, map, set])).toEqual([
    ['a1', 'A', 'matches'],
    ['a1-s0', 'A', 'stream-like'],
    ['b1', 'B', 'matches'],
    ['calm', 'calm', 'quiet'],
  ])
  expect(decodeCurve(evidence.matches[0]!.loudness)[1]).toBeCloseTo(-34, 1)
  expect(evidence.matches[0]!.events[0]).toEqual({ t: 30, kind: 'kill' })
  const { model, baselines } = judgeEvidence(evidence)
  expect(model!.seeds).toBe(1)
  expect(meanOf(model!, 'averagePrecision')).toBeGreaterThan(0.9)
  expect(
    meanOf(
      baselines.find(({ name }) => name === 'signals')!,
      'averagePrecision',
    ),
  ).toBeGreaterThan(0.5)
}, 120_000)
