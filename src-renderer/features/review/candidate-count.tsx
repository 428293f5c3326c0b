import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api-context.tsx'
import { Badge } from '../../components/badge.tsx'
import { useFormat } from '../../i18n/use-format.ts'

/** How many clips wait for a decision. */
export function CandidateCount() {
  const { queries } = useApi()
  const format = useFormat()
  const { data } = useQuery(queries.clips.list.queryOptions({ input: { state: 'candidate', limit: 1 } }))
  if (data === undefined || data.total === 0) return null
  return <Badge tone="ember">{format.number(data.total)}</Badge>
}
