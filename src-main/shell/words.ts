import { app } from 'electron'
import type { Settings } from '../../src-shared/contract/settings.ts'

const english = {
  file: 'File',
  addRecordings: 'Add Recordings…',
  close: 'Close Window',
  quit: 'Quit',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  library: 'Library',
  review: 'Review',
  logs: 'Show Logs',
  recordings: 'Recordings',
  texts: 'Chat, markers, captions',
  all: 'All files',
  restarted: 'Clutchcut’s engine stopped and was started again. Jobs go on where they were.',
  crashing: 'Clutchcut’s engine keeps stopping',
  crashingDetail: 'Your library and your recordings are safe. The logs say what went wrong.',
  failed: 'Clutchcut cannot open its library',
  again: 'Try Again',
  done: (title: string, clips: number | null): string =>
    clips === null ? `${title} is done` : `${title}: ${clips} ${clips === 1 ? 'clip' : 'clips'}`,
  wentWrong: (title: string): string => `${title} could not be finished`,
}

type Words = typeof english

const german: Words = {
  file: 'Datei',
  addRecordings: 'Aufnahmen hinzufügen…',
  close: 'Fenster schließen',
  quit: 'Beenden',
  edit: 'Bearbeiten',
  view: 'Ansicht',
  window: 'Fenster',
  help: 'Hilfe',
  library: 'Bibliothek',
  review: 'Durchsicht',
  logs: 'Protokolle zeigen',
  recordings: 'Aufnahmen',
  texts: 'Chat, Marken, Untertitel',
  all: 'Alle Dateien',
  restarted: 'Der Motor von Clutchcut blieb stehen und läuft wieder. Aufgaben gehen dort weiter, wo sie waren.',
  crashing: 'Der Motor von Clutchcut bleibt immer wieder stehen',
  crashingDetail: 'Bibliothek und Aufnahmen sind unversehrt. In den Protokollen steht, was geschah.',
  failed: 'Clutchcut kann seine Bibliothek nicht öffnen',
  again: 'Noch einmal',
  done: (title, clips) =>
    clips === null ? `${title} ist fertig` : `${title}: ${clips} ${clips === 1 ? 'Clip' : 'Clips'}`,
  wentWrong: (title) => `${title} konnte nicht fertig werden`,
}

/** What the shell says by itself, in the language that was chosen, or the system's. */
export function wordsFor(language: Settings['language']): Words {
  const wanted = language === 'system' ? app.getLocale() : language
  return wanted.startsWith('de') ? german : english
}

export type { Words }
