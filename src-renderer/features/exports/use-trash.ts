import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { nameOf } from './name-of.ts'
import { leaving, takeBack, TAKE_BACK_MS, trashLater } from './trash-later.ts'

/** Puts files into the recycle bin; each can be taken back for some seconds. */
export function useTrash() {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const noticeOf = (id: number): string => `trash ${id}`

  async function run(id: number): Promise<void> {
    toast.dismiss(noticeOf(id))
    try {
      const [outcome] = await client.exports.trash({ ids: [id] })
      if (outcome !== undefined && outcome.problem !== null) toast.error(outcome.problem)
    } catch (thrown) {
      tellProblem(thrown)
    }
    await cache.invalidateQueries({ queryKey: queries.exports.key() })
  }
  function undo(id: number | undefined = leaving.get().at(-1)): void {
    if (id === undefined) return
    takeBack(id)
    toast.dismiss(noticeOf(id))
    announce(t('exported.takenBack'))
  }
  function trash(file: ExportedFile): void {
    const { id } = file
    const said = t(file.file === 'missing' ? 'exported.leavesList' : 'exported.leaves', { title: nameOf(file.path) })
    trashLater(id, () => run(id))
    announce(said)
    toast(said, {
      id: noticeOf(id),
      duration: TAKE_BACK_MS,
      action: { label: t('common.undo'), onClick: () => undo(id) },
    })
  }
  return { trash, undo: () => undo() }
}
