/**
 * File names made from a template and from other people's words (titles, games): safe on Windows, macOS and Linux
 * alike, on whichever of them they were made, because clips move between machines.
 */
export const nameFields = ['date', 'time', 'game', 'n', 'title', 'recording', 'score'] as const
export type NameField = (typeof nameFields)[number]
export type NameValues = Readonly<Partial<Record<NameField, string | null>>>

/** Usual file systems take 255 (bytes of UTF-8 on Linux, UTF-16 units elsewhere; never more units than bytes). */
export const MAX_NAME_BYTES = 255

/** Room for `_`, ` (9999)`, `.mp4` and the sidecar's `.clutchcut.json`. */
const RESERVED_BYTES = '_'.length + ' (9999)'.length + '.mp4'.length + '.clutchcut.json'.length

/** Used where nothing is left of the template. */
const FALLBACK = 'clip'

/**
 * Device names that Windows reserves in every folder, whatever the extension.
 * Source: learn.microsoft.com/windows/win32/fileio/naming-a-file; superscript digits count as digits there.
 */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i

/** A look-alike for each character that Windows forbids; what has none is left out. */
const LOOKALIKES: Readonly<Record<string, string>> = { ':': '-', '"': "'", '/': '-', '\\': '-', '|': '-' }

/**
 * Fills `{date} {time} {game} {n} {title} {recording} {score}`; empty fields vanish together with the space around
 * them, and braces that name no field stay as they are. Returns a name without extension, never empty.
 */
export function nameFromTemplate(template: string, values: NameValues): string {
  const filled = template.replace(/\{(\w+)\}/g, (whole, field: string) =>
    isNameField(field) ? (values[field] ?? '') : whole,
  )
  return safeFileName(filled)
}

/** Fields in a template that we do not know, for a message to the person who typed them. */
export function unknownNameFields(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, field]) =>
    field === undefined || isNameField(field) ? [] : [field],
  )
}

/**
 * Any text as a file name without extension: forbidden, control and direction characters gone, no dots, dashes or
 * spaces where they do harm, no reserved device name, cut between graphemes so that every extension still fits.
 */
export function safeFileName(text: string): string {
  const flat = text
    .toWellFormed()
    .replace(/[:"/\\|]/g, (character) => LOOKALIKES[character] ?? '')
    .replace(/[<>?*]/g, '')
    .replace(/\s+/gu, ' ')
    // Controls, and the marks that make a name read backwards (`U+202E` turns "gpj.exe" into "exe.jpg").
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/ {2,}/g, ' ')
    // Last: what stood between a letter and its accent may just have gone.
    .normalize('NFC')
  const trimmed = trimEnds(cutToBytes(trimEnds(flat), MAX_NAME_BYTES - RESERVED_BYTES))
  if (trimmed === '') return FALLBACK
  const device = (trimmed.split('.')[0] ?? '').trimEnd()
  return RESERVED.test(device) ? `_${trimmed}` : trimmed
}

/** The name to try the `attempt`th time: the plain one first, then ` (2)`, ` (3)`… */
export function withSuffix(name: string, attempt: number): string {
  return attempt <= 1 ? name : `${name} (${attempt})`
}

export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/**
 * An absolute path as programs other than Node must be given it. Windows refuses 260 characters and more unless
 * the path starts with `\\?\` (Node's own file functions add that by themselves); other systems take it as it is.
 */
export function systemPath(path: string, platform: string): string {
  if (platform !== 'win32' || path.length < 260 || path.startsWith('\\\\?\\')) return path
  const backslashed = path.replaceAll('/', '\\')
  if (backslashed.startsWith('\\\\')) return `\\\\?\\UNC\\${backslashed.slice(2)}`
  return /^[a-z]:\\/i.test(backslashed) ? `\\\\?\\${backslashed}` : path
}

function isNameField(field: string): field is NameField {
  return (nameFields as readonly string[]).includes(field)
}

/** A leading dash reads as an option, a leading dot hides the file, Windows drops dots and spaces at the end. */
function trimEnds(text: string): string {
  return text.replace(/^[\s.-]+/u, '').replace(/[\s.]+$/u, '')
}

function cutToBytes(text: string, limit: number): string {
  if (utf8Length(text) <= limit) return text
  let [result, bytes] = ['', 0]
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    const length = utf8Length(segment)
    if (bytes + length > limit) break
    result += segment
    bytes += length
  }
  return result
}
