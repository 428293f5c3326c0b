import { describe, expect, test } from 'vitest'
import { explainMoments } from '../../../../../src-main/adapters/onnx/explain-moments.ts'
import type { InferenceCall, Tensors, ValueInfo } from '../../../../../src-main/adapters/onnx/messages.ts'
import { allInputs, featureNames } from '../../../../../src-main/adapters/onnx/model-inputs.ts'
import { addsOf } from '../../../../../src-shared/domain/causes.ts'
import type { ScoreInput } from '../../../../../src-shared/domain/score.ts'
import { PICTURE_BYTES, TICKS_PER_SLOT } from '../../../../../src-shared/domain/signal.ts'
import { bump, makeSignals } from '../../../../helpers/make-signals.ts'

const session = { modelPath: '/m.onnx', sha256: null, provider: 'cpu', threads: 1 } as const
const batched = allInputs.map(({ name, type, shape }) => ({
  ...{ name, type },
  shape: name === 'pictures' ? shape : ['batch', ...shape.slice(1)],
}))

/** At slot 300 the game gets loud, the microphone a little, and the 100th of the pictures (one a second) is bright. */
function recording(length = 600): ScoreInput {
  const signals = makeSignals(length, [
    { id: 'audio.rms', track: 0, z: bump(300, 4) },
    { id: 'audio.rms', track: 1, z: bump(300, 1) },
    { id: 'packet.rate', z: () => 0 },
  ])
  const read = async (first: number, count: number): Promise<Uint8Array> =>
    Uint8Array.from({ length: count * 1000 }, (_, i) => (first + Math.floor(i / 1000) === 300 ? 200 : 100))
  const times = Array.from({ length: length / 2 }, (_, i) => 2 * i * TICKS_PER_SLOT)
  const picture = (i: number): Uint8Array => new Uint8Array(PICTURE_BYTES).fill(i === 150 ? 250 : 50)
  const readPictures = async (first: number, count: number): Promise<Uint8Array> => {
    const out = new Uint8Array(count * PICTURE_BYTES)
    for (let i = 0; i < count; i++) out.set(picture(first + i), i * PICTURE_BYTES)
    return out
  }
  return {
    signals,
    mel: [{ track: 0, read }],
    pictures: { times, read: readPictures },
    roles: ['game', 'mic'],
  }
}

/** Adds up, of each slot, loudness of the game (1 each), of the microphone (-1), the sound's first byte and the picture's (0.01). */
function additive({ signals, mel, pictures, picture_index: index }: Tensors): number[] {
  const [rows, slots] = [signals!.dims[0]!, signals!.dims[1]!]
  const column = (name: string): number => featureNames.indexOf(name)
  return Array.from({ length: rows * slots }, (_, i) => {
    const z = (name: string): number => Number(signals!.data[i * featureNames.length + column(name)])
    const seen = Number(pictures!.data[Number(index!.data[i]) * PICTURE_BYTES])
    return z('game:audio.rms') - z('mic:audio.rms') + Number(mel!.data[i * 1000]) / 100 + seen / 100
  })
}

function fakeClient(inputs: readonly ValueInfo[] = batched) {
  const runs: Tensors[] = []
  const call = async (asked: InferenceCall): Promise<unknown> => {
    if (asked.kind !== 'run') return { kind: 'load', inputs, outputs: [] }
    runs.push(asked.feeds)
    const [rows, slots] = asked.feeds['signals']!.dims as [number, number]
    const logits = { type: 'float32', dims: [rows, slots], data: Float32Array.from(additive(asked.feeds)) }
    const kinds = Float32Array.from({ length: rows * slots * 2 }, (_, i) => (i % 2 === 1 && i < 2 * slots ? 0.7 : 0.1))
    return {
      kind: 'run',
      milliseconds: 1,
      outputs: { logits, kinds: { type: 'float32', dims: [rows, slots, 2], data: kinds } },
    }
  }
  return { runs, call: call as never }
}
const flat = (length: number): Float32Array => new Float32Array(length).fill(0.1)
const moment = { peak: 300, from: 297, to: 303 }

describe('what each cause adds', () => {
  test('of a model that adds up, exactly its part', async () => {
    const client = fakeClient()
    const [found] = await explainMoments({ client, session, kinds: ['kill', 'award'] }, recording(), flat(600), [
      moment,
    ])
    const mean = (of: (slot: number) => number): number => {
      let sum = 0
      for (let i = 297; i <= 303; i++) sum += of(i)
      return sum / 7
    }
    expect(addsOf(found!).game).toBeCloseTo(mean(bump(300, 4)) + 1 / 7, 4)
    expect(addsOf(found!).voice).toBeCloseTo(-mean(bump(300, 1)), 4)
    // Shown from its own second to the next picture's: two of the seven slots, of which the first is half a second early.
    expect(addsOf(found!).screen).toBeCloseTo((2 * 2) / 7, 4)
    expect(addsOf(found!).movement).toBeUndefined()
    expect(found!.kinds).toEqual({ kill: Math.fround(0.1), award: Math.fround(0.7) })
    expect(client.runs).toHaveLength(1)
    expect(client.runs[0]!['signals']!.dims[0]).toBe(8)
  })

  test('a model that takes one recording at a time gives the same, row by row', async () => {
    const [one, many] = [fakeClient(allInputs), fakeClient()]
    const ask = (client: ReturnType<typeof fakeClient>) =>
      explainMoments({ client, session, kinds: [] }, recording(), flat(600), [moment])
    expect(await ask(one)).toEqual(await ask(many))
    expect(one.runs).toHaveLength(8)
    expect(one.runs.every((feeds) => feeds['mel']!.dims[0] === 1)).toBe(true)
  })

  test('what is compared with is an ordinary stretch, and a recording without one has no answer', async () => {
    const scores = flat(600).fill(0.9, 0, 250)
    const client = fakeClient()
    await explainMoments({ client, session, kinds: [] }, recording(), scores, [moment])
    // Everything ordinary: what is shown around the moment is as quiet as elsewhere.
    const { data, dims } = client.runs[0]!['signals']!
    const row = data.slice(dims[1]! * featureNames.length, 2 * dims[1]! * featureNames.length)
    expect(Math.max(...Array.from(row, Number))).toBe(0)
    const short = { ...recording(600), signals: recording(40).signals }
    expect(
      await explainMoments({ client, session, kinds: [] }, short, flat(40), [{ peak: 20, from: 19, to: 21 }]),
    ).toEqual([null])
  })

  test('at the edges of a recording', async () => {
    const client = fakeClient()
    const edges = [0, 599].map((peak) => ({ peak, from: Math.max(0, peak - 2), to: Math.min(599, peak + 2) }))
    const found = await explainMoments({ client, session, kinds: ['kill', 'award'] }, recording(), flat(600), edges)
    for (const one of found) expect(Object.values(addsOf(one!)).every(Number.isFinite)).toBe(true)
  })

  test('values that are not numbers are a failure, and so is an abort', async () => {
    const client = fakeClient()
    const call = client.call as (asked: InferenceCall) => Promise<{ outputs?: Tensors }>
    const broken = async (asked: InferenceCall): Promise<unknown> => {
      const answer = await call(asked)
      if (asked.kind === 'run') answer.outputs!['logits']!.data[3] = Number.NaN
      return answer
    }
    const asking = { session, kinds: [] }
    await expect(
      explainMoments({ ...asking, client: { call: broken as never } }, recording(), flat(600), [moment]),
    ).rejects.toMatchObject({ code: 'inference/failed' })
    const stopped = AbortSignal.abort(new Error('stop'))
    await expect(
      explainMoments({ ...asking, client: fakeClient() }, recording(), flat(600), [moment], { signal: stopped }),
    ).rejects.toThrow('stop')
  })
})
