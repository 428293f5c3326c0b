import { readFile } from 'node:fs/promises'

export interface NpyArray {
  readonly shape: readonly number[]
  readonly data: Float32Array | Uint8Array
}

/** A NumPy array of 32-bit floats or bytes, in C order. @throws Error for anything else. */
export async function readNpy(path: string): Promise<NpyArray> {
  const file = await readFile(path)
  if (file.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error(`${path} is no NumPy array.`)
  const isV1 = file[6] === 1
  const start = (isV1 ? 10 : 12) + (isV1 ? file.readUInt16LE(8) : file.readUInt32LE(8))
  const header = file.toString('latin1', 10, start)
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1]
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number)
  if (!/'fortran_order':\s*False/.test(header)) throw new Error(`${path} is not in C order.`)
  const count = shape.reduce((a, b) => a * b, 1)
  const bytes = new Uint8Array(file.subarray(start))
  const data = type === '<f4' ? new Float32Array(bytes.buffer, 0, count) : type === '|u1' ? bytes : undefined
  if (data === undefined || data.length !== count)
    throw new Error(`${path}: ${type} of ${count} values is not understood.`)
  return { shape, data }
}
