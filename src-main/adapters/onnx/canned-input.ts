import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Tensor, Tensors, ValueInfo } from './messages.ts'

/** Length of each symbolic dimension of the canned input: a minute at 2 Hz. */
export const cannedSlots = 120

/** Pictures that it is shown, the most that there are in a minute. */
const cannedPictures = 60

/** More than any input of ours has; a model that asks for it is not ours. */
const maxElements = 8 * 1024 * 1024

/**
 * A fixed, varied input of the shapes that a model asks for: bytes over their whole range, floats from -3 to 3 (the
 * usual range of a z-score), masks of ones, a picture a second. Every machine makes the same one.
 */
export function cannedInput(inputs: readonly ValueInfo[]): Tensors {
  const random = lcg(20_250_101)
  return Object.fromEntries(inputs.map((input) => [input.name, cannedTensor(input, random)]))
}

function cannedTensor({ name, type, shape }: ValueInfo, random: () => number): Tensor {
  const dims = shape.map((d, i) => (typeof d === 'string' ? symbolicSize(name, i) : d))
  const length = dims.reduce((a, b) => a * b, 1)
  if (length > maxElements)
    throw new ClutchcutError('model/invalid', `The model asks for a far too large input, ${name}.`)
  switch (type) {
    case 'float32':
      return { type, dims, data: Float32Array.from({ length }, () => cannedFloat(name, random)) }
    case 'uint8':
      return { type, dims, data: Uint8Array.from({ length }, () => Math.floor(random() * 256)) }
    case 'int64':
      // Indices of pictures: each is shown for an equal time.
      return {
        type,
        dims,
        data: BigInt64Array.from({ length }, (_, i) => BigInt(Math.floor((i / length) * cannedPictures))),
      }
    default:
      throw new ClutchcutError('model/invalid', `The model asks for an input of the unknown type ${type}, ${name}.`)
  }
}

/** One recording at a time; everything but the pictures has the slots next. */
function symbolicSize(name: string, dimension: number): number {
  if (name === 'pictures') return cannedPictures
  return dimension === 0 ? 1 : cannedSlots
}

/** Masks of ones, ages of pictures of up to ten seconds, z-scores. */
function cannedFloat(name: string, random: () => number): number {
  if (name.startsWith('mask')) return 1
  return name === 'picture_age' ? random() * 10 : random() * 6 - 3
}

/** Largest absolute difference between two sets of outputs; Infinity where names, shapes or finiteness differ. */
export function largestDifference(expected: Tensors, actual: Tensors): number {
  let largest = 0
  for (const [name, reference] of Object.entries(expected)) {
    const other = actual[name]
    if (!other || other.dims.join() !== reference.dims.join()) return Infinity
    for (let i = 0; i < reference.data.length; i++) {
      const difference = Math.abs(Number(reference.data[i]) - Number(other.data[i]))
      if (!Number.isFinite(difference)) return Infinity
      largest = Math.max(largest, difference)
    }
  }
  return largest
}

/** Numerical Recipes' linear congruential generator: 32 bits are plenty for a test pattern. */
function lcg(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
