import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import type { MenuItem } from '../../components/menu.tsx'
import type { FileActions } from './use-file-actions.ts'

/** What the menu of a file offers. */
export function useFileMenu(does: FileActions): (file: ExportedFile) => (MenuItem | null)[] {
  const { t } = useTranslation()
  return (file) => {
    const { reveal, trash, download, copy } = does
    const there = file.file !== 'missing'
    const offered = (is: boolean, label: string, onSelect: () => void): MenuItem[] => (is ? [{ label, onSelect }] : [])
    return [
      ...offered(there && reveal !== undefined, t('exported.reveal'), () => reveal?.(file)),
      ...offered(there || copy.what === 'path', t(`exported.copy.${copy.what}`), () => copy.run(file)),
      ...offered(there && download !== undefined, t('exported.download'), () => download?.(file)),
      null,
      ...offered(true, t(file.montage === null ? 'exported.again' : 'exported.changeMontage'), () => does.again(file)),
      ...offered(true, t('exported.handOff'), () => does.handOff(file)),
      ...offered(file.recordingId !== null, t('exported.toRecording'), () => does.toRecording(file)),
      ...(trash === undefined
        ? []
        : [
            null,
            {
              label: t(there ? 'exported.trash' : 'exported.forget'),
              danger: true,
              onSelect: () => trash(file),
            },
          ]),
    ]
  }
}
