/** A time as people and programs write it, and what it counts from; see `ChatClock`. */
export interface ReadTime {
  readonly kind: 'offset' | 'absolute' | 'wall'
  readonly seconds: number
}

const isoPattern =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i
const clockPattern = /^(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,6}))?$/

/**
 * `754.2` and `0:12:34` are offsets, larger numbers seconds, milliseconds or microseconds since 1970, and
 * `2026-11-22 20:15:30` is absolute with a zone and a wall clock's without. Null for anything else.
 */
export function readTime(text: string): ReadTime | null {
  const trimmed = text.trim()
  if (/^\d{1,17}(?:\.\d{1,9})?$/.test(trimmed)) {
    const value = Number(trimmed)
    if (value < 1e8) return { kind: 'offset', seconds: value }
    return { kind: 'absolute', seconds: value >= 1e14 ? value / 1e6 : value >= 1e11 ? value / 1e3 : value }
  }
  const clock = clockPattern.exec(trimmed)
  if (clock) {
    const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = clock
    return { kind: 'offset', seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction}`) }
  }
  const iso = isoPattern.exec(trimmed)
  if (!iso) return null
  const [, year, month, day, hour, minute, second, fraction = '0', zone] = iso
  const wall = wallSeconds([year, month, day, hour, minute, second].map(Number))
  if (wall === null) return null
  const seconds = wall + Number(`0.${fraction}`)
  return zone === undefined ? { kind: 'wall', seconds } : { kind: 'absolute', seconds: seconds - zoneSeconds(zone) }
}

/** Year, month, day, hour, minute, second as seconds since 1970 as if it were UTC; null where there is no such time. */
export function wallSeconds(numbers: readonly number[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(time)
  const exists = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60
  return exists && second < 61 ? time / 1000 : null
}

/** `Z`, `UTC`, `+02:00`, `-0130`, `+05`: seconds east of UTC. */
export function zoneSeconds(zone: string): number {
  const found = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  if (!found) return 0
  const [, sign, hours, minutes = '0'] = found
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}
