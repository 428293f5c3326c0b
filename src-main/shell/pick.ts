import { dirname } from 'node:path'
import { app, dialog, type BrowserWindow, type OpenDialogOptions } from 'electron'
import type { PickRequest } from '../../src-shared/contract/desktop-bridge.ts'
import { recordingExtensions, textExtensions } from '../../src-shared/domain/file-kind.ts'
import type { Words } from './words.ts'

/** The system's dialogs for files and folders. */
export function createPicker(words: () => Words) {
  // Electron begins in Downloads unless it is told where the last one ended.
  let last: string | null = null

  return async (window: BrowserWindow | null, { kind, from }: PickRequest): Promise<readonly string[]> => {
    const options: OpenDialogOptions = {
      defaultPath: from ?? last ?? app.getPath('videos'),
      properties: propertiesOf(kind),
      filters: filtersOf(kind, words()),
    }
    const { canceled, filePaths } = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options))
    const [first] = filePaths
    if (canceled || first === undefined) return []
    last = kind === 'folder' ? first : dirname(first)
    return filePaths
  }
}

function propertiesOf(kind: PickRequest['kind']): NonNullable<OpenDialogOptions['properties']> {
  switch (kind) {
    case 'recordings':
      return ['openFile', 'multiSelections']
    case 'texts':
      return ['openFile']
    case 'folder':
      return ['openDirectory', 'createDirectory', 'promptToCreate']
  }
}

function filtersOf(kind: PickRequest['kind'], { recordings, texts, all }: Words): OpenDialogOptions['filters'] & {} {
  const every = { name: all, extensions: ['*'] }
  switch (kind) {
    case 'recordings':
      return [{ name: recordings, extensions: [...recordingExtensions] }, every]
    case 'texts':
      return [{ name: texts, extensions: [...textExtensions] }, every]
    case 'folder':
      return []
  }
}
