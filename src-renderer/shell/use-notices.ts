import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { announce } from '../announce.ts'
import { useApi } from '../api-context.tsx'
import { createEventApplier } from '../connection/apply-event.ts'
import { followEvents } from '../connection/follow-events.ts'
import { targetOf } from './notice-target.ts'
import { useNoticeWords } from './notice-words.ts'

/** Follows what the engine tells, for as long as the window is open: what is shown, and toasts of what jobs came to. */
export function useNotices(): void {
  const { client, queries, connection } = useApi()
  const cache = useQueryClient()
  const { t } = useTranslation()
  const navigate = useNavigate()
  const words = useNoticeWords()
  const latest = useRef({ t, navigate, words })
  latest.current = { t, navigate, words }
  useEffect(() => {
    const ended = new AbortController()
    const apply = createEventApplier(cache, queries)
    void followEvents(
      client,
      connection,
      (event) => {
        apply(event)
        if (event.kind !== 'notice') return
        const { notice } = event
        const { title, detail } = latest.current.words(notice)
        announce(title)
        const show = notice.outcome === 'done' ? toast.success : toast.error
        show(title, {
          ...(detail !== '' && { description: detail }),
          action: {
            label: latest.current.t('inbox.show'),
            onClick: () => void latest.current.navigate(targetOf(notice)),
          },
        })
      },
      ended.signal,
    )
    return () => ended.abort()
  }, [client, queries, connection, cache])
}
