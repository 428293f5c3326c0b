import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { useApi } from '../../api-context.tsx'
import type { ApiClient } from '../../api-client.ts'

export type RecordingQuery = Omit<Parameters<ApiClient['recordings']['list']>[0], 'limit' | 'offset'>

const PAGE = 120

export interface Recordings {
  readonly total: number
  /** By position; undefined while its page is on its way. */
  at(index: number): RecordingSummary | undefined
  /** Those that are here. */
  readonly loaded: readonly RecordingSummary[]
  /** Says which are in sight, so that their pages come. */
  show(first: number, last: number): void
}

interface Answer {
  readonly recordings: Recordings | undefined
  readonly error: Error | null
  readonly retry: () => void
}

/** A list of any length, read page by page where somebody looks. */
export function useRecordings(query: RecordingQuery): Answer {
  const { queries } = useApi()
  const [pages, setPages] = useState({ from: 0, to: 0 })
  const options = (offset: number) => queries.recordings.list.queryOptions({ input: { ...query, limit: PAGE, offset } })
  const first = useQuery({ ...options(0), placeholderData: keepPreviousData })
  const total = first.data?.total ?? 0
  const last = Math.max(0, Math.ceil(total / PAGE) - 1)
  const numbers = Array.from(
    { length: Math.max(0, Math.min(pages.to, last) - pages.from + 1) },
    (_, i) => pages.from + i,
  )
  const shown = useQueries({ queries: numbers.map((number) => options(number * PAGE)) })
  const parts = shown.map(({ data }) => data)
  // One value that changes when any of them does: the number of dependencies must not.
  const changed = shown.map(({ dataUpdatedAt }, i) => `${numbers[i]}:${dataUpdatedAt}`).join()
  const recordings = useMemo((): Recordings | undefined => {
    if (first.data === undefined) return undefined
    const byPage = new Map([[0, first.data.items]])
    for (const [i, part] of parts.entries()) if (part !== undefined) byPage.set(numbers[i] ?? 0, part.items)
    return {
      total,
      at: (index) => byPage.get(Math.floor(index / PAGE))?.[index % PAGE],
      loaded: [...byPage.values()].flat(),
      show(from, to) {
        const next = { from: Math.floor(from / PAGE), to: Math.floor(to / PAGE) }
        setPages((now) => (now.from === next.from && now.to === next.to ? now : next))
      },
    }
  }, [first.data, total, changed])
  return { recordings, error: first.error, retry: () => void first.refetch() }
}
