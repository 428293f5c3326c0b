import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import { receivedError } from '../../src-shared/contract/received-error.ts'
import { announce } from '../announce.ts'

/** Tells of something small that did not work, without taking the page away: what happened, and what to do. */
export function useProblemToast(): (error: unknown) => void {
  const { t } = useTranslation()
  return useCallback(
    (error) => {
      const known = toClutchcutError(receivedError(error))
      const happened = t(`errors.${known.code}`)
      announce(happened)
      toast.error(happened, { description: known.message })
    },
    [t],
  )
}
