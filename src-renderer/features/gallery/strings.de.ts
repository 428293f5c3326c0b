import type { Translated } from '../../i18n/translated.ts'
import type { gallery as english } from './strings.en.ts'

export const gallery: Translated<typeof english> = {
  title: 'Galerie',
  detail: 'Alle Bausteine, in beiden Designs.',
  dark: 'Dunkel',
  light: 'Hell',
}
