import { readFileSync } from 'node:fs'

/** A NumPy array file as NumPy itself reads it (numpy.lib.format 1.0): its shape and its values in C order. */
export function readNpy(file: string): {
  type: string
  shape: number[]
  data: Uint8Array | Float32Array | BigInt64Array
} {
  const bytes = readFileSync(file)
  if (bytes.subarray(0, 8).toString('latin1') !== '\u0093NUMPY\u0001\u0000') throw new Error(`${file} is no array`)
  const start = 10 + bytes.readUInt16LE(8)
  const header = bytes.subarray(10, start).toString('latin1')
  const match = /^\{'descr': '(.+)', 'fortran_order': False, 'shape': \((.*)\), \} *\n$/.exec(header)
  if (match === null || start % 64 !== 0) throw new Error(`${file} has the header ${header}`)
  const shape = match[2]!.split(',').flatMap((text) => (text.trim() === '' ? [] : [Number(text)]))
  const content = new Uint8Array(bytes.subarray(start)).buffer
  const type = match[1]!
  const data =
    type === '|u1' ? new Uint8Array(content) : type === '<f4' ? new Float32Array(content) : new BigInt64Array(content)
  if (data.length !== shape.reduce((a, b) => a * b, 1))
    throw new Error(`${file} has ${data.length} values for ${shape.join()}`)
  return { type, shape, data }
}
