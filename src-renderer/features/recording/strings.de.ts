import type { Translated } from '../../i18n/translated.ts'
import type { recording as english, recordingKeys as englishKeys } from './strings.en.ts'

export const recording: Translated<typeof english> = {
  toLibrary: 'Bibliothek',
  moments: 'Momente',
  momentsCount_one: '{{count}} Moment',
  momentsCount_other: '{{count}} Momente',
  speech: 'Mitschrift',
  noSpeech:
    'Was hier gesagt wird, ist nicht bekannt. Mit einer Untertiteldatei (SRT, VTT oder ASS) lässt es sich lesen und durchsuchen.',
  divider: 'Zwischen Player und Momenten',
  reasons: 'Warum er ausgewählt wurde',
  showCurve: 'Kurve zeigen',
  allTracks: 'Alle Spuren',
  keep: 'Behalten',
  reject: 'Verwerfen',
  favourite: 'Favorit',
  make: 'Einen Clip daraus machen',
  export: 'Exportieren',
  exportKept: '{{count}} behaltene exportieren',
  analyse: 'Momente finden',
  save: 'Speichern',
  states: { candidate: 'Gefunden', kept: 'Behalten', rejected: 'Verworfen', passed: 'Unter der Schwelle' },
  decided: { kept: 'Behalten.', rejected: 'Verworfen.', candidate: 'Wieder offen.' },
  work: { running: 'Sucht Momente', waiting: 'Wartet, bis es an der Reihe ist' },
  new: { title: 'Noch nicht ausgewertet', text: 'Momente zu finden dauert Sekunden je Stunde.' },
  failed: {
    title: 'Die Auswertung ist gescheitert',
    text: 'Auf der Seite der Aufträge steht, warum. Danach noch einmal versuchen.',
  },
  none: {
    title: 'Keine Momente',
    text: 'Nichts stach heraus. Die Empfindlichkeit lässt sich in den Einstellungen erhöhen; N macht einen Clip von Hand.',
  },
  missing: {
    title: 'Die Datei ist nicht da',
    text: 'Zuletzt lag sie unter {{path}}. Liegt sie wieder dort, geht alles weiter.',
  },
  menu: {
    again: 'Neu auswerten',
    rename: 'Umbenennen',
    reveal: 'Im Ordner zeigen',
    remove: 'Aus der Bibliothek entfernen',
    trash: 'Datei in den Papierkorb legen',
  },
  removing: {
    title: 'Diese Aufnahme aus der Bibliothek entfernen?',
    text: 'Momente, Entscheidungen und Schnitte werden vergessen. Die Datei und fertige Clips bleiben, wo sie sind.',
  },
  fields: { title: 'Titel', game: 'Spiel' },
}

export const recordingKeys: Translated<typeof englishKeys> = {
  toggle: 'Abspielen oder anhalten',
  rewind: 'Fünf Sekunden zurück',
  faster: 'Abspielen, dann schneller',
  back: 'Ein Bild zurück',
  forward: 'Ein Bild weiter',
  previous: 'Voriger Moment',
  next: 'Nächster Moment',
  in: 'Clip beginnt hier',
  out: 'Clip endet hier',
  keep: 'Behalten',
  reject: 'Verwerfen',
  favourite: 'Favorit',
  undo: 'Letzten Schnitt zurücknehmen',
  redo: 'Wiederholen',
  export: 'Den gewählten Clip exportieren, oder die behaltenen',
  create: 'Neuer Clip um diese Stelle',
}
