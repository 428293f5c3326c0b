import type { Translated } from '../../i18n/translated.ts'
import type { library as english } from './strings.en.ts'

export const library: Translated<typeof english> = {
  title: 'Bibliothek',
}
