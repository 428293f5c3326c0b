import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { Thumbnail, ThumbnailLabel } from '../../components/thumbnail.tsx'
import { useFormat } from '../../i18n/use-format.ts'

/** What flies past is not asked for. */
const SETTLED_MS = 140

interface Props {
  readonly recording: RecordingSummary
  readonly children?: ReactNode
  readonly className?: string
  /** Where the picture is too small for its length. */
  readonly bare?: boolean
}

/** A picture out of the recording's middle, and its length. */
export function RecordingThumbnail({ recording, children, className, bare = false }: Props) {
  const { queries } = useApi()
  const format = useFormat()
  const { id, state, durationSeconds } = recording
  const end = ticksFromSeconds(durationSeconds ?? 0)
  const has = state === 'analysed' && end > 0 && (recording.media?.video ?? null) !== null
  const { data, isError } = useQuery({
    ...queries.stills.thumbnail.queryOptions({
      input: { recordingId: id, start: 0, end: Math.max(1, end), peak: Math.floor(end * 0.4), side: 480 },
    }),
    enabled: useSettled(SETTLED_MS) && has,
    gcTime: 120_000,
    retry: false,
  })
  return (
    <Thumbnail jpeg={!has || isError ? null : data?.jpeg} alt="" {...(className !== undefined && { className })}>
      {children}
      {durationSeconds !== null && !bare && (
        <ThumbnailLabel className="right-1.5 bottom-1.5">{format.duration(durationSeconds)}</ThumbnailLabel>
      )}
    </Thumbnail>
  )
}

/** True once this has been there for so long. */
function useSettled(ms: number): boolean {
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return settled
}
