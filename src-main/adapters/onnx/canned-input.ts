import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Tensor, Tensors, ValueInfo } from './messages.ts'

/** Length of each symbolic dimension of the canned input: a minute at 2 Hz. */
export const cannedSlots = 120

/** More than any input of ours has; a model that asks for it is not ours. */
const maxElements = 8 * 1024 * 1024

/**
 * A fixed, varied input of the shapes that a model asks for: bytes over their whole range, floats from -3 to 3 (the
 * usual range of a z-score), masks of ones. Every machine makes the same one.
 */
export function cannedInput(inputs: readonly ValueInfo[]): Tensors {
  const random = lcg(20_250_101)
  return Object.fromEntries(inputs.map((input) => [input.name, cannedTensor(input, random)]))
}

function cannedTensor({ name, type, shape }: ValueInfo, random: () => number): Tensor {
  const dims = shape.map((d) => (typeof d === 'string' ? cannedSlots : d))
  const length = dims.reduce((a, b) => a * b, 1)
  if (length > maxElements)
    throw new ClutchcutError('model/invalid', `The model asks for a far too large input, ${name}.`)
  switch (type) {
    case 'float32':
      return { type, dims, data: Float32Array.from({ length }, () => (name.startsWith('mask') ? 1 : random() * 6 - 3)) }
    case 'uint8':
      return { type, dims, data: Uint8Array.from({ length }, () => Math.floor(random() * 256)) }
    case 'int64':
      return { type, dims, data: BigInt64Array.from({ length }, () => BigInt(Math.floor(random() * 100))) }
    default:
      throw new ClutchcutError('model/invalid', `The model asks for an input of the unknown type ${type}, ${name}.`)
  }
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
