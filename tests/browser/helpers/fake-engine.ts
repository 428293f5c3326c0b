import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import { createApi } from '../../../src-renderer/api-client.ts'
import type { Api } from '../../../src-renderer/api-context.tsx'
import type { ConnectionState } from '../../../src-renderer/connection/connection.ts'
import { createStore } from '../../../src-renderer/store.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { EngineEvent, EngineNews } from '../../../src-shared/contract/events.ts'
import type { Contract } from '../../../src-shared/contract/router.ts'
import { defaultSettings } from '../../../src-shared/contract/settings.ts'

type Inputs = InferContractRouterInputs<Contract>
type Outputs = InferContractRouterOutputs<Contract>

type Answers<Input, Output> = {
  readonly [Area in keyof Input & keyof Output]?: {
    readonly [Name in keyof Input[Area] & keyof Output[Area]]?: (
      input: Input[Area][Name],
    ) => Output[Area][Name] | Promise<Output[Area][Name]>
  }
}

/** What the engine of a test answers; the rest fails. Types are the contract's. */
export type FakeAnswers = Answers<Omit<Inputs, 'events'>, Omit<Outputs, 'events'>>

export interface FakeEngine extends Api {
  /** Every call, oldest first: `recordings.list`, and what it was asked. */
  readonly calls: { readonly name: string; readonly input: unknown }[]
  /** Tells the interface of something, as the engine would. */
  tell(news: EngineNews): void
  setConnection(state: ConnectionState): void
}

/** For tests of components only: whole paths run against the real host, in tests/e2e. */
export function createFakeEngine(answers: FakeAnswers = {}): FakeEngine {
  const calls: { name: string; input: unknown }[] = []
  const table: Readonly<Record<string, Readonly<Record<string, (input: never) => unknown>> | undefined>> = {
    settings: { get: () => defaultSettings },
    ...answers,
  }
  const state = createStore<ConnectionState>({ kind: 'open' })
  const queue: EngineEvent[] = [{ kind: 'listening', run: 'test', seq: 0 }]
  let wake = (): void => {}
  let seq = 0

  async function* events(signal: AbortSignal | undefined): AsyncGenerator<EngineEvent> {
    while (signal?.aborted !== true) {
      const event = queue.shift()
      if (event !== undefined) yield event
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }

  const api = createApi({
    async call(path, input, { signal }) {
      const name = path.join('.')
      if (name === 'events') return events(signal)
      calls.push({ name, input })
      const [area = '', procedure = ''] = path
      const answer = table[area]?.[procedure]
      if (answer === undefined) throw new ClutchcutError('internal', `This test answers nothing to ${name}.`)
      return await answer(input as never)
    },
  })
  return {
    ...api,
    calls,
    tell(news) {
      queue.push({ ...news, run: 'test', seq: ++seq })
      wake()
    },
    setConnection: (next) => state.set(next),
    connection: {
      link: { call: () => Promise.reject(new Error('Tests call through the client.')) },
      state,
      ready: async () => {},
      retry: () => state.set({ kind: 'open' }),
      close: () => {},
    },
  }
}
