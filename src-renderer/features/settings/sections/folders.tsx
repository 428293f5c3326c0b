import { useQuery } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nameFields, nameFromTemplate, unknownNameFields } from '../../../../src-shared/domain/file-name.ts'
import { useApi } from '../../../api-context.tsx'
import { ChoosePath } from '../../../browse/choose-path.tsx'
import { Button, IconButton } from '../../../components/button.tsx'
import { FolderField } from '../../exports/folder-field.tsx'
import { SavedText } from '../saved-text.tsx'
import type { SectionProps } from '../section.ts'

const allFields = nameFields.map((field) => `{${field}}`).join(' ')

/** Where files go, what they are called, and where recordings come from. */
export function FoldersSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const [template, setTemplate] = useState(settings.nameTemplate)
  const example = nameFromTemplate(template, {
    date: '2026-01-31',
    time: '20-15-00',
    game: 'OpenArena',
    n: '01',
    title: t('settings.folders.exampleTitle'),
    recording: t('settings.folders.exampleRecording'),
    score: '87',
  })
  return (
    <>
      <FolderField
        label={t('settings.folders.output')}
        value={settings.outputFolder}
        usual={t('exporting.usualFolder')}
        hint={t('settings.folders.outputText')}
        onChange={(outputFolder) => change({ outputFolder })}
      />
      <SavedText
        label={t('settings.folders.template')}
        value={settings.nameTemplate}
        onType={setTemplate}
        onSave={(nameTemplate) => change({ nameTemplate })}
        problemOf={(text) => {
          if (text.trim() === '') return t('settings.folders.templateEmpty')
          const unknown = unknownNameFields(text)
          return unknown.length === 0
            ? undefined
            : t('settings.folders.templateUnknown', {
                fields: unknown.map((field) => `{${field}}`).join(' '),
                known: allFields,
              })
        }}
        hint={
          <>
            <span className="break-words">{t('settings.folders.example', { name: `${example}.mp4` })}</span>
            <br />
            {t('settings.folders.fields', { known: allFields })}
          </>
        }
      />
      <RecorderFolders settings={settings} change={change} />
    </>
  )
}

function RecorderFolders({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const [choosing, setChoosing] = useState(false)
  const found = useQuery({ ...queries.setup.suggestions.queryOptions(), staleTime: 60_000 }).data ?? []
  const { recorderFolders } = settings
  const add = (folder: string): void => {
    if (!recorderFolders.includes(folder)) change({ recorderFolders: [...recorderFolders, folder] })
  }
  const others = found.filter(({ folder }) => !recorderFolders.includes(folder))
  return (
    <div>
      <h3 className="text-sm font-medium">{t('settings.folders.recorders')}</h3>
      <p className="mt-0.5 text-xs text-faint">{t('settings.folders.recordersText')}</p>
      <ul className="mt-2 flex flex-col divide-y divide-line">
        {recorderFolders.map((folder) => (
          <li key={folder} className="flex min-h-11 items-center gap-3">
            <span className="min-w-0 grow truncate text-sm" title={folder}>
              {folder}
            </span>
            <IconButton
              size="s"
              label={t('settings.folders.remove', { folder })}
              onClick={() => change({ recorderFolders: recorderFolders.filter((each) => each !== folder) })}
            >
              <X size={16} />
            </IconButton>
          </li>
        ))}
        {others.map(({ folder, name, recordings }) => (
          <li key={folder} className="flex min-h-13 items-center gap-3 py-1.5">
            <span className="min-w-0 grow">
              <span className="block text-sm">
                {name} · {t('library.count', { count: recordings })}
              </span>
              <span className="block truncate text-xs text-faint" title={folder}>
                {folder}
              </span>
            </span>
            <Button size="s" aria-label={t('settings.folders.addThis', { folder })} onClick={() => add(folder)}>
              {t('settings.folders.add')}
            </Button>
          </li>
        ))}
      </ul>
      <Button size="s" className="mt-2" onClick={() => setChoosing(true)}>
        {t('settings.folders.addOther')}
      </Button>
      {choosing && (
        <ChoosePath
          title={t('settings.folders.addOther')}
          what="folder"
          from={null}
          onChoose={add}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}
