import { expect, test } from 'vitest'
import { askWhy } from '../../../../src-main/engine/ask-why.ts'
import { decoderSettings } from '../../../../src-main/stages/select/decoder-settings.ts'
import { ClutchcutError } from '../../../../src-shared/contract/errors.ts'
import type { Moment } from '../../../../src-shared/domain/causes.ts'
import { ticksFromSeconds } from '../../../../src-shared/domain/time.ts'
import { bump, makeSignals, noPictures } from '../../../helpers/make-signals.ts'

const seconds = 10_000
const scores = Array.from({ length: 2 * seconds }, (_, i) => 0.05 + bump(40, 0.5 + i / 1e5)(i % 80))
const input = { signals: makeSignals(2 * seconds, []), mel: [], pictures: noPictures, roles: [] }
const asked = (signal = new AbortController().signal) => ({
  ...{ scores, duration: ticksFromSeconds(seconds), settings: decoderSettings, signal },
})

test('asks for the best hundred moments, and keeps what it is told', async () => {
  let moments: readonly Moment[] = []
  const explain = async (_input: unknown, _scores: unknown, of: readonly Moment[]) => {
    moments = of
    return of.map((_, i) => (i === 1 ? null : { views: [{ ordinary: [], logit: i }], kinds: {} }))
  }
  const { causes, warning } = await askWhy({ explain }, input, asked())
  expect(moments).toHaveLength(100)
  expect(moments[0]!.peak).toBeGreaterThan(moments[99]!.peak)
  expect(causes.size).toBe(99)
  expect(causes.get(moments[2]!.peak)).toEqual({ views: [{ ordinary: [], logit: 2 }], kinds: {} })
  expect(warning).toBeNull()
})

test('a scorer that need not be asked, and a recording without moments', async () => {
  expect(await askWhy({}, input, asked())).toEqual({ causes: new Map(), warning: null })
  const explain = () => Promise.reject(new Error('not to be asked'))
  expect((await askWhy({ explain }, input, { ...asked(), scores: [] })).causes.size).toBe(0)
})

test('a model that fails costs the reasons, not the clips; an abort and a bug are neither', async () => {
  const failing = (error: Error) => ({ explain: () => Promise.reject(error) })
  const lost = await askWhy(failing(new ClutchcutError('inference/failed', 'It crashed.')), input, asked())
  expect(lost.causes.size).toBe(0)
  expect(lost.warning).toBe('The model could not say why it chose these moments. It crashed.')
  await expect(askWhy(failing(new TypeError('bug')), input, asked())).rejects.toThrow('bug')
  const stopped = asked(AbortSignal.abort(new Error('stop')))
  await expect(askWhy(failing(new ClutchcutError('inference/failed', 'x')), input, stopped)).rejects.toThrow('stop')
})
