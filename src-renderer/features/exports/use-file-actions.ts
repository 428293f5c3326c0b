import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { mediaUrl } from '../../player/media-url.ts'
import { openMontage } from '../montage/open-montage.ts'
import { nameOf } from './name-of.ts'
import { openExport } from './open-export.ts'
import { useTrash } from './use-trash.ts'

/** Where a finished file is played and downloaded from. */
export const mediaPath = ({ id }: Pick<ExportedFile, 'id'>): string => mediaUrl(`/media/render/${id}`)

/** The clips that a file was made of, in its order; one may come again. */
const clipIdsOf = ({ clipId, montage }: ExportedFile): number[] =>
  clipId === null ? (montage?.clips ?? []).map((clip) => clip.clipId) : [clipId]

export type FileActions = ReturnType<typeof useFileActions>

/** What can be done with a finished file; what this host cannot is absent. */
export function useFileActions() {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const navigate = useNavigate()
  const tellProblem = useProblemToast()
  const { data: app } = useQuery(queries.app.info.queryOptions())
  const does = useMutation({ mutationFn: async (action: () => Promise<unknown>) => action(), onError: tellProblem })
  const trashing = useTrash()
  const said = (text: string): void => {
    announce(text)
    toast(text)
  }
  /** Those of the clips that are still there. */
  async function clipsOf(files: readonly ExportedFile[]): Promise<StoredClip[]> {
    const ids = [...new Set(files.flatMap(clipIdsOf))]
    const found = await Promise.all(ids.map((id) => client.clips.get({ id }).catch(() => null)))
    const clips = found.filter((clip) => clip !== null)
    // Then the reason is worth a word.
    if (clips.length === 0 && ids[0] !== undefined) await client.clips.get({ id: ids[0] })
    return clips
  }
  return {
    reveal:
      app?.capabilities.revealInFolder === true
        ? (file: ExportedFile) => does.mutate(() => client.exports.reveal({ id: file.id }))
        : undefined,
    /** The desktop has the file already. */
    download: app?.host === 'desktop' ? undefined : download,
    /** The file itself, or where a browser has no way to it, its path. */
    copy: {
      what: app?.capabilities.copyFile === true ? ('file' as const) : ('path' as const),
      run: (file: ExportedFile) =>
        does.mutate(async () => {
          if (app?.capabilities.copyFile === true) {
            await client.exports.copy({ id: file.id })
            said(t('exported.copiedFile'))
          } else {
            await navigator.clipboard.writeText(file.path)
            said(t('exported.copiedPath'))
          }
        }),
    },
    trash: app?.capabilities.trash === true ? trashing.trash : undefined,
    undo: trashing.undo,
    again: (file: ExportedFile) =>
      does.mutate(async () => {
        const clips = await clipsOf([file])
        if (file.montage !== null) openMontage(clips, file.montage)
        else openExport(clips, { kinds: [file.kind] })
      }),
    handOff: (file: ExportedFile) => does.mutate(async () => openExport(await clipsOf([file]), { as: 'editor' })),
    montage: (files: readonly ExportedFile[]) => does.mutate(async () => openMontage(await clipsOf(files))),
    toRecording: ({ recordingId, clipId }: ExportedFile): void => {
      if (recordingId === null || clipId === null) return
      void navigate({ to: '/recordings/$id', params: { id: String(recordingId) }, search: { clip: clipId } })
    },
  }
}

/** As a browser saves it, under the name that the file has. */
function download(file: ExportedFile): void {
  const link = document.createElement('a')
  link.href = mediaPath(file)
  link.download = nameOf(file.path)
  link.click()
}
