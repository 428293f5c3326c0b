import { useTranslation } from 'react-i18next'
import type { Notice } from '../../src-shared/contract/events.ts'

/** A notice as a title and a line below it, which may be empty. */
export function useNoticeWords(): (notice: Notice) => { title: string; detail: string } {
  const { t } = useTranslation()
  return ({ outcome, title, clips, renders, failure }) => {
    const counts = [
      clips !== null && clips > 0 && t('inbox.clips', { count: clips }),
      renders !== null && renders > 0 && t('inbox.files', { count: renders }),
    ].filter((part) => part !== false)
    const key = outcome === 'done' ? 'inbox.done' : outcome === 'failed' ? 'inbox.failed' : 'inbox.needsInput'
    return { title: t(key, { title }), detail: failure?.message ?? counts.join(' · ') }
  }
}
