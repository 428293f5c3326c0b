import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApi } from '../../../../src-renderer/api-client.ts'
import { createEventApplier } from '../../../../src-renderer/connection/apply-event.ts'
import { makeJob } from '../../../helpers/make-job.ts'

const { queries } = createApi({ call: async () => null })
const at = { run: 'r', seq: 1 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const cache = new QueryClient()
  const stale = vi.spyOn(cache, 'invalidateQueries')
  return { cache, stale, apply: createEventApplier(cache, queries) }
}

const underWay = queries.jobs.list.queryKey({ input: { states: ['queued', 'running'] } })
const ended = queries.jobs.list.queryKey({ input: { states: ['done'] } })

test('progress goes into the lists that show the job, and no list is read again for it', () => {
  const { cache, stale, apply } = setUp()
  const job = makeJob({ id: 4, state: 'running' })
  cache.setQueryData(underWay, [job])
  cache.setQueryData(ended, [])
  apply({ ...at, kind: 'job-changed', job: { ...job, attempt: 7 } })
  vi.runAllTimers()
  expect(cache.getQueryData(underWay)).toMatchObject([{ id: 4, attempt: 7 }])
  expect(stale).not.toHaveBeenCalled()
})

test('a job that comes, goes, or changes its place has the lists read again, once for a burst', () => {
  const { cache, stale, apply } = setUp()
  const job = makeJob({ id: 4, state: 'running' })
  cache.setQueryData(underWay, [job])
  apply({ ...at, kind: 'job-changed', job: { ...job, state: 'done' } })
  apply({ ...at, kind: 'job-changed', job: makeJob({ id: 5, state: 'queued' }) })
  vi.runAllTimers()
  expect(stale.mock.calls).toEqual([[{ queryKey: queries.jobs.list.key() }]])
})

test('after what was missed, everything is read again', () => {
  const { stale, apply } = setUp()
  apply({ ...at, kind: 'missed' })
  vi.runAllTimers()
  expect(stale.mock.calls).toEqual([[{ queryKey: [] }]])
})
