import { TICKS_PER_SECOND } from '../../../src-shared/domain/time.ts'
import { readClock, WordList, type TimedText } from './word-list.ts'

/** As ASS itself has it where a file does not say. */
const usualFields = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text']

/**
 * Advanced SubStation Alpha and its ancestor: the lines of dialogue, timed by their karaoke tags (`\k` and its kin)
 * where they have some. Drawings and comments are left out.
 */
export function parseAss(lines: readonly string[]): WordList {
  const list = new WordList()
  let fields = usualFields
  let inEvents = false
  for (const [i, line] of lines.entries()) {
    const [, section] = /^\s*\[([^\]]+)\]\s*$/.exec(line) ?? []
    if (section !== undefined) inEvents = section.toLowerCase() === 'events'
    const [, kind, rest = ''] = /^\s*(Format|Dialogue)\s*:\s*(.*)$/i.exec(line) ?? []
    if (!inEvents || kind === undefined) continue
    if (kind.toLowerCase() === 'format') fields = rest.split(',').map((field) => field.trim().toLowerCase())
    else if (!addDialogue(list, rest, fields)) list.skip(i + 1, line)
  }
  return list
}

/** False where it makes no sense; a line that only draws does. */
function addDialogue(list: WordList, rest: string, fields: readonly string[]): boolean {
  const values = rest.split(',')
  const at = (name: string): string => values[fields.indexOf(name)] ?? ''
  const [start, end] = [readClock(at('start')), readClock(at('end'))]
  if (start === null || end === null || end < start || fields.at(-1) !== 'text') return false
  // The text is the last field, and may hold commas.
  const text = values.slice(fields.length - 1).join(',')
  const parts = karaokeParts(text, start, end)
  const speaker = (at('name') || at('actor')).trim()
  return parts.length === 0 || list.addCue(parts, speaker === '' ? {} : { speaker })
}

function karaokeParts(text: string, start: number, end: number): TimedText[] {
  const parts: TimedText[] = []
  let at = start
  let length: number | null = null
  let said = ''
  let drawing = false
  const close = (to: number): void => {
    if (said.trim() !== '') parts.push({ start: at, end: Math.min(end, Math.max(at, to)), text: said })
    said = ''
  }
  for (const [i, piece] of text.split(/(?<!\\)\{([^{}]*)\}/).entries()) {
    if (i % 2 === 0) {
      if (!drawing) said += shown(piece)
      continue
    }
    for (const [, tag = '', value = ''] of piece.matchAll(/\\(k[fot]?|K|p)(\d{1,6})/g)) {
      if (tag === 'p') drawing = Number(value) > 0
      else {
        const centiseconds = (Number(value) * TICKS_PER_SECOND) / 100
        close(length === null ? at : at + length)
        at = tag === 'kt' ? start + centiseconds : at + (length ?? 0)
        length = tag === 'kt' ? 0 : centiseconds
      }
    }
  }
  close(length === null ? end : at + length)
  return parts
}

/** A hard space is one that lines are not broken at; here it counts as any other. */
function shown(text: string): string {
  return text
    .replace(/\\[Nnh]/g, ' ')
    .replace(/\\([{}])/g, '$1')
    .replaceAll('\u2060', '')
}
