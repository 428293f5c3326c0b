import { useTranslation } from 'react-i18next'
import type { ClutchcutError } from '../../src-shared/contract/errors.ts'

export interface ErrorWords {
  /** A sentence, in the language of the interface. */
  readonly happened: string
  /** The particulars and what to do, as the engine says them; empty where there is no more to say. */
  readonly todo: string
}

export function useErrorWords(error: ClutchcutError): ErrorWords {
  const { t } = useTranslation()
  const todo =
    error.code === 'connection/lost' || error.code === 'connection/signed-out'
      ? t(`errors.todo.${error.code}`)
      : error.message
  return { happened: t(`errors.${error.code}`), todo }
}
