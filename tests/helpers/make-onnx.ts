/**
 * Writes small ONNX files without Python: just enough of the protobuf wire format (varints, length-delimited fields)
 * for models of a few nodes. Field numbers are those of onnx.proto (IR version 8, opset 17).
 */
export const onnxType = { float: 1, uint8: 2, int64: 7 } as const
export type OnnxType = keyof typeof onnxType

export interface OnnxValue {
  name: string
  type: OnnxType
  /** A string is a symbolic dimension. */
  shape: readonly (number | string)[]
}
export interface OnnxNode {
  op: string
  inputs: readonly string[]
  outputs: readonly string[]
  attributes?: Readonly<Record<string, number | readonly number[]>>
}
export interface OnnxConstant {
  name: string
  type: OnnxType
  dims: readonly number[]
  values: readonly number[]
}
export interface OnnxGraph {
  inputs: readonly OnnxValue[]
  outputs: readonly OnnxValue[]
  nodes: readonly OnnxNode[]
  constants?: readonly OnnxConstant[]
}

export function makeOnnx(graph: OnnxGraph): Uint8Array {
  const body = [
    ...graph.nodes.map((node, i) => field(1, encodeNode(node, `n${i}`))),
    text(2, 'g'),
    ...(graph.constants ?? []).map((constant) => field(5, encodeConstant(constant))),
    ...graph.inputs.map((value) => field(11, encodeValue(value))),
    ...graph.outputs.map((value) => field(12, encodeValue(value))),
  ]
  return bytes([
    number(1, 8),
    text(2, 'clutchcut-tests'),
    field(7, bytes(body)),
    field(8, bytes([text(1, ''), number(2, 17)])),
  ])
}

function encodeNode(node: OnnxNode, name: string): Uint8Array {
  const attributes = Object.entries(node.attributes ?? {}).map(([key, value]) => {
    const isList = typeof value !== 'number'
    const content = isList ? value.map((v) => number(8, v)) : [number(3, value)]
    return field(5, bytes([text(1, key), ...content, number(20, isList ? 7 : 2)]))
  })
  return bytes([
    ...node.inputs.map((input) => text(1, input)),
    ...node.outputs.map((output) => text(2, output)),
    text(3, name),
    text(4, node.op),
    ...attributes,
  ])
}

function encodeConstant({ name, type, dims, values }: OnnxConstant): Uint8Array {
  const raw =
    type === 'float'
      ? new Uint8Array(Float32Array.from(values).buffer)
      : type === 'int64'
        ? new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
        : Uint8Array.from(values)
  return bytes([...dims.map((d) => number(1, d)), number(2, onnxType[type]), text(8, name), field(9, raw)])
}

function encodeValue({ name, type, shape }: OnnxValue): Uint8Array {
  const dims = shape.map((d) => field(1, typeof d === 'number' ? number(1, d) : text(2, d)))
  const tensor = bytes([number(1, onnxType[type]), field(2, bytes(dims))])
  return bytes([text(1, name), field(2, field(1, tensor))])
}

const text = (tag: number, value: string): Uint8Array => field(tag, new TextEncoder().encode(value))
const field = (tag: number, content: Uint8Array): Uint8Array =>
  bytes([varint(BigInt(tag * 8 + 2)), varint(BigInt(content.length)), content])
const number = (tag: number, value: number): Uint8Array => bytes([varint(BigInt(tag * 8)), varint(BigInt(value))])

function varint(value: bigint): Uint8Array {
  const out: number[] = []
  let rest = BigInt.asUintN(64, value)
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    out.push(rest > 0n ? low | 0x80 : low)
  } while (rest > 0n)
  return Uint8Array.from(out)
}

function bytes(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
