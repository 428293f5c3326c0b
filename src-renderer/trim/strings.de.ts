import type { Translated } from '../i18n/translated.ts'
import type { trim as english } from './strings.en.ts'

export const trim: Translated<typeof english> = {
  undone: 'Zurückgenommen.',
  order: 'Ein Clip muss nach seinem Beginn enden.',
  in: 'Hier beginnen',
  out: 'Hier enden',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  label: 'Zuschneiden',
}
