import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { EngineEvent } from '../../src-shared/contract/events.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import type { ApiQueries } from '../api-client.ts'

/** What is to be read again after which event. All of it: `'everything'`. */
const staleAfter: {
  readonly [K in EngineEvent['kind']]: (api: ApiQueries) => readonly QueryKey[] | 'everything'
} = {
  listening: () => [],
  missed: () => 'everything',
  'library-changed': () => 'everything',
  'job-changed': (api) => [api.jobs.list.key()],
  'recording-changed': (api) => [api.recordings.key(), api.stills.key()],
  'clips-changed': (api) => [api.recordings.key(), api.clips.key(), api.exports.key()],
  // What is shown elsewhere depends on them, too: thresholds, what is said to leave the machine, cameras.
  'settings-changed': (api) => [
    api.settings.key(),
    api.layouts.list.key(),
    api.learning.key(),
    api.privacy.key(),
    api.detection.key(),
    api.recordings.curves.key(),
  ],
  'exports-changed': (api) => [api.exports.key()],
  notice: () => [],
}

/** Bursts of events become one reading. */
const GATHER_MS = 120

/** A function that keeps what is shown in step with what happens. */
export function createEventApplier(queries: QueryClient, api: ApiQueries): (event: EngineEvent) => void {
  const stale = new Map<string, QueryKey>()
  let timer: ReturnType<typeof setTimeout> | null = null

  function flush(): void {
    timer = null
    for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey })
    stale.clear()
  }

  return (event) => {
    if (event.kind === 'job-changed' && replaceJob(queries, api, event.job)) return
    const keys = staleAfter[event.kind](api)
    for (const key of keys === 'everything' ? [[]] : keys) stale.set(JSON.stringify(key), key)
    if (stale.size > 0) timer ??= setTimeout(flush, GATHER_MS)
  }
}

/** Progress comes several times a second: it goes into the lists that are there. False: a list is to be read again. */
function replaceJob(queries: QueryClient, api: ApiQueries, job: Job): boolean {
  queries.setQueryData(api.jobs.get.queryKey({ input: { id: job.id } }), job)
  let fits = true
  for (const [key, list] of queries.getQueriesData<readonly Job[]>({ queryKey: api.jobs.list.key() })) {
    if (list === undefined) continue
    const known = list.find(({ id }) => id === job.id)
    if (known === undefined) {
      if (belongs(key, job)) fits = false
    } else if (known.state !== job.state || known.priority !== job.priority) fits = false
    else
      queries.setQueryData(
        key,
        list.map((each) => (each.id === job.id ? job : each)),
      )
  }
  return fits
}

/** Whether a list, by the states that it was asked for, holds such a job. */
function belongs(key: QueryKey, { state }: Job): boolean {
  const { input } = (key[1] ?? {}) as { input?: { states?: readonly string[] } }
  return input?.states?.includes(state) ?? true
}
