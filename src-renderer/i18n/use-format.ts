import { useTranslation } from 'react-i18next'

export type Format = ReturnType<typeof createFormat>

/** Figures as people of a language write them. */
export function createFormat(language: string) {
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const number = new Intl.NumberFormat(language)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const unit = (value: number, name: string, digits = 0): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value)
  return {
    percent: (fraction: number) => percent.format(fraction),
    number: (value: number) => number.format(value),
    day: (iso: string) => day.format(new Date(iso)),
    moment: (iso: string) => moment.format(new Date(iso)),
    /** 3725 → `1:02:05`; under an hour `2:05`. */
    duration(seconds: number): string {
      const whole = Math.floor(seconds)
      const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
      const two = (value: number): string => String(value).padStart(2, '0')
      return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
    },
    /** For what is estimated: seconds, minutes or hours, one unit. */
    roughly(seconds: number): string {
      if (seconds < 90) return unit(Math.max(1, Math.round(seconds)), 'second')
      if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute')
      return unit(seconds / 3600, 'hour', 1)
    },
    bytes(bytes: number): string {
      const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
      const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
      return unit(bytes / 1000 ** power, units[power] ?? 'byte', power > 2 ? 1 : 0)
    },
  }
}

/** One for each language: making them costs more than all else of a card in the library. */
const formats = new Map<string, Format>()

export function useFormat(): Format {
  const { language } = useTranslation().i18n
  const known = formats.get(language)
  if (known !== undefined) return known
  const made = createFormat(language)
  formats.set(language, made)
  return made
}
