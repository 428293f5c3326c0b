import type { Translated } from '../i18n/translated.ts'
import type { browse as english } from './strings.en.ts'

export const browse: Translated<typeof english> = {
  places: 'Orte',
  up: 'Einen Ordner höher',
  empty: 'In diesem Ordner gibt es nichts auszuwählen.',
  cutShort: 'In diesem Ordner ist mehr, als sich zeigen lässt.',
  all_one: '{{count}} Datei auswählen',
  all_other: 'Alle {{count}} Dateien auswählen',
  none: 'Keine auswählen',
  here: 'Diesen Ordner wählen',
}
