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
  gestures: {
    seek: 'Dorthin springen',
    seekHow: 'Klick oder Tipp auf die Zeitleiste',
    pan: 'Die Zeitleiste verschieben',
    panHow: 'Ziehen, auch mit einem Finger',
    zoom: 'Näher heran oder weiter weg',
    zoomHow: 'Mausrad, oder zwei Finger',
    mark: 'Einen neuen Clip markieren',
    markHow: 'Umschalt und ziehen, oder halten und ziehen',
    exact: 'Ohne an Nahem zu haften',
    exactHow: 'Alt beim Ziehen',
  },
}
