import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { steamSession, steamTimeline, type SteamName } from '../../../src-shared/domain/steam-names.ts'

/** A folder with more entries is not looked through: it is no folder of recordings. */
const mostEntries = 100_000
const mostTimelines = 200
/** A timeline that began further from a session's beginning is of another time, seconds. */
const longestSession = 2 * 86_400

/** A marker file that lies where a recording's own would. */
export interface Sidecar {
  readonly path: string
  /** Whether the name alone says that it belongs to this recording; else only what meets it counts, and silently. */
  readonly sure: boolean
}

/**
 * The marker files that belong to a recording by their place and name, in a fixed order:
 * `NAME.markers.csv` (also .txt, .json, .edl) beside `NAME.mkv`, in any case of letters;
 * `NAME.txt`, which InfoWriter writes, and `obs-local-stream-marker….csv` beside it (not sure: other things are called
 * that); and for Steam's recordings the timelines of their game. A folder that cannot be read has none.
 */
export async function findSidecars(recording: string): Promise<Sidecar[]> {
  const folder = dirname(recording)
  const session = steamSession(basename(folder))
  if (session !== null) return steamTimelines(folder, session)
  const stem = basename(recording)
    .replace(/\.[^.]{1,5}$/, '')
    .toLowerCase()
  const sidecars = (await namesIn(folder)).flatMap((name): Sidecar[] => {
    const lower = name.toLowerCase()
    const path = join(folder, name)
    if (lower.startsWith(`${stem}.`)) {
      const rest = lower.slice(stem.length + 1)
      if (/^markers\.(?:csv|txt|json|edl)$/.test(rest)) return [{ path, sure: true }]
      if (rest === 'txt') return [{ path, sure: false }]
    }
    const streamMarkers = /^obs-local-stream-marker.*\.csv$/.test(lower)
    return streamMarkers || steamTimeline(name) !== null ? [{ path, sure: false }] : []
  })
  return sidecars.slice(0, mostTimelines)
}

/** Steam keeps sessions under `video/`, for clips in a bundle of their own, and timelines beside that folder. */
async function steamTimelines(folderOfSession: string, session: SteamName): Promise<Sidecar[]> {
  const folder = join(folderOfSession, '..', '..', 'timelines')
  const names = (await namesIn(folder)).filter((name) => {
    const timeline = steamTimeline(name)
    return timeline?.app === session.app && Math.abs(timeline.startedAt - session.startedAt) <= longestSession
  })
  return names.slice(-mostTimelines).map((name) => ({ path: join(folder, name), sure: false }))
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => [])
  return names.length > mostEntries ? [] : names.toSorted()
}
