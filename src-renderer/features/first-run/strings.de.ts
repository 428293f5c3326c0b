import type { Translated } from '../../i18n/translated.ts'
import type { firstRun as english } from './strings.en.ts'

export const firstRun: Translated<typeof english> = {
  title: 'Willkommen bei Clutchcut',
  step: 'Schritt {{at}} von {{of}}',
  skip: 'Überspringen',
  next: 'Weiter',
  back: 'Zurück',
  folders: {
    title: 'Wohin nimmst du auf?',
    text: 'Diese Ordner wurden auf diesem Rechner gefunden. Was angekreuzt ist, wird beim Hinzufügen angeboten; nichts darin wird verändert.',
    none: 'Hier wurde kein Aufnahmeprogramm gefunden. Ordner lassen sich in den Einstellungen hinzufügen, Aufnahmen von überall.',
    looking: 'Aufnahmeprogramme werden gesucht …',
    newest: 'neueste {{day}}',
  },
  devices: {
    title: 'Was hier rechnet',
    text: 'Jedes Gerät rechnet erst dasselbe wie die CPU; nur eines, das übereinstimmt, wird benutzt. Das kann eine Minute dauern und geht weiter, während du weitermachst.',
  },
  demo: {
    title: 'Sieh es dir an',
    text: 'Ein kurzes Match liegt bei. Seine Momente zu finden dauert einige Sekunden.',
    none: 'Dieser Installation liegt keine Demo bei. Zieh eine eigene Aufnahme ins Fenster, wenn du so weit bist.',
    go: 'Demo ausprobieren',
    own: 'Mit eigenen beginnen',
  },
}
