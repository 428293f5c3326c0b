import { describe, expect, test } from 'vitest'
import type { InferenceCall, InferenceResult, ValueInfo } from '../../../../../src-main/adapters/onnx/messages.ts'
import {
  allInputs,
  buildFeeds,
  checkModelShape,
  featureNames,
} from '../../../../../src-main/adapters/onnx/model-inputs.ts'
import { chunkSlots, contextSlots, createOnnxScorer } from '../../../../../src-main/adapters/onnx/onnx-scorer.ts'
import { ClutchcutError } from '../../../../../src-shared/contract/errors.ts'
import type { DeviceUse } from '../../../../../src-shared/contract/segment.ts'
import type { ScoreInput } from '../../../../../src-shared/domain/score.ts'
import { makeSignals, noPictures } from '../../../../helpers/make-signals.ts'

const inputs: ValueInfo[] = [
  { name: 'mel', type: 'uint8', shape: [1, 'slots', 25, 40] },
  { name: 'signals', type: 'float32', shape: [1, 'slots', featureNames.length] },
  { name: 'mask', type: 'float32', shape: [1, 'slots', 4] },
]
const outputs: ValueInfo[] = [{ name: 'logits', type: 'float32', shape: [1, 'slots'] }]
const model = { modelPath: '/m.onnx', sha256: null, threads: 1 }
const ref = { id: 'highlights', version: '1.0.0' }

function recording(length: number): ScoreInput {
  const signals = makeSignals(length, [
    { id: 'audio.rms', track: 0, z: (i) => Math.sin(i) * 20 },
    { id: 'audio.rms', track: 1, z: (i) => (i % 7) - 3, valid: (i) => i % 2 === 0 },
    { id: 'picture.luma', z: () => Number.NaN },
    { id: 'packet.rate', z: (i) => i / length },
  ])
  const read = async (first: number, count: number): Promise<Uint8Array> =>
    Uint8Array.from({ length: count * 1000 }, (_, i) => (first + Math.floor(i / 1000)) % 256)
  return { signals, mel: [{ track: 0, read }], pictures: noPictures, roles: ['game', 'mic'] }
}

/** A model that sums the packet rate over its whole view of `contextSlots` to each side. */
function fakeClient(fail: (provider: string) => Error | undefined = () => undefined) {
  const calls: InferenceCall[] = []
  return {
    calls,
    async call<K extends InferenceResult['kind']>(call: Extract<InferenceCall, { kind: K }>) {
      const asked: InferenceCall = call
      calls.push(asked)
      if (asked.kind === 'load')
        return { kind: 'load', inputs, outputs } as unknown as Extract<InferenceResult, { kind: K }>
      if (asked.kind !== 'run') throw new Error('unexpected')
      const error = fail(asked.session.provider)
      if (error) throw error
      const signals = asked.feeds['signals']!.data as Float32Array
      const slots = asked.feeds['signals']!.dims[1]!
      const rate = (i: number): number => signals[i * featureNames.length + featureNames.indexOf('packet.rate')] ?? 0
      const data = Float32Array.from({ length: slots }, (_, i) => {
        let sum = 0
        for (let k = -contextSlots; k <= contextSlots; k++) sum += i + k >= 0 && i + k < slots ? rate(i + k) : 0
        return sum / 100 - 1
      })
      const run = { kind: 'run', outputs: { logits: { type: 'float32', dims: [1, slots], data } }, milliseconds: 1 }
      return run as unknown as Extract<InferenceResult, { kind: K }>
    },
  }
}

const chosen = (use: DeviceUse) => async (): Promise<DeviceUse> => use
const onCpu = chosen({ used: 'cpu', fallbackReason: null })

describe('the model’s inputs', () => {
  test('columns, masks, limits and several tracks', async () => {
    const feeds = await buildFeeds(recording(40), inputs, 10, 20)
    expect(feeds['mel']!.dims).toEqual([1, 10, 25, 40])
    expect(feeds['mel']!.data[0]).toBe(10)
    const signals = feeds['signals']!.data as Float32Array
    const at = (slot: number, name: string): number => signals[slot * featureNames.length + featureNames.indexOf(name)]!
    expect(at(0, 'game:audio.rms')).toBe(-8)
    expect(at(0, 'mic:audio.rms')).toBe(0)
    expect(at(2, 'mic:audio.rms')).toBe(2)
    expect(at(0, 'picture.luma')).toBe(0)
    expect([...(feeds['mask']!.data as Float32Array).subarray(0, 8)]).toEqual([1, 1, 0, 1, 1, 0, 0, 1])
  })

  test('float models get the spectrogram from 0 to 1, and the microphone where they ask for it', async () => {
    const wanted: ValueInfo[] = [
      { name: 'mel', type: 'float32', shape: [1, 'slots', 25, 40] },
      { name: 'mel_mic', type: 'uint8', shape: [1, 'slots', 25, 40] },
    ]
    const feeds = await buildFeeds(recording(40), wanted, 20, 21)
    expect(feeds['mel']!.data[0]).toBeCloseTo(20 / 255)
    expect((feeds['mel_mic']!.data as Uint8Array).every((byte) => byte === 0)).toBe(true)
  })

  test.each<[string, ValueInfo[], ValueInfo[], RegExp]>([
    ['a missing input', inputs.slice(1), outputs, /mel is missing/],
    [
      'another number of features',
      [inputs[0]!, { ...inputs[1]!, shape: [1, 'slots', 7] }, inputs[2]!],
      outputs,
      /signals has the shape \[1, slots, 7\]/,
    ],
    [
      'a fixed length',
      [{ ...inputs[0]!, shape: [1, 100, 25, 40] }, ...inputs.slice(1)],
      outputs,
      /shape \[1, 100, 25, 40\]/,
    ],
    ['another type', [{ ...inputs[0]!, type: 'int64' }, ...inputs.slice(1)], outputs, /type int64/],
    [
      'an unknown input',
      [...inputs, { name: 'chat', type: 'float32', shape: [1, 'slots'] }],
      outputs,
      /chat is unknown/,
    ],
    ['no logits', inputs, [{ ...outputs[0]!, name: 'scores' }], /logits is missing/],
    ['logits of another shape', inputs, [{ ...outputs[0]!, shape: [1, 'slots', 2] }], /logits has the shape/],
    [
      'pictures of another size',
      [...inputs, { name: 'pictures', type: 'uint8', shape: ['pictures', 6912] }],
      outputs,
      /pictures has the shape \[pictures, 6912\]/,
    ],
    [
      'pictures as floats',
      [...inputs, { name: 'pictures', type: 'float32', shape: ['pictures', 21_600] }],
      outputs,
      /pictures has the type float32/,
    ],
    [
      'a fixed number of pictures',
      [...inputs, { name: 'pictures', type: 'uint8', shape: [1, 21_600] }],
      outputs,
      /pictures has the shape/,
    ],
    [
      'indices as floats',
      [...inputs, { name: 'picture_index', type: 'float32', shape: [1, 'slots'] }],
      outputs,
      /picture_index has the type float32/,
    ],
    [
      'ages of another shape',
      [...inputs, { name: 'picture_age', type: 'float32', shape: [1, 'slots', 1] }],
      outputs,
      /picture_age has the shape/,
    ],
    [
      'bounds of another shape',
      inputs,
      [...outputs, { name: 'bounds', type: 'float32', shape: [1, 'slots'] }],
      /bounds has the shape/,
    ],
    [
      'kinds that nobody named',
      inputs,
      [...outputs, { name: 'kinds', type: 'float32', shape: [1, 'slots', 3] }],
      /kinds has the shape \[1, slots, 3\]/,
    ],
  ])('a model with %s is refused', (_what, ins, outs, message) => {
    expect(() => checkModelShape(ins, outs)).toThrow(message)
  })

  test('named kinds must be there, as many as names', () => {
    const kinds: ValueInfo = { name: 'kinds', type: 'float32', shape: [1, 'slots', 2] }
    expect(() => checkModelShape(inputs, [...outputs, kinds], ['kill', 'death'])).not.toThrow()
    expect(() => checkModelShape(inputs, [...outputs, kinds], ['kill'])).toThrow(/kinds has the shape/)
    expect(() => checkModelShape(inputs, outputs, ['kill'])).toThrow(/kinds is missing/)
  })

  test('the documented shape is accepted', () => {
    expect(() => checkModelShape(inputs, outputs)).not.toThrow()
    const batch = inputs.map((input) => ({ ...input, shape: ['batch', ...input.shape.slice(1)] }))
    expect(() => checkModelShape(batch, outputs)).not.toThrow()
    expect(() => checkModelShape(allInputs, outputs)).not.toThrow()
  })
})

describe('the onnx scorer', () => {
  test('chunks give what one run over everything would', async () => {
    const length = chunkSlots * 2 + 77
    const client = fakeClient()
    const progress: number[] = []
    const scorer = createOnnxScorer({ client, chooseDevice: onCpu }, ref, model)
    const result = await scorer.score(recording(length), { device: 'cpu', onProgress: (f) => progress.push(f) })
    expect(client.calls.filter((call) => call.kind === 'run')).toHaveLength(3)
    expect(progress.at(-1)).toBe(1)
    expect(result.model).toEqual(ref)
    const whole = (i: number): number => {
      let sum = 0
      for (let k = Math.max(0, i - contextSlots); k <= Math.min(length - 1, i + contextSlots); k++)
        sum += Math.fround(k / length)
      return 1 / (1 + Math.exp(-(sum / 100 - 1)))
    }
    for (const i of [0, chunkSlots - 1, chunkSlots, 2 * chunkSlots, length - 1])
      expect(result.scores[i]).toBeCloseTo(whole(i), 5)
  })

  test('a GPU that fails during the work is left for the CPU, and it says so', async () => {
    const client = fakeClient((p) =>
      p === 'webgpu' ? new ClutchcutError('inference/failed', 'It crashed.') : undefined,
    )
    const scorer = createOnnxScorer(
      { client, chooseDevice: chosen({ used: 'webgpu', fallbackReason: null }) },
      ref,
      model,
    )
    const { device, scores } = await scorer.score(recording(50), { device: 'auto' })
    expect(device).toEqual({
      used: 'cpu',
      fallbackReason: 'WebGPU failed while scoring (It crashed.) The CPU was used instead.',
    })
    expect(scores).toHaveLength(50)
  })

  test('a failing CPU and values that are not numbers are failures', async () => {
    const broken = fakeClient(() => new ClutchcutError('inference/failed', 'It crashed.'))
    const scorer = createOnnxScorer({ client: broken, chooseDevice: onCpu }, ref, model)
    await expect(scorer.score(recording(50), { device: 'cpu' })).rejects.toMatchObject({ code: 'inference/failed' })
    const nan = fakeClient()
    const call = nan.call.bind(nan)
    nan.call = async (asked) => {
      const result = await call(asked)
      if ((result as InferenceResult).kind === 'run')
        (result as never as { outputs: { logits: { data: Float32Array } } }).outputs.logits.data[3] = Number.NaN
      return result
    }
    const lying = createOnnxScorer({ client: nan, chooseDevice: onCpu }, ref, model)
    await expect(lying.score(recording(50), { device: 'cpu' })).rejects.toThrow(/not numbers/)
  })

  /** Gives, beside logits, what depends on the slot alone: the packet rate is the share of the way. */
  function richClient(kind: (rate: number) => number = (rate) => rate) {
    const call = async (asked: InferenceCall) => {
      const [slots, extra]: [ValueInfo['shape'], ValueInfo[]] = [
        [1, 'slots'],
        [
          { name: 'bounds', type: 'float32', shape: [1, 'slots', 2] },
          { name: 'kinds', type: 'float32', shape: [1, 'slots', 3] },
        ],
      ]
      if (asked.kind !== 'run') return { kind: 'load', inputs, outputs: [{ ...outputs[0]!, shape: slots }, ...extra] }
      const { data, dims } = asked.feeds['signals']!
      const rate = (i: number): number => Number(data[i * featureNames.length + featureNames.indexOf('packet.rate')])
      const count = dims[1]!
      const values = (width: number, of: (i: number, k: number) => number) =>
        Float32Array.from({ length: count * width }, (_, i) => of(Math.floor(i / width), i % width))
      return {
        kind: 'run',
        milliseconds: 1,
        outputs: {
          logits: { type: 'float32', dims: [1, count], data: values(1, rate) },
          bounds: { type: 'float32', dims: [1, count, 2], data: values(2, (i, k) => (k === 0 ? -1 : 5 * rate(i))) },
          kinds: { type: 'float32', dims: [1, count, 3], data: values(3, (i, k) => kind(rate(i)) / (k + 1)) },
        },
      }
    }
    return { call: call as never as ReturnType<typeof fakeClient>['call'] }
  }
  const names = ['kill', 'death', 'award']

  test('carries bounds and kinds, chunk by chunk, where the model has them', async () => {
    const length = chunkSlots + 100
    const scorer = createOnnxScorer({ client: richClient(), chooseDevice: onCpu }, ref, model, names)
    const { bounds, kinds } = await scorer.score(recording(length), { device: 'cpu' })
    expect(kinds!.names).toEqual(names)
    for (const i of [0, chunkSlots - 1, chunkSlots, length - 1]) {
      // A moment cannot begin after itself.
      expect(bounds![2 * i]).toBe(0)
      expect(bounds![2 * i + 1]).toBeCloseTo((5 * i) / length, 4)
      expect([...kinds!.probabilities.subarray(3 * i, 3 * i + 3)]).toEqual(
        [1, 2, 3].map((k) => Math.fround(Math.fround(i / length) / k)),
      )
    }
    const plain = createOnnxScorer({ client: fakeClient(), chooseDevice: onCpu }, ref, model)
    const result = await plain.score(recording(20), { device: 'cpu' })
    expect(Object.keys(result).toSorted()).toEqual(['device', 'model', 'scores'])
  })

  test('kinds that are no probabilities are a failure', async () => {
    const client = richClient((rate) => 4 * rate)
    const scorer = createOnnxScorer({ client, chooseDevice: onCpu }, ref, model, names)
    await expect(scorer.score(recording(50), { device: 'cpu' })).rejects.toThrow(/not numbers/)
  })

  test('nothing to score gives nothing', async () => {
    const scorer = createOnnxScorer({ client: fakeClient(), chooseDevice: onCpu }, ref, model)
    expect((await scorer.score(recording(0), { device: 'cpu' })).scores).toHaveLength(0)
  })
})
