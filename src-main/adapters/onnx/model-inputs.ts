import { listenTo, type ScoreInput } from '../../../src-shared/domain/score.ts'
import {
  audioCurves,
  MEL_BANDS,
  MEL_PATCH,
  MEL_ROWS,
  PICTURE_BYTES,
  pictureCurves,
  type SignalCurve,
} from '../../../src-shared/domain/signal.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { indexPictures, picturesFor } from './picture-inputs.ts'
import type { Tensor, Tensors, ValueInfo } from './messages.ts'

/** Columns of the model's `signals` input, in order: each is a z-score. `models/highlights/README.md` lists them. */
export const featureNames: readonly string[] = [
  ...audioCurves.map(({ id }) => `game:${id}`),
  ...audioCurves.map(({ id }) => `mic:${id}`),
  ...pictureCurves.map(({ id }) => id),
  'packet.rate',
]

/** Columns of the `mask` input: which modality is there at a slot (1) and which is not (0). */
export const maskNames = ['game', 'mic', 'picture', 'packet'] as const

/** z-scores are limited to this, so that a flat recording with one loud moment stays within what was trained on. */
const zLimit = 8

interface ExpectedValue {
  /** The first is what we have; we convert to the others. */
  readonly types: readonly [Tensor['type'], ...Tensor['type'][]]
  /** Behind `[1, slots]`, or, for what is not by slot, behind a count of its own. */
  readonly shape: readonly number[]
  readonly optional?: boolean
  readonly bySlot?: false
}

const expectedInputs: Readonly<Record<string, ExpectedValue>> = {
  mel: { types: ['uint8', 'float32'], shape: [MEL_ROWS, MEL_BANDS] },
  mel_mic: { types: ['uint8', 'float32'], shape: [MEL_ROWS, MEL_BANDS], optional: true },
  signals: { types: ['float32'], shape: [featureNames.length] },
  mask: { types: ['float32'], shape: [maskNames.length] },
  pictures: { types: ['uint8'], shape: [PICTURE_BYTES], optional: true, bySlot: false },
  picture_index: { types: ['int64'], shape: [], optional: true },
  picture_age: { types: ['float32'], shape: [], optional: true },
}

export interface ModelInput extends ValueInfo {
  readonly type: Tensor['type']
  /** What one slot, or one picture, has. */
  readonly row: readonly number[]
}

/** Every input that there is, as a model would ask for it. */
export const allInputs: readonly ModelInput[] = Object.entries(expectedInputs).map(
  ([name, { types, shape: row, bySlot = true }]) => ({
    name,
    type: types[0],
    shape: [...(bySlot ? [1, 'slots'] : ['pictures']), ...row],
    row,
  }),
)

/**
 * Refuses a model whose inputs or outputs are not those of `models/highlights/README.md`: `[1, slots, …]` each, slots
 * symbolic, but for `pictures`. `kinds`: what its output of that name has columns for. Throws `model/invalid`, naming
 * the first that differs.
 */
export function checkModelShape(
  inputs: readonly ValueInfo[],
  outputs: readonly ValueInfo[],
  kinds: readonly string[] = [],
): void {
  for (const [name, expected] of Object.entries(expectedInputs)) checkValue('input', inputs, name, expected)
  const extra = inputs.find((input) => !(input.name in expectedInputs))
  if (extra) throw wrongShape(`its input ${extra.name} is unknown`)
  checkValue('output', outputs, 'logits', { types: ['float32'], shape: [] })
  checkValue('output', outputs, 'bounds', { types: ['float32'], shape: [2], optional: true })
  checkValue('output', outputs, 'kinds', { types: ['float32'], shape: [kinds.length], optional: kinds.length === 0 })
}

function checkValue(what: string, values: readonly ValueInfo[], name: string, expected: ExpectedValue): void {
  const value = values.find((one) => one.name === name)
  if (!value && expected.optional) return
  if (!value) throw wrongShape(`its ${what} ${name} is missing`)
  if (!expected.types.some((type) => type === value.type))
    throw wrongShape(`its ${what} ${name} has the type ${value.type}`)
  const fits = expected.bySlot === false ? isCounted(value, expected.shape) : isSlotShape(value, expected.shape)
  if (!fits) throw wrongShape(`its ${what} ${name} has the shape [${value.shape.join(', ')}]`)
}

/** The leading dimension may be symbolic too; the number of slots must be. */
function isSlotShape({ shape }: ValueInfo, rest: readonly number[]): boolean {
  const [batch, slots, ...others] = shape
  const isBatch = batch === 1 || typeof batch === 'string'
  return isBatch && typeof slots === 'string' && others.join() === rest.join()
}

function isCounted({ shape }: ValueInfo, rest: readonly number[]): boolean {
  const [count, ...others] = shape
  return typeof count === 'string' && others.join() === rest.join()
}

function wrongShape(why: string): ClutchcutError {
  return new ClutchcutError(
    'model/invalid',
    `The highlights model does not fit this version: ${why}. Install it again.`,
  )
}

/** The model's inputs for slots `from` to `to` (exclusive) of a recording. */
export async function buildFeeds(
  input: ScoreInput,
  wanted: readonly ValueInfo[],
  from: number,
  to: number,
): Promise<Tensors> {
  const slots = to - from
  const { game, mic } = listenTo(input.roles)
  const feeds: Tensors = {}
  const range = picturesFor(input.pictures.times, from, to)
  for (const { name, type } of wanted) {
    if (name === 'mel' || name === 'mel_mic') {
      const patches = await melOf(input, name === 'mel' ? game : mic, from, to)
      const dims = [1, slots, MEL_ROWS, MEL_BANDS]
      feeds[name] =
        type === 'uint8'
          ? { type: 'uint8', dims, data: patches }
          : { type: 'float32', dims, data: Float32Array.from(patches, (byte) => byte / 255) }
    } else if (name === 'signals') {
      feeds[name] = { type: 'float32', dims: [1, slots, featureNames.length], data: features(input, from, to) }
    } else if (name === 'mask') {
      feeds[name] = { type: 'float32', dims: [1, slots, maskNames.length], data: masks(input, from, to) }
    } else if (name === 'pictures') {
      // Never none, because some execution providers cannot take an empty tensor.
      const data = range.count > 0 ? await input.pictures.read(range.first, range.count) : new Uint8Array(PICTURE_BYTES)
      feeds[name] = { type: 'uint8', dims: [Math.max(1, range.count), PICTURE_BYTES], data }
    } else if (name === 'picture_index') {
      const { index } = indexPictures(input.pictures.times, range, from, to)
      feeds[name] = { type: 'int64', dims: [1, slots], data: index }
    } else if (name === 'picture_age') {
      const { age } = indexPictures(input.pictures.times, range, from, to)
      feeds[name] = { type: 'float32', dims: [1, slots], data: age }
    }
  }
  return feeds
}

/** The loudest byte of the given tracks' spectrograms; silence where there is none. */
async function melOf(
  { mel }: ScoreInput,
  tracks: readonly number[],
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBufferLike>> {
  const out = new Uint8Array((to - from) * MEL_PATCH)
  for (const { track, read } of mel) {
    if (!tracks.includes(track)) continue
    const part = await read(from, to - from)
    for (let i = 0; i < part.length; i++) if (part[i]! > out[i]!) out[i] = part[i]!
  }
  return out
}

function features(input: ScoreInput, from: number, to: number): Float32Array {
  const out = new Float32Array((to - from) * featureNames.length)
  for (const [column, name] of featureNames.entries()) {
    const curves = curvesOf(input, name)
    for (let i = from; i < to; i++) {
      const z = highest(curves, i)
      out[(i - from) * featureNames.length + column] = z === undefined ? 0 : Math.min(zLimit, Math.max(-zLimit, z))
    }
  }
  return out
}

function masks(input: ScoreInput, from: number, to: number): Float32Array {
  const out = new Float32Array((to - from) * maskNames.length)
  const signs = ['game:audio.rms', 'mic:audio.rms', 'picture.luma', 'packet.rate']
  for (const [column, name] of signs.entries()) {
    const curves = curvesOf(input, name)
    for (let i = from; i < to; i++)
      out[(i - from) * maskNames.length + column] = highest(curves, i) === undefined ? 0 : 1
  }
  return out
}

function curvesOf({ signals, roles }: ScoreInput, name: string): SignalCurve[] {
  const [id, who] = name.includes(':') ? [name.split(':')[1]!, name.split(':')[0]!] : [name, '']
  const { game, mic } = listenTo(roles)
  const tracks = who === 'mic' ? mic : game
  return signals.curves.filter((c) => c.id === id && (c.track === null || tracks.includes(c.track)))
}

function highest(curves: readonly SignalCurve[], i: number): number | undefined {
  let best: number | undefined
  for (const curve of curves) {
    const z = curve.z[i]
    if (curve.valid[i] && z !== undefined && Number.isFinite(z) && (best === undefined || z > best)) best = z
  }
  return best
}
