import { makeOnnx } from './make-onnx.ts'

const features = 20

/**
 * A highlights model of a few hundred bytes with the documented inputs: `logits = 2 * mean(mel)/255 - 1 + mean(mask) *
 * (signals · [1, 0, 0, …])`, so a game loudness of z standard deviations moves the logit by z.
 */
export function tinyHighlightsModel(
  options: { signals?: number; logitsName?: string; withMic?: boolean } = {},
): Uint8Array {
  const width = options.signals ?? features
  const logits = options.logitsName ?? 'logits'
  return makeOnnx({
    inputs: [
      { name: 'mel', type: 'uint8', shape: [1, 'slots', 25, 40] },
      ...(options.withMic ? [{ name: 'mel_mic', type: 'float', shape: [1, 'slots', 25, 40] } as const] : []),
      { name: 'signals', type: 'float', shape: [1, 'slots', width] },
      { name: 'mask', type: 'float', shape: [1, 'slots', 4] },
    ],
    outputs: [{ name: logits, type: 'float', shape: [1, 'slots'] }],
    constants: [
      {
        name: 'weights',
        type: 'float',
        dims: [width, 1],
        values: Array.from({ length: width }, (_, i) => (i === 0 ? 1 : 0)),
      },
      { name: 'axis', type: 'int64', dims: [1], values: [2] },
      { name: 'gain', type: 'float', dims: [1], values: [2 / 255] },
      { name: 'bias', type: 'float', dims: [1], values: [-1] },
    ],
    nodes: [
      { op: 'Cast', inputs: ['mel'], outputs: ['melFloat'], attributes: { to: 1 } },
      { op: 'ReduceMean', inputs: ['melFloat'], outputs: ['melMean'], attributes: { axes: [2, 3], keepdims: 0 } },
      { op: 'Mul', inputs: ['melMean', 'gain'], outputs: ['melTerm'] },
      { op: 'MatMul', inputs: ['signals', 'weights'], outputs: ['column'] },
      { op: 'Squeeze', inputs: ['column', 'axis'], outputs: ['weighted'] },
      { op: 'ReduceMean', inputs: ['mask'], outputs: ['present'], attributes: { axes: [2], keepdims: 0 } },
      { op: 'Mul', inputs: ['weighted', 'present'], outputs: ['signalTerm'] },
      { op: 'Add', inputs: ['melTerm', 'signalTerm'], outputs: ['sum'] },
      { op: 'Add', inputs: ['sum', 'bias'], outputs: [logits] },
    ],
  })
}
