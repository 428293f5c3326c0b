import type { Translated } from '../../i18n/translated.ts'
import type { review as english, reviewKeys as englishKeys } from './strings.en.ts'

export const review: Translated<typeof english> = {
  title: 'Durchsicht',
  toLibrary: 'Zur Bibliothek',
  position: '{{at}} von {{total}}',
  keep: 'Behalten',
  reject: 'Verwerfen',
  next: 'Nächster',
  previous: 'Voriger',
  undo: 'Rückgängig',
  rename: 'Umbenennen',
  trim: 'Zuschneiden',
  favourite: 'Favorit',
  undone: 'Zurückgenommen.',
  marked: 'Als Favorit markiert.',
  unmarked: 'Kein Favorit mehr.',
  renamed: 'Umbenannt.',
  leftOut_one: '{{count}} Clip bleibt aus: Die Datei seiner Aufnahme ist nicht da.',
  leftOut_other: '{{count}} Clips bleiben aus: Die Dateien ihrer Aufnahmen sind nicht da.',
  decided: { kept: 'Behalten.', rejected: 'Verworfen.' },
  empty: {
    title: 'Nichts durchzusehen',
    text: 'Hier warten Clips, die in Aufnahmen gefunden wurden, auf deine Entscheidung.',
  },
  done: { title: 'Fertig', text: '{{kept}} behalten, {{rejected}} verworfen.', export: 'Die behaltenen exportieren' },
}

export const reviewKeys: Translated<typeof englishKeys> = {
  keep: 'Behalten',
  reject: 'Verwerfen',
  next: 'Nächster Clip',
  previous: 'Voriger Clip',
  favourite: 'Favorit',
  rename: 'Umbenennen',
  trim: 'Zuschneiden',
  in: 'Clip beginnt hier',
  out: 'Clip endet hier',
  toggle: 'Abspielen oder anhalten',
  again: 'Von vorn',
  faster: 'Schneller',
  back: 'Ein Bild zurück',
  forward: 'Ein Bild weiter',
  undo: 'Rückgängig',
  export: 'Exportieren',
  leave: 'Zurück zur Bibliothek',
}
