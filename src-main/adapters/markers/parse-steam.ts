import type { MarkerKind } from '../../../src-shared/contract/markers.ts'
import { steamEventWeights } from '../../../src-shared/domain/markers.ts'
import { MarkerCollector, type MarkerList } from './marker-list.ts'

type Entry = Readonly<Record<string, unknown>>

const kinds: ReadonlyMap<string, MarkerKind> = new Map([
  ['event', 'steam-event'],
  ['usermarker', 'steam-marker'],
  ['achievement', 'steam-achievement'],
  ['screenshot', 'steam-screenshot'],
])

/** Whether a JSON document is a timeline of Steam's game recording. */
export function isSteamTimeline(document: unknown): document is Entry {
  if (!isEntry(document) || !('entries' in document)) return false
  return 'daterecorded' in document || 'starttime' in document || entriesOf(document).some((entry) => 'type' in entry)
}

/**
 * A timeline of Steam's game recording: `daterecorded` in seconds since 1970, and `entries` with a `time` in
 * milliseconds from there. Phases, states and modes of a game are no moments and are left out.
 */
export function parseSteamTimeline(document: Entry): MarkerList | null {
  const found = new MarkerCollector()
  for (const [i, entry] of entriesOf(document).entries()) {
    const kind = kinds.get(String(entry['type']).toLowerCase())
    if (kind === undefined) continue
    const time = numberOf(entry['time'])
    const duration = numberOf(entry['duration']) ?? 0
    const weight = kind === 'steam-event' ? steamEventWeights.get(numberOf(entry['possible_clip']) ?? 0) : undefined
    const added =
      time !== null &&
      found.add(
        { kind: 'offset', seconds: time / 1000 },
        duration > 0 ? { kind: 'offset', seconds: (time + duration) / 1000 } : null,
        { kind, label: labelOf(entry), ...(weight !== undefined && { weight }) },
      )
    if (!added) found.skip(i + 1, JSON.stringify(entry).slice(0, 200))
  }
  const startedAt = numberOf(document['daterecorded'])
  return found.list('steam', startedAt !== null && startedAt > 0 ? startedAt : null)
}

/** An array; some are objects with numbers as keys. */
function entriesOf({ entries }: Entry): Entry[] {
  const values: unknown[] = Array.isArray(entries) ? entries : isEntry(entries) ? Object.values(entries) : []
  return values.filter(isEntry)
}

function labelOf(entry: Entry): string {
  const texts = [
    entry['title'],
    entry['type'] === 'achievement' ? entry['achievement_name'] : undefined,
    entry['description'],
  ]
  // Names that start with # are keys of Steam's own texts.
  return texts
    .filter((text) => typeof text === 'string' && text.trim() !== '' && !text.startsWith('#'))
    .slice(0, 2)
    .join(': ')
}

/** Steam writes some numbers as text. */
function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,15}(?:\.\d+)?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
