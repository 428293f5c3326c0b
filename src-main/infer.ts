import { connectParent } from './adapters/host/parent-channel.ts'
import { endWithParent } from './adapters/onnx/end-with-parent.ts'
import { loadOnnxRuntime } from './adapters/onnx/runtime.ts'
import { serveInference } from './adapters/onnx/server.ts'

// The inference process: everything that runs in ONNX Runtime, away from the engine, so that a crash in native code
// costs one retry. Started through `HostServices.fork('infer')`.
const parent = connectParent()
endWithParent(parent)
serveInference(parent, await loadOnnxRuntime())
