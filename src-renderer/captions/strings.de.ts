import type { Translated } from '../i18n/translated.ts'
import type { captions as english } from './strings.en.ts'

export const captions: Translated<typeof english> = {
  style: 'Stil',
  styles: { clean: 'Schlicht', karaoke: 'Karaoke', boxed: 'Kasten', big: 'Groß' },
  sample: 'niemals hat das geklappt',
  sampleShort: 'echt jetzt',
}
