/**
 * What a recorder's file name says. Recorders name files by the clock on the wall, without a zone, so the time is
 * only good for comparing with other such times.
 */
export interface RecordingName {
  /** Equal for files of one recorder, folder, game and kind: the name without its date and part number. */
  readonly family: string
  /** The date in the name, in milliseconds as if it were UTC; null when there is none. */
  readonly wallClock: number | null
  /** The number of a part (`(1)`, `_part2`, GoPro's chapter); null when the name has none. */
  readonly part: number | null
  /** Names the recording that parts belong to (the date as written, GoPro's number): equal stems, one recording. */
  readonly stem: string
}

const year = '(20\\d{2})'
const two = '(\\d{2})'
// Year first, with any or no separators: OBS, ShadowPlay, ReLive, Steam, Medal, consoles.
const yearFirst = new RegExp(
  `(?<!\\d)${year}([-._ ]?)${two}\\2${two}(?:[ T_-]{0,3}${two}([-.:_ h]?)${two}(?:[-.:_ m]?${two})?)?(?:[.,]?\\d{1,3})?(?!\\d)`,
)
// Xbox Game Bar: `Game 11_22_2026 8_15_30 PM`.
const americanDate = /(?<!\d)(\d{1,2})_(\d{1,2})_(20\d{2})[ _](\d{1,2})_(\d{2})_(\d{2}) ?([AP]M)\b/i

// A part number at the end: `_part2`, `-part 2`, ` Part 2`; after a date also ` (1)`, `_002`, `-2`. Without a date the
// latter are too common: `match-1` and `match-2` are two matches, `video (1)` is a second download.
const partWord = /[ ._-]*(?:part|pt)[ ._-]?(\d{1,3})$/i
const partNumber = /[ ._-]*(?:\((\d{1,3})\)|[_.-](\d{1,3}))$/

/** GoPro's chapters: GH010034 is chapter 1 of recording 34; older cameras: GOPR0034, then GP010034. */
const goPro = /^(?:G([HXLSP])(\d{2})|GOP(R))(\d{4})$/i

/** Understands the path of a recording; both kinds of separators, since a library may come from another system. */
export function parseRecordingName(path: string): RecordingName {
  const parts = path.split(/[\\/]/)
  const file = parts.at(-1) ?? ''
  const folder = parts.slice(0, -1).join('/')
  const ending = /\.[^.]{1,5}$/.exec(file)?.[0] ?? ''
  // Steam keeps every session in a folder of its own, whose name has the date, with a manifest that is always called
  // the same.
  if (ending.toLowerCase() === '.mpd') return parseName(parts.at(-2) ?? '', parts.slice(0, -2).join('/'), ending)
  return parseName(ending === '' ? file : file.slice(0, -ending.length), folder, ending)
}

function parseName(name: string, folder: string, ending: string): RecordingName {
  const familyOf = (words: string): string => `${folder}/${words}${ending}`.toLowerCase()
  const camera = goPro.exec(name)
  if (camera) {
    const number = camera[4] ?? ''
    // GOPR0034 is the first chapter of what goes on as GP010034.
    const part = camera[3] ? 0 : Number(camera[2])
    const kind = camera[3] ? 'p' : (camera[1] ?? '').toLowerCase()
    return { family: familyOf(`gopro-${kind}`), wallClock: null, part, stem: number }
  }

  const found = findDate(name)
  const rest = found ? `${name.slice(0, found.start)}\u0000${name.slice(found.end)}` : name
  const numbered = partWord.exec(rest) ?? (found ? partNumber.exec(rest) : null)
  const words = numbered ? rest.slice(0, numbered.index) : rest
  const partText = numbered?.slice(1).find((group) => group !== undefined)
  return {
    family: familyOf(found ? words : words.replaceAll(/\d+/g, '#')),
    wallClock: found?.time ?? null,
    part: partText === undefined ? null : Number(partText),
    stem: found ? found.text : words,
  }
}

function findDate(name: string): { time: number; text: string; start: number; end: number } | null {
  const american = americanDate.exec(name)
  if (american) {
    const [text, month, day, yearText, hour, minute, second, half] = american
    const hours = (Number(hour) % 12) + (half?.toUpperCase() === 'PM' ? 12 : 0)
    const time = wallClockTime([yearText, month, day, hours, minute, second].map(Number))
    return time === null ? null : { time, text, start: american.index, end: american.index + text.length }
  }
  const match = yearFirst.exec(name)
  if (!match) return null
  const [text, yearText, , month, day, hour, , minute, second] = match
  // A date alone is no start: many recordings share it.
  if (hour === undefined || minute === undefined) return null
  const time = wallClockTime([yearText, month, day, hour, minute, second ?? 0].map(Number))
  return time === null ? null : { time, text, start: match.index, end: match.index + text.length }
}

function wallClockTime(numbers: readonly number[]): number | null {
  const [years = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers
  const time = Date.UTC(years, month - 1, day, hour, minute, second)
  const back = new Date(time)
  const valid = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return valid ? time : null
}
