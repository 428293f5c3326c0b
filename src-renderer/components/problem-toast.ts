import { useCallback } from 'react'
import { toast } from 'sonner'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import { receivedError } from '../../src-shared/contract/received-error.ts'
import { announce } from '../announce.ts'
import { useBriefErrorWords } from '../i18n/error-words.ts'

/** Tells of something small that did not work, without taking the page away: what happened, and what to do. */
export function useProblemToast(): (error: unknown) => void {
  const words = useBriefErrorWords()
  return useCallback(
    (error) => {
      const { happened, todo } = words(toClutchcutError(receivedError(error)))
      announce(happened)
      toast.error(happened, { description: todo })
    },
    [words],
  )
}
