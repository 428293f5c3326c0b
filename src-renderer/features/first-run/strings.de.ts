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
    text: 'Diese Ordner wurden hier gefunden. Angekreuzte werden beim Hinzufügen angeboten. Nichts darin wird verändert.',
    none: 'Hier wurde kein Aufnahmeprogramm gefunden. Ordner lassen sich in den Einstellungen hinzufügen, Aufnahmen von überall.',
    looking: 'Aufnahmeprogramme werden gesucht …',
    newest: 'neueste {{day}}',
  },
  devices: {
    title: 'Wie schnell ist dieser Rechner?',
    text: 'Eine Grafikkarte macht es schneller, doch nur eine, die zu denselben Ergebnissen kommt wie die CPU, wird benutzt. Die Prüfung kann eine Minute dauern; du kannst schon weitermachen.',
  },
  demo: {
    title: 'Sieh es dir an',
    text: 'Ein kurzes Match liegt bei. Seine Momente sind in einigen Sekunden gefunden: behalte die besten und exportiere sie.',
    none: 'Dieser Installation liegt keine Demo bei. Zieh eine eigene Aufnahme ins Fenster, wenn du so weit bist.',
    go: 'Demo ausprobieren',
    own: 'Mit eigenen beginnen',
  },
}
