import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { toast } from 'sonner'
import { announce } from '../announce.ts'
import { useApi } from '../api-context.tsx'
import { createEventApplier } from '../connection/apply-event.ts'
import { followEvents } from '../connection/follow-events.ts'
import { keepNotice } from '../notices.ts'
import { useNoticeWords } from './notice-words.ts'

/** Follows what the engine tells, for as long as the window is open: what is shown, toasts, inbox. */
export function useNotices(): void {
  const { client, queries, connection } = useApi()
  const cache = useQueryClient()
  const words = useRef(useNoticeWords())
  words.current = useNoticeWords()
  useEffect(() => {
    const ended = new AbortController()
    const apply = createEventApplier(cache, queries)
    void followEvents(
      client,
      connection,
      (event) => {
        apply(event)
        if (event.kind !== 'notice') return
        keepNotice(event.notice)
        const { title, detail } = words.current(event.notice)
        announce(title)
        const show = event.notice.outcome === 'done' ? toast.success : toast.error
        show(title, detail === '' ? {} : { description: detail })
      },
      ended.signal,
    )
    return () => ended.abort()
  }, [client, queries, connection, cache])
}
