import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { mediaUrl } from '../../player/media-url.ts'
import { openExport } from './open-export.ts'

/** Where a finished file is played and downloaded from. */
export const mediaPath = ({ clipId, path }: Pick<ExportedFile, 'clipId' | 'path'>): string =>
  mediaUrl(`/media/render/${clipId}?path=${encodeURIComponent(path)}`)

/** What can be done with a finished file; what this host cannot is absent. */
export function useFileActions() {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const { data: app } = useQuery(queries.app.info.queryOptions())
  const does = useMutation({ mutationFn: async (action: () => Promise<unknown>) => action(), onError: tellProblem })
  const trash = async (id: number): Promise<void> => {
    const [outcome] = await client.exports.trash({ ids: [id] })
    if (outcome !== undefined && outcome.problem !== null) toast.error(outcome.problem)
    await cache.invalidateQueries({ queryKey: queries.exports.key() })
  }
  return {
    reveal:
      app?.capabilities.revealInFolder === true
        ? (file: ExportedFile) => does.mutate(() => client.exports.reveal({ id: file.id }))
        : undefined,
    trash: app?.capabilities.trash === true ? (file: ExportedFile) => does.mutate(() => trash(file.id)) : undefined,
    again: (file: ExportedFile) =>
      does.mutate(async () => openExport([await client.clips.get({ id: file.clipId })], { kinds: [file.kind] })),
    handOff: (file: ExportedFile) =>
      does.mutate(async () => openExport([await client.clips.get({ id: file.clipId })], { as: 'editor' })),
    copyPath: (file: ExportedFile) =>
      does.mutate(async () => {
        await navigator.clipboard.writeText(file.path)
        toast(t('exported.copied'))
      }),
  }
}
