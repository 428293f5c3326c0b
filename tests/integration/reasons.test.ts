import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { InferenceClient } from '../../src-main/adapters/onnx/client.ts'
import { findHighlightsModel } from '../../src-main/adapters/onnx/models.ts'
import { createOnnxScorer } from '../../src-main/adapters/onnx/onnx-scorer.ts'
import { signalsScorer } from '../../src-main/stages/score/signals-scorer.ts'
import { withSignals } from '../../src-main/stages/score/with-signals.ts'
import { backgrounds } from '../helpers/planted-sound.ts'
import { plantedCauses, plantedKinds, type Outcome } from '../helpers/planted-causes.ts'

const models = fileURLToPath(new URL('../../models', import.meta.url))
const entry = fileURLToPath(new URL('../../src-main/infer.ts', import.meta.url))
/** Of each kind, in each background. */
const variants = 7

describe('reasons of the highlights model', () => {
  const outcomes: Outcome[] = []
  const client = new InferenceClient({ fork: () => createNodeHostServices({ entryPath: () => entry }).fork('infer') })

  beforeAll(async () => {
    const { id, version, path, sha256, kinds } = (await findHighlightsModel(models))!
    const model = { modelPath: path, sha256, threads: 2 }
    const chooseDevice = async () => ({ used: 'cpu', fallbackReason: null }) as const
    const network = createOnnxScorer({ client, chooseDevice }, { id, version }, model, kinds)
    const scorer = withSignals(network, signalsScorer)
    for (const [i, background] of backgrounds.entries())
      outcomes.push(...(await plantedCauses(scorer, background, variants, 20 + i)))
  }, 600_000)
  afterAll(() => client.close())

  const share = (of: readonly Outcome[], right: (outcome: Outcome) => boolean): number =>
    of.filter(right).length / of.length
  const named = ({ first, wanted }: Outcome): boolean => first === wanted

  test('what was planted is named first in nine of ten stretches', () => {
    expect(outcomes).toHaveLength(plantedKinds.length * backgrounds.length * variants)
    expect(share(outcomes, named), JSON.stringify(outcomes.filter((one) => !named(one)))).toBeGreaterThanOrEqual(0.9)
  })

  test.each(plantedKinds)('%s: in eight of ten', (kind) => {
    const of = outcomes.filter((outcome) => outcome.kind === kind)
    expect(of.length).toBeGreaterThanOrEqual(20)
    expect(share(of, named), JSON.stringify(of.filter((one) => !named(one)))).toBeGreaterThanOrEqual(0.8)
  })

  test('what is loud or moves is named by what the score itself is made of', () => {
    const heard = outcomes.filter(({ kind }) => ['shout', 'explosion', 'motion'].includes(kind))
    expect(share(heard, ({ alone, wanted }) => alone === wanted)).toBeGreaterThanOrEqual(0.9)
  })
})
