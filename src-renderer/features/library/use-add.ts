import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { receivedError } from '../../../src-shared/contract/received-error.ts'
import { useApi } from '../../api-context.tsx'
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
  const paths = useCallback(
    async (given: readonly string[]) => {
      for (const path of given) {
        try {
          await client.jobs.add({ spec: { kind: 'analyze', path } })
        } catch (thrown) {
          toast.error(receivedError(thrown).message)
        }
      }
    },
    [client],
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
            toast.error(t('library.uploadFailed', { name: file.name, why: receivedError(thrown).message }))
          }
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, copy))
    },
    [paths, t],
  )
  return { paths, files }
}
