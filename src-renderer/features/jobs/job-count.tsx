import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api-context.tsx'
import { Badge } from '../../components/badge.tsx'
import { useFormat } from '../../i18n/use-format.ts'

/** Jobs that wait, run or are paused. The same question as the library's, so that it is asked once. */
export function JobCount() {
  const { queries } = useApi()
  const format = useFormat()
  const { data } = useQuery(
    queries.jobs.list.queryOptions({ input: { states: ['queued', 'running', 'paused'], limit: 500 } }),
  )
  if (data === undefined || data.length === 0) return null
  return <Badge>{format.number(data.length)}</Badge>
}
