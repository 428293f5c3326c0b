import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { listMoments } from './moments.ts'

/** Everything that the page shows of a recording, read again when it changes. */
export function useRecording(id: number) {
  const { queries } = useApi()
  const found = useQuery(queries.recordings.get.queryOptions({ input: { id } }))
  const clips = useQuery(queries.clips.list.queryOptions({ input: { recordingId: id, limit: 500 } }))
  const analysed = found.data?.recording.state === 'analysed'
  const markers = useQuery({ ...queries.recordings.markers.queryOptions({ input: { id } }), enabled: analysed })
  const duration = ticksFromSeconds(found.data?.recording.durationSeconds ?? 0)
  // One value of each curve: for what they are called.
  const named = useQuery({
    ...queries.recordings.curves.queryOptions({ input: { id, from: 0, to: Math.max(1, duration), points: 1 } }),
    enabled: analysed && duration > 0,
  })
  const curveNames = useMemo(
    () => new Map((named.data?.curves ?? []).map(({ signal, name }) => [signal, name])),
    [named.data],
  )
  const chatCurve = named.data?.curves.find(({ group }) => group === 'chat')?.signal ?? null
  const speech = useQuery(queries.recordings.transcript.queryOptions({ input: { id } }))
  const jobs = useQuery(queries.jobs.list.queryOptions({ input: { states: ['queued', 'running', 'paused'] } }))
  const recording = found.data?.recording
  const moments = useMemo(
    () => listMoments(clips.data?.items ?? [], found.data?.segments ?? []),
    [clips.data, found.data],
  )
  return {
    recording,
    moments,
    error: found.error ?? clips.error,
    loading: found.isPending || clips.isPending,
    refetch: () => Promise.all([found.refetch(), clips.refetch()]),
    duration,
    curveNames,
    /** How dense chat was, where there was one. */
    chatCurve,
    markers: markers.data?.markers ?? [],
    lines: speech.data?.lines ?? [],
    job: (jobs.data ?? []).find((job) => job.recording === recording?.fingerprint || job.spec.path === recording?.path),
  }
}
