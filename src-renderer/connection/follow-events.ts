import type { EngineEvent, EventPlace } from '../../src-shared/contract/events.ts'
import type { ApiClient } from '../api-client.ts'
import type { Connection } from './connection.ts'

/** Between a stream that ended and the next, so that an engine that ends them at once is not hammered. */
const PAUSE_MS = 500

/** Tells of everything that happens, across reconnects: each stream goes on where the one before it ended. */
export async function followEvents(
  client: ApiClient,
  connection: Pick<Connection, 'ready'>,
  tell: (event: EngineEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let after: EventPlace | undefined
  while (!signal.aborted) {
    try {
      await connection.ready(signal)
      for await (const event of await client.events(after === undefined ? {} : { after }, { signal })) {
        after = { run: event.run, seq: event.seq }
        tell(event)
      }
    } catch {
      // Whatever it was, the next stream begins where this one ended, or says what was missed.
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
