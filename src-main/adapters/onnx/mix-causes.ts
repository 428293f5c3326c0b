import { causes, type Cause, type CauseId } from '../../../src-shared/domain/causes.ts'
import { PICTURE_BYTES } from '../../../src-shared/domain/signal.ts'
import type { Tensor, Tensors } from './messages.ts'
import { featureNames, maskNames } from './model-inputs.ts'

/** Columns of an input (values of a slot) that belong to a cause. */
interface Part {
  readonly cause: CauseId
  readonly columns: readonly number[]
}

/** The causes in which two stretches differ at all; what a recording does not have is none. */
export function presentCauses(shown: Tensors, other: Tensors, at: number): CauseId[] {
  const second = continued(shown, other)
  const differs = (cause: Cause): boolean =>
    Object.keys(shown).some((name) =>
      partsOf(name, shown[name]!).some(({ cause: id, columns }) => {
        if (id !== cause.id) return false
        const [a, b, width] = [shown[name]!.data, second[name]!.data, widthOf(shown[name]!)]
        for (let i = 0; i < second[name]!.dims[1]!; i++)
          for (const column of columns) if (a[(at + i) * width + column] !== b[i * width + column]) return true
        return false
      }),
    )
  return causes.filter(differs).map(({ id }) => id)
}

/**
 * A batch of the stretch `shown`: in each row, from slot `at` on, the causes that the row lists are as they are in
 * `other`. Both as `buildFeeds` made them; the pictures are shared by all rows.
 */
export function mixRows(shown: Tensors, other: Tensors, at: number, rows: readonly (readonly CauseId[])[]): Tensors {
  const second = continued(shown, other)
  return Object.fromEntries(
    Object.entries(shown).map(([name, tensor]) =>
      name === 'pictures'
        ? [name, joinPictures(tensor, other[name]!)]
        : [name, mixTensor(tensor, second[name]!, at, rows, partsOf(name, tensor))],
    ),
  )
}

/** One row of a batch. */
export function rowOf(batch: Tensors, row: number): Tensors {
  return Object.fromEntries(
    Object.entries(batch).map(([name, tensor]) => {
      if (name === 'pictures') return [name, tensor]
      const size = tensor.data.length / tensor.dims[0]!
      const data = tensor.data.slice(row * size, (row + 1) * size)
      return [name, { ...tensor, dims: [1, ...tensor.dims.slice(1)], data }]
    }),
  )
}

/** Outputs of single rows as those of a batch. */
export function joinRows(parts: readonly Tensors[]): Tensors {
  return Object.fromEntries(
    Object.entries(parts[0] ?? {}).map(([name, { type, dims }]) => {
      const data = Float32Array.from(parts.flatMap((part) => Array.from(part[name]?.data ?? [], Number)))
      return [name, { type, dims: [parts.length, ...dims.slice(1)], data }]
    }),
  )
}

/** Indices into the pictures of `other` go on where those of `shown` end. */
function continued(shown: Tensors, other: Tensors): Tensors {
  const index = other['picture_index']
  if (index === undefined || shown['pictures'] === undefined) return other
  const before = BigInt(shown['pictures'].dims[0]!)
  const data = BigInt64Array.from(index.data as BigInt64Array, (picture) => picture + before)
  return { ...other, picture_index: { ...index, data } }
}

function joinPictures(first: Tensor, second: Tensor): Tensor {
  const count = first.dims[0]! + second.dims[0]!
  const data = new Uint8Array(count * PICTURE_BYTES)
  data.set(first.data as Uint8Array)
  data.set(second.data as Uint8Array, first.data.length)
  return { type: 'uint8', dims: [count, PICTURE_BYTES], data }
}

function mixTensor(
  shown: Tensor,
  other: Tensor,
  at: number,
  rows: readonly (readonly CauseId[])[],
  parts: readonly Part[],
): Tensor {
  const size = shown.data.length
  const width = widthOf(shown)
  const data = emptyLike(shown.data, rows.length * size)
  for (const [row, ordinary] of rows.entries()) {
    data.set(shown.data as never, row * size)
    for (const { cause, columns } of parts) {
      if (!ordinary.includes(cause)) continue
      for (let i = 0; i < other.dims[1]!; i++)
        for (const column of columns) data[row * size + (at + i) * width + column] = other.data[i * width + column]!
    }
  }
  return { ...shown, dims: [rows.length, ...shown.dims.slice(1)], data }
}

function emptyLike(data: Tensor['data'], length: number): Tensor['data'] {
  if (data instanceof Float32Array) return new Float32Array(length)
  return data instanceof Uint8Array ? new Uint8Array(length) : new BigInt64Array(length)
}

function widthOf({ dims }: Tensor): number {
  return dims.slice(2).reduce((product, size) => product * size, 1)
}

function partsOf(name: string, tensor: Tensor): Part[] {
  const all = Array.from({ length: widthOf(tensor) }, (_, i) => i)
  return causes.flatMap(({ id, inputs, curves, listens, mask }) => {
    const owns = (column: string): boolean =>
      curves.some((curve) => column === (listens ? `${listens}:${curve}` : curve))
    const columns = inputs.includes(name)
      ? all
      : name === 'mask'
        ? all.filter((i) => maskNames[i] === mask)
        : name === 'signals'
          ? all.filter((i) => owns(featureNames[i]!))
          : []
    return columns.length === 0 ? [] : [{ cause: id, columns }]
  })
}
