import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { useApi } from '../../api-context.tsx'

const PAGE = 100

/** Files that were made, newest first; more of them come as one scrolls. */
export function useExported() {
  const { queries } = useApi()
  const found = useInfiniteQuery(
    queries.exports.list.infiniteOptions({
      input: (offset: number) => ({ limit: PAGE, offset }),
      initialPageParam: 0,
      getNextPageParam: (last, all) => {
        const loaded = all.reduce((sum, { items }) => sum + items.length, 0)
        return last.items.length > 0 && loaded < last.total ? loaded : undefined
      },
    }),
  )
  const { data } = found
  const files = useMemo((): readonly ExportedFile[] | undefined => data?.pages.flatMap(({ items }) => items), [data])
  return {
    files,
    total: data?.pages[0]?.total ?? 0,
    error: found.error,
    retry: () => void found.refetch(),
    more: () => {
      if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage()
    },
  }
}
