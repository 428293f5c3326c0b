import type { Translated } from '../i18n/translated.ts'
import type { timeline as english } from './strings.en.ts'

export const timeline: Translated<typeof english> = {
  label: 'Zeitleiste',
  moments: 'Momente',
  score: 'Wertung',
  speech: 'Sprache',
  zoomIn: 'Näher heran',
  zoomOut: 'Weiter weg',
  whole: 'Ganze Aufnahme',
  scored: 'Wertung {{score}}',
  marker: 'Markierung',
  said: '„{{text}}“',
  long: '{{seconds}} s',
}
