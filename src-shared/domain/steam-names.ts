/** A game of Steam, and a time in its names, in seconds since 1970 as if it were UTC (which it is, as far as is known). */
export interface SteamName {
  readonly app: string
  readonly startedAt: number
}

/** The folder of a session of Steam's game recording, such as `fg_730_20241005_223412`. */
export function steamSession(folder: string): SteamName | null {
  return parse(/^(?:fg|bg|clip)_(\d{1,12})_(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)(?:_\d+)?$/.exec(folder))
}

/** A timeline, such as `timeline_73020241005_223350.json`. */
export function steamTimeline(file: string): SteamName | null {
  return parse(/^timeline_(\d{1,12})(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)\.json$/i.exec(file))
}

function parse(found: RegExpExecArray | null): SteamName | null {
  if (found === null) return null
  const [, app = '', ...parts] = found
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  const exists = new Date(time).getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60
  return exists ? { app, startedAt: time / 1000 } : null
}
