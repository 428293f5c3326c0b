import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClutchcutError } from '../../src-shared/contract/errors.ts'

type Failure = Pick<ClutchcutError, 'code' | 'message'>

export interface ErrorWords {
  /** A sentence, in the language of the interface; so is what to do. */
  readonly happened: string
  readonly todo: string
  /** The particulars as the engine says them, in English; null where they say no more. */
  readonly detail: string | null
}

/** The engine says what happened and what to do in English; people read it in their own language first. */
export function useErrorWords({ code, message }: Failure): ErrorWords {
  const { t } = useTranslation()
  return {
    happened: t(`errors.${code}`),
    todo: t(`errors.todo.${code}`),
    detail: message === '' || code.startsWith('connection/') ? null : message,
  }
}

/** The same where there is room for two sentences only: the engine's own, for who reads English. */
export function useBriefErrorWords(): (failure: Failure) => Pick<ErrorWords, 'happened' | 'todo'> {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  return useCallback(
    ({ code, message }) => ({
      happened: t(`errors.${code}`),
      todo: language === 'en' && message !== '' ? message : t(`errors.todo.${code}`),
    }),
    [t, language],
  )
}
