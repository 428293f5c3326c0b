import type { TFunction } from 'i18next'
import type { Format } from '../i18n/use-format.ts'
import type { Lying } from './what-lies-at.ts'

/** In words, one line each, without the time. */
export function tellLying({ score, moment, marker, curves, line }: Lying, t: TFunction, format: Format): string[] {
  return [
    ...(score === null ? [] : [t('timeline.scored', { score: format.percent(score) })]),
    ...(moment === null ? [] : [`${t(`recording.states.${moment.state}`)}: ${moment.label}`]),
    ...(marker === null ? [] : [[t('timeline.marker'), marker.label].filter((part) => part !== '').join(': ')]),
    ...curves.map(({ label, value }) => `${label}: ${format.number(Number(value.toPrecision(3)))}`),
    ...(line === null ? [] : [t('timeline.said', { text: line.text })]),
  ]
}
