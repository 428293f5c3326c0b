import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { ExecutionProvider } from '../../../src-shared/contract/segment.ts'
import { tensorTypes, type Tensor, type Tensors, type ValueInfo } from './messages.ts'

/** What the inference process needs from a runtime; ONNX Runtime in production. */
export interface InferenceRuntime {
  readonly version: string
  /** Names of the execution providers this build contains, as the runtime calls them. */
  readonly providers: readonly string[]
  create(model: Uint8Array, provider: ExecutionProvider, threads: number): Promise<RuntimeSession>
}

export interface RuntimeSession {
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  run(feeds: Tensors): Promise<Tensors>
  release(): Promise<void>
}

/** Our names of providers to ONNX Runtime's. */
export const runtimeProviderNames: Readonly<Record<ExecutionProvider, string>> = {
  cpu: 'cpu',
  webgpu: 'webgpu',
  cuda: 'cuda',
  directml: 'dml',
  coreml: 'coreml',
}

/**
 * Loads onnxruntime-node, a native library of tens of megabytes: only the inference process calls this.
 * The model is given as bytes, so it cannot name other files (external tensor data) and no path is interpreted.
 */
export async function loadOnnxRuntime(): Promise<InferenceRuntime> {
  const ort = await import('onnxruntime-node')
  return {
    version: ort.env.versions.node ?? ort.env.versions.common,
    providers: ort.listSupportedBackends().map((backend) => backend.name),
    async create(model, provider, threads) {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: [runtimeProviderNames[provider]],
        // A fixed number of threads, and one at a time: the order of additions, and so every bit of the result, is
        // then the same in each run on one machine.
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        logSeverityLevel: 4,
      })
      return {
        inputs: session.inputMetadata.map(valueInfo),
        outputs: session.outputMetadata.map(valueInfo),
        async run(feeds) {
          const inputs = Object.entries(feeds).map(
            ([name, t]) => [name, new ort.Tensor(t.type, t.data, t.dims)] as const,
          )
          const results = await session.run(Object.fromEntries(inputs))
          return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, plainTensor(name, value)]))
        },
        release: () => session.release(),
      }
    },
  }
}

function valueInfo(metadata: InferenceSession.ValueMetadata): ValueInfo {
  return metadata.isTensor
    ? { name: metadata.name, type: metadata.type, shape: [...metadata.shape] }
    : { name: metadata.name, type: 'not a tensor', shape: [] }
}

function plainTensor(name: string, value: OrtTensor): Tensor {
  const type = tensorTypes.find((t) => t === value.type)
  if (type === undefined) throw new Error(`output ${name} has the type ${value.type}`)
  return { type, dims: [...value.dims], data: value.data as Tensor['data'] }
}
