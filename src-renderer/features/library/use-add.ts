import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { toClutchcutError } from '../../../src-shared/contract/errors.ts'
import { receivedError } from '../../../src-shared/contract/received-error.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { useBriefErrorWords } from '../../i18n/error-words.ts'
import { upload } from './uploads.ts'

/** Copies at once; the host takes few more. */
const AT_ONCE = 2

export interface Add {
  /** Paths on the engine's machine. */
  readonly paths: (paths: readonly string[]) => Promise<void>
  /** Files that were dropped or picked: where they lie, or copied where a browser does not say. */
  readonly files: (files: readonly File[]) => Promise<void>
}

/** Has recordings analysed. What is refused is said, and the others go on. */
export function useAdd(): Add {
  const { t } = useTranslation()
  const { client } = useApi()
  const tellProblem = useProblemToast()
  const errorWords = useBriefErrorWords()
  const paths = useCallback(
    async (given: readonly string[]) => {
      for (const path of given) {
        try {
          await client.jobs.add({ spec: { kind: 'analyze', path } })
        } catch (thrown) {
          tellProblem(thrown)
        }
      }
    },
    [client, tellProblem],
  )
  const files = useCallback(
    async (given: readonly File[]) => {
      const waiting = [...given]
      const copy = async (): Promise<void> => {
        for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
          try {
            const path = window.clutchcut?.pathOf(file) || (await upload(file))
            if (path !== null) await paths([path])
          } catch (thrown) {
            const { todo: why } = errorWords(toClutchcutError(receivedError(thrown)))
            toast.error(t('library.uploadFailed', { name: file.name, why }))
          }
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, copy))
    },
    [paths, t, errorWords],
  )
  return { paths, files }
}
