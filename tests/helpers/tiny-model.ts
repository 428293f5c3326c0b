import { makeOnnx, type OnnxNode, type OnnxValue } from './make-onnx.ts'

const features = 20

/**
 * A highlights model of a few hundred bytes with the documented inputs: `logits = 2 * mean(mel)/255 - 1 + mean(mask) *
 * (signals · [1, 0, 0, …])`, so a game loudness of z standard deviations moves the logit by z. With pictures, the mean
 * byte of the slot's picture / 255 and its age are added, and there are `bounds` (the picture's age, twice) and `kinds`
 * (two: the share of mask columns that are 1, and 0).
 */
export function tinyHighlightsModel(
  options: { signals?: number; logitsName?: string; withMic?: boolean; withPictures?: boolean } = {},
): Uint8Array {
  const width = options.signals ?? features
  const logits = options.logitsName ?? 'logits'
  const pictures = options.withPictures ?? false
  const sound = pictures ? 'withoutPictures' : logits
  return makeOnnx({
    inputs: [
      { name: 'mel', type: 'uint8', shape: [1, 'slots', 25, 40] },
      ...(options.withMic ? [{ name: 'mel_mic', type: 'float', shape: [1, 'slots', 25, 40] } as const] : []),
      { name: 'signals', type: 'float', shape: [1, 'slots', width] },
      { name: 'mask', type: 'float', shape: [1, 'slots', 4] },
      ...(pictures ? pictureInputs : []),
    ],
    outputs: [{ name: logits, type: 'float', shape: [1, 'slots'] }, ...(pictures ? pictureOutputs : [])],
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
      { name: 'perByte', type: 'float', dims: [1], values: [1 / 255] },
      { name: 'twice', type: 'float', dims: [1, 2], values: [1, 1] },
      { name: 'share', type: 'float', dims: [4, 2], values: [0.25, 0, 0.25, 0, 0.25, 0, 0.25, 0] },
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
      { op: 'Add', inputs: ['sum', 'bias'], outputs: [sound] },
      ...(pictures ? pictureNodes(sound, logits) : []),
    ],
  })
}

const pictureInputs: readonly OnnxValue[] = [
  { name: 'pictures', type: 'uint8', shape: ['pictures', 21_600] },
  { name: 'picture_index', type: 'int64', shape: [1, 'slots'] },
  { name: 'picture_age', type: 'float', shape: [1, 'slots'] },
]
const pictureOutputs: readonly OnnxValue[] = [
  { name: 'bounds', type: 'float', shape: [1, 'slots', 2] },
  { name: 'kinds', type: 'float', shape: [1, 'slots', 2] },
]

function pictureNodes(sound: string, logits: string): OnnxNode[] {
  return [
    { op: 'Cast', inputs: ['pictures'], outputs: ['picturesFloat'], attributes: { to: 1 } },
    { op: 'ReduceMean', inputs: ['picturesFloat'], outputs: ['bright'], attributes: { axes: [1], keepdims: 0 } },
    { op: 'Gather', inputs: ['bright', 'picture_index'], outputs: ['bySlot'] },
    { op: 'Mul', inputs: ['bySlot', 'perByte'], outputs: ['pictureTerm'] },
    { op: 'Add', inputs: [sound, 'pictureTerm'], outputs: ['withPictures'] },
    { op: 'Add', inputs: ['withPictures', 'picture_age'], outputs: [logits] },
    { op: 'Unsqueeze', inputs: ['picture_age', 'axis'], outputs: ['ageColumn'] },
    { op: 'MatMul', inputs: ['ageColumn', 'twice'], outputs: ['bounds'] },
    { op: 'MatMul', inputs: ['mask', 'share'], outputs: ['kinds'] },
  ]
}
