import { useTranslation } from 'react-i18next'
import type { HandedOff, HandOffRequest } from '../../../src-shared/contract/exports.ts'
import { Select } from '../../components/select.tsx'
import { FolderField } from './folder-field.tsx'

type Format = HandOffRequest['format']

const formats = ['otio', 'fcpxml', 'premiere', 'edl', 'csv'] as const satisfies readonly Format[]

export interface HandOffChoice {
  readonly format: Format
  readonly folder: string | null
}

interface Props {
  readonly choice: HandOffChoice
  readonly onChange: (change: Partial<HandOffChoice>) => void
  /** What was written, with what is to be said of it. */
  readonly done: HandedOff | undefined
}

/** Clips for an editing program: their places in the recordings, without making video. */
export function HandOffForm({ choice, onChange, done }: Props) {
  const { t } = useTranslation()
  return (
    <div className="flex max-w-lg flex-col gap-5">
      <p className="text-sm text-soft">{t('exporting.handOffText')}</p>
      <Select
        label={t('exporting.format')}
        value={choice.format}
        onChange={(format) => onChange({ format })}
        options={formats.map((value) => ({ value, label: t(`exporting.formats.${value}`) }))}
        hint={t(`exporting.formatHints.${choice.format}`)}
      />
      <FolderField
        label={t('exporting.folder')}
        value={choice.folder}
        usual={t('exporting.folderNeeded')}
        onChange={(folder) => onChange({ folder })}
      />
      {done !== undefined && (
        <div role="status" className="rounded-md bg-good-wash p-3 text-sm">
          <p className="break-all">{t('exporting.written', { path: done.path })}</p>
          {done.captions !== null && <p className="mt-1 break-all">{done.captions}</p>}
          {done.notes.map((note) => (
            <p key={note} className="mt-1 text-soft">
              {note}
            </p>
          ))}
        </div>
      )}
    </div>
  )
}
