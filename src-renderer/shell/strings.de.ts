import type { Translated } from '../i18n/translated.ts'
import type * as english from './strings.en.ts'

export const common: Translated<typeof english.common> = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  clear: 'Leeren',
  tryAgain: 'Noch einmal versuchen',
  undo: 'Rückgängig',
  more: 'Mehr',
  eta: 'noch {{time}}',
  loading: 'Lädt',
}

export const shell: Translated<typeof english.shell> = {
  name: 'Clutchcut',
  skip: 'Zum Inhalt springen',
  navigation: 'Hauptnavigation',
  notFound: 'Hier ist nichts',
  notFoundText: 'Diese Seite ist abgetrieben. Die Bibliothek ist, wo sie war.',
  toLibrary: 'Zur Bibliothek',
  connecting: 'Verbindung zur Engine',
  lost: 'Die Engine antwortet nicht. Es wird wieder versucht …',
  restored: 'Wieder verbunden.',
  retryNow: 'Jetzt versuchen',
  signedOut: 'Dieser Browser ist nicht angemeldet',
  signedOutText:
    'Drücke Enter in dem Fenster, in dem Clutchcut läuft: Es gibt einen neuen Link aus. Öffne diesen Link hier. Läuft Clutchcut nicht, starten es npm start oder clutchcut serve und geben einen aus. Jeder Link gilt einmal.',
  failed: 'Diese Seite ist zerbrochen',
}

export const palette: Translated<typeof english.palette> = {
  title: 'Befehle',
  open: 'Befehle',
  hint: 'Was möchtest du tun?',
  none: 'Kein Befehl heißt so.',
  go: 'Gehe zu',
  do: 'Tun',
  theme: { system: 'Design: wie das System', dark: 'Design: dunkel', light: 'Design: hell' },
}

export const keys: Translated<typeof english.keys> = {
  title: 'Tastatur',
  detail: 'Die Tasten lassen sich in den Einstellungen ändern.',
  groups: { everywhere: 'Überall', library: 'Bibliothek', recording: 'Aufnahme', review: 'Durchsicht' },
  everywhere: {
    palette: 'Befehle',
    help: 'Alle Tasten zeigen',
    inbox: 'Posteingang',
  },
  library: {
    search: 'Suchen',
    add: 'Aufnahmen hinzufügen',
    selectAll: 'Alles auswählen',
    clear: 'Auswahl aufheben',
  },
}

export const inbox: Translated<typeof english.inbox> = {
  new: 'neu',
  show: 'Zeigen',
  title: 'Posteingang',
  open: 'Posteingang',
  unread_one: '{{count}} ungelesene Nachricht',
  unread_other: '{{count}} ungelesene Nachrichten',
  empty: 'Noch nichts. Was aus Aufträgen wurde, steht hier.',
  clear: 'Alle löschen',
  toasts: 'Nachrichten',
  done: '{{title}} ist fertig',
  failed: '{{title}} ist gescheitert',
  needsInput: '{{title}} braucht etwas von dir',
  clips_one: '{{count}} Clip gefunden',
  clips_other: '{{count}} Clips gefunden',
  files_one: '{{count}} Datei erstellt',
  files_other: '{{count}} Dateien erstellt',
}
