import type { Translated } from '../i18n/translated.ts'
import type { player as english } from './strings.en.ts'

export const player: Translated<typeof english> = {
  loading: 'Wird geladen …',
  play: 'Abspielen',
  pause: 'Anhalten',
  back: 'Ein Bild zurück',
  forward: 'Ein Bild weiter',
  slower: 'Langsamer',
  faster: 'Schneller',
  speed: 'Tempo',
  track: 'Ton',
  position: 'Stelle',
  mute: 'Ton aus',
  unmute: 'Ton an',
  volume: 'Lautstärke',
  fullScreen: 'Vollbild',
  leaveFullScreen: 'Vollbild verlassen',
  soundOnly: 'Ton ohne Bild',
  clickToPlay: 'Klicken zum Abspielen',
  trackNumber: 'Spur {{n}}',
}
