import { createPartialFile, type TempFiles } from './partial-file.ts'

/** NumPy's names of what an array may hold: little-endian, as every platform of ours is. */
const types = { uint8: '|u1', float32: '<f4', int64: '<i8' } as const
export type NpyType = keyof typeof types

/** An array file that is being written from its start to its end. */
export interface NpyFile {
  /** The next values, in C order. */
  write(values: Uint8Array | Float32Array | BigInt64Array): Promise<void>
  /** Gives it its name. @throws RangeError when there are more or fewer values than the shape says. */
  publish(): Promise<void>
  discard(): Promise<void>
}

/**
 * A NumPy array file, format 1.0 (numpy.lib.format): magic, header as a Python dictionary padded to 64 bytes, values.
 * @throws ClutchcutError `output/…`.
 */
export async function createNpy(
  temp: string,
  final: string,
  { type, shape }: { type: NpyType; shape: readonly number[] },
  tempFiles?: TempFiles,
): Promise<NpyFile> {
  const file = await createPartialFile(temp, final, tempFiles)
  const header = npyHeader(type, shape)
  const expected = header.length + shape.reduce((a, b) => a * b, { uint8: 1, float32: 4, int64: 8 }[type])
  file.append(header)
  return {
    write: (values) => file.append(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).written,
    async publish() {
      if (file.size !== expected) throw new RangeError(`${file.size} bytes of ${expected}`)
      await file.publish()
    },
    discard: () => file.discard(),
  }
}

/** Pure. */
export function npyHeader(type: NpyType, shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${types[type]}', 'fortran_order': False, 'shape': (${tuple}), }`
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY', 'latin1'), 1, 0, 0, 0])
  const length = Math.ceil((start.length + text.length + 1) / 64) * 64 - start.length
  start.writeUInt16LE(length, 8)
  return Buffer.concat([start, Buffer.from(`${text.padEnd(length - 1)}\n`, 'latin1')])
}
