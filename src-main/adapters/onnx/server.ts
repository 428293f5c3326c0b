import { createHash } from 'node:crypto'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { readModelFile } from './read-model-file.ts'
import {
  inferenceRequestSchema,
  maxMessageBytes,
  tensorBytes,
  type InferenceAnswer,
  type InferenceRequest,
  type InferenceResult,
  type SessionSpec,
} from './messages.ts'
import type { InferenceRuntime, RuntimeSession } from './runtime.ts'

/** Sessions kept open: a GPU provider and the CPU, or two models. */
const maxSessions = 2

/** The line to the process that asks. */
export interface RequestPort {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** Answers the client's requests, one at a time and in their order. Runs in the inference process. */
export function serveInference(port: RequestPort, runtime: InferenceRuntime): void {
  const sessions = new Map<string, RuntimeSession>()
  let last: Promise<void> = Promise.resolve()
  port.onMessage((message) => {
    last = last.then(async () => {
      const answer = await answerTo(message)
      if (answer) port.postMessage(answer)
    })
  })

  async function answerTo(message: unknown): Promise<InferenceAnswer | undefined> {
    const parsed = inferenceRequestSchema.safeParse(message)
    if (!parsed.success) {
      const id = (message as { id?: unknown } | null)?.id
      if (typeof id !== 'number') return undefined
      return {
        id,
        error: { code: 'inference/failed', message: 'The inference process was asked for something unknown.' },
      }
    }
    const { id } = parsed.data
    try {
      return { id, result: await handle(parsed.data) }
    } catch (error) {
      if (error instanceof ClutchcutError) return { id, error: { code: error.code, message: error.message } }
      return { id, error: { code: 'inference/failed', message: oneLine(error) } }
    }
  }

  async function handle(request: InferenceRequest): Promise<InferenceResult> {
    if (request.kind === 'info')
      return { kind: 'info', runtimeVersion: runtime.version, providers: [...runtime.providers] }
    const session = await open(request.session)
    if (request.kind === 'load') return { kind: 'load', inputs: [...session.inputs], outputs: [...session.outputs] }
    if (tensorBytes(request.feeds) > maxMessageBytes) throw new Error('the request is too large')
    const start = performance.now()
    const outputs = await session.run(request.feeds)
    return { kind: 'run', outputs, milliseconds: performance.now() - start }
  }

  async function open(spec: SessionSpec): Promise<RuntimeSession> {
    const key = createHash('sha256').update(JSON.stringify(spec)).digest('hex')
    const known = sessions.get(key)
    if (known) {
      sessions.delete(key)
      sessions.set(key, known)
      return known
    }
    while (sessions.size >= maxSessions) {
      const [oldest, session] = sessions.entries().next().value!
      sessions.delete(oldest)
      await session.release()
    }
    const model = await readModelFile(spec.modelPath, spec.sha256)
    const session = await create(model.bytes, spec)
    sessions.set(key, session)
    return session
  }

  async function create(model: Uint8Array, spec: SessionSpec): Promise<RuntimeSession> {
    try {
      return await runtime.create(model, spec.provider, spec.threads)
    } catch (error) {
      // On the CPU every valid model loads, so there the model is to blame.
      if (spec.provider !== 'cpu') throw error
      throw new ClutchcutError(
        'model/invalid',
        `The model ${spec.modelPath} cannot be loaded (${oneLine(error)}). Install it again.`,
      )
    }
  }
}

/** ONNX Runtime's messages carry source paths and newlines; the last part says what happened. */
function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const tail =
    /was false\. (.+)$/.exec(line)?.[1] ?? line.replace(/^\S*\.(?:cc|h):\d+ .*? (?=\[ONNXRuntimeError\])/, '')
  return tail.slice(0, 300)
}
