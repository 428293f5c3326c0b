import { writeFileSync } from 'node:fs'
import { makeOnnx, type OnnxConstant, type OnnxNode } from '../tests/helpers/make-onnx.ts'
import { mulberry32 } from '../src-shared/domain/evaluation/random.ts'

/**
 * Writes `models/probe/model.onnx`: a network of the highlights model's kind (dilated depthwise convolutions over
 * time, residual) with made-up weights. It finds nothing; `doctor` runs it to see which execution providers of a
 * machine start, and are right, where no trained model is installed.
 */
const channels = 32
const blocks = 6
const random = mulberry32(2)
const weights = (name: string, ...dims: number[]): OnnxConstant => {
  const length = dims.reduce((a, b) => a * b, 1)
  const scale = Math.sqrt(3 / dims.slice(1).reduce((a, b) => a * b, 1))
  return { name, type: 'float', dims, values: Array.from({ length }, () => (random() * 2 - 1) * scale) }
}

const constants: OnnxConstant[] = [
  weights('in', channels, 20, 1),
  weights('out', 1, channels, 1),
  { name: 'channel', type: 'int64', dims: [1], values: [1] },
]
const nodes: OnnxNode[] = [
  { op: 'Transpose', inputs: ['signals'], outputs: ['byTime'], attributes: { perm: [0, 2, 1] } },
  { op: 'Conv', inputs: ['byTime', 'in'], outputs: ['x0'], attributes: { kernel_shape: [1] } },
]
for (let i = 0; i < blocks; i++) {
  const dilation = 2 ** i
  constants.push(weights(`depth${i}`, channels, 1, 5), weights(`point${i}`, channels, channels, 1))
  const depthwise = { kernel_shape: [5], dilations: [dilation], pads: [2 * dilation, 2 * dilation], group: channels }
  nodes.push(
    { op: 'Conv', inputs: [`x${i}`, `depth${i}`], outputs: [`d${i}`], attributes: depthwise },
    { op: 'Relu', inputs: [`d${i}`], outputs: [`r${i}`] },
    { op: 'Conv', inputs: [`r${i}`, `point${i}`], outputs: [`p${i}`], attributes: { kernel_shape: [1] } },
    { op: 'Add', inputs: [`x${i}`, `p${i}`], outputs: [`x${i + 1}`] },
  )
}
nodes.push(
  { op: 'Conv', inputs: [`x${blocks}`, 'out'], outputs: ['one'], attributes: { kernel_shape: [1] } },
  { op: 'Squeeze', inputs: ['one', 'channel'], outputs: ['logits'] },
)

const model = makeOnnx({
  inputs: [{ name: 'signals', type: 'float', shape: [1, 'slots', 20] }],
  outputs: [{ name: 'logits', type: 'float', shape: [1, 'slots'] }],
  nodes,
  constants,
})
writeFileSync(new URL('../models/probe/model.onnx', import.meta.url), model)
