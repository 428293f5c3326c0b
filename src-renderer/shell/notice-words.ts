import { useTranslation } from 'react-i18next'
import type { Notice } from '../../src-shared/contract/events.ts'
import { useBriefErrorWords } from '../i18n/error-words.ts'

/** A notice as a title and a line below it, which may be empty. */
export function useNoticeWords(): (notice: Notice) => { title: string; detail: string } {
  const { t, i18n } = useTranslation()
  const errorWords = useBriefErrorWords()
  return ({ outcome, title, clips, renders, failure }) => {
    const counts = [
      clips !== null && clips > 0 && t('inbox.clips', { count: clips }),
      renders !== null && renders > 0 && t('inbox.files', { count: renders }),
    ].filter((part) => part !== false)
    const key = outcome === 'done' ? 'inbox.done' : outcome === 'failed' ? 'inbox.failed' : 'inbox.needsInput'
    const { happened, todo } = failure === null ? { happened: '', todo: counts.join(' · ') } : errorWords(failure)
    // The engine's own sentence says what happened too.
    const detail = failure === null || i18n.language === 'en' ? todo : `${happened} ${todo}`
    return { title: t(key, { title }), detail }
  }
}
