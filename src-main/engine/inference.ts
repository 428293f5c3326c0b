import { ClutchcutError, toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { HostServices } from '../../src-shared/contract/host-services.ts'
import type { DeviceRow } from '../../src-shared/contract/model.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { chooseDevice, describeDevices, type ChooseDeviceDeps } from '../adapters/onnx/choose-device.ts'
import { InferenceClient } from '../adapters/onnx/client.ts'
import { machineVersions } from '../adapters/onnx/machine-versions.ts'
import { findHighlightsModel, findProbeModel } from '../adapters/onnx/models.ts'
import { createOnnxScorer } from '../adapters/onnx/onnx-scorer.ts'
import type { ChildGuard } from '../adapters/processes/child-guard.ts'
import type { Scorer } from '../stages/score/scorer.ts'
import { signalsScorer } from '../stages/score/signals-scorer.ts'
import { withFallback } from '../stages/score/with-fallback.ts'
import { withSignals } from '../stages/score/with-signals.ts'

export interface InferenceOptions {
  host: HostServices
  guard: ChildGuard
  library: Library
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  /** `models/` of the program. */
  modelsFolder: string
}

export interface Inference {
  /** What scores: the highlights model where there is one, backed by the built-in signals; else the signals. */
  readonly scorer: Scorer
  /** `doctor`'s table, for the highlights model or, without one, for a probe model of the same shape. */
  devices(signal?: AbortSignal): Promise<DeviceRow[]>
  close(): Promise<void>
}

/** Few, so that the CPU gives the same values on every machine and a game keeps its cores. */
const THREADS = 2

/** Everything that runs a model, in a process of its own that is started when it is first needed. */
export async function createInference(options: InferenceOptions): Promise<Inference> {
  const { host, guard, library, platform, env, modelsFolder } = options
  const program = { fork: () => host.fork('infer'), track: (pid: number) => guard.track(pid, 'infer') }
  const deps: ChooseDeviceDeps = {
    ...program,
    verdicts: library.deviceVerdicts,
    machine: () => machineVersions(platform, env),
    platform,
    arch: process.arch,
    now: Date.now,
  }
  const found = await findHighlightsModel(modelsFolder).catch((thrown: unknown) => toClutchcutError(thrown))
  const highlights = found instanceof ClutchcutError ? undefined : found
  const client = new InferenceClient(program)
  const devices = async (signal?: AbortSignal): Promise<DeviceRow[]> => {
    const { id, path, sha256 } = highlights ?? (await findProbeModel(modelsFolder))
    return describeDevices(deps, { modelPath: path, sha256, threads: THREADS, id }, { signal })
  }
  const close = (): Promise<void> => client.close()
  if (found instanceof ClutchcutError) {
    // A damaged model must not keep the program from starting, nor go unsaid.
    const broken = { model: signalsScorer.model, score: () => Promise.reject(found) }
    return { scorer: withFallback(broken, signalsScorer), devices, close }
  }
  if (highlights === undefined) return { scorer: signalsScorer, devices, close }
  const { id, version, path, sha256, kinds } = highlights
  const onnx = createOnnxScorer(
    { client, chooseDevice: (wish, model, choice) => chooseDevice(deps, wish, model, choice) },
    { id, version },
    { modelPath: path, sha256, threads: THREADS },
    kinds,
  )
  return { scorer: withFallback(withSignals(onnx, signalsScorer), signalsScorer), devices, close }
}
