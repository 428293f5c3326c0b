import type { CaptionFormat } from '../../../src-shared/contract/captions.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { readClock, WordList, type TimedText } from './word-list.ts'

const time = String.raw`(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?`
const arrow = new RegExp(String.raw`^\s*(${time})\s*-{1,2}>\s*(${time})(?:\s|$)`)

/** Whether a line says when a caption is shown, as in SubRip and WebVTT. */
export const isTiming = (line: string): boolean => arrow.test(line)

/**
 * SubRip and WebVTT, and what calls itself so: blocks apart by empty lines, each with a line of two times and the text
 * behind it. Numbers, names, notes and styles are left out; tags too, but their times (`<00:00:01.000>`) and voices
 * (`<v Anna>`) are used. A block without times is passed over.
 */
export function parseCues(lines: readonly string[], format: Extract<CaptionFormat, 'srt' | 'vtt'>): WordList {
  const list = new WordList()
  for (let at = 0; at < lines.length;) {
    const begin = at
    while (at < lines.length && (lines[at] ?? '').trim() !== '') at += 1
    addBlock(list, lines.slice(begin, at), begin + 1, format)
    at += 1
  }
  return list
}

function addBlock(list: WordList, block: readonly string[], line: number, format: 'srt' | 'vtt'): void {
  // Where an empty line between two captions is missing, a block holds both.
  const timings = block.flatMap((text, i) => (isTiming(text) ? [i] : []))
  if (timings.length === 0) {
    const first = block[0] ?? ''
    const known = first === '' || (format === 'vtt' && /^(?:WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP)/.test(first))
    if (!known) list.skip(line, first)
    return
  }
  for (const [i, at] of timings.entries()) {
    const next = timings[i + 1]
    const text = block.slice(at + 1, next === undefined ? block.length : withoutNumber(block, next, format))
    const [, from = '', to = ''] = arrow.exec(block[at] ?? '') ?? []
    const [start, end] = [readClock(from), readClock(to)]
    const said = text.join('\n')
    if (start === null || end === null) list.skip(line + at, block[at] ?? '')
    else if (said.trim() !== '' && !list.addCue(timedParts(said, start, end), voiceOf(said)))
      list.skip(line + at, block[at] ?? '')
  }
}

/** The number or name before the next caption's times is no part of this one's text. */
function withoutNumber(block: readonly string[], timing: number, format: 'srt' | 'vtt'): number {
  return format === 'srt' && /^\s*\d+\s*$/.test(block[timing - 1] ?? '') ? timing - 1 : timing
}

function voiceOf(text: string): { speaker?: string } {
  const speaker = /^\s*<v(?:\.[^\s>]*)?\s+([^>]{1,200})>/.exec(text)?.[1]?.trim()
  return speaker === undefined || speaker === '' ? {} : { speaker: plainText(speaker) }
}

/** The text between the times inside it; one that goes back is left out. */
function timedParts(text: string, start: Ticks, end: Ticks): TimedText[] {
  const parts: TimedText[] = []
  let from = start
  let said = ''
  const close = (to: Ticks): void => {
    const plain = plainText(said)
    if (plain.trim() !== '') parts.push({ start: from, end: to, text: plain })
    from = to
    said = ''
  }
  for (const [i, piece] of text.split(new RegExp(`<(${time})>`)).entries()) {
    const at = i % 2 === 0 ? null : readClock(piece)
    if (at === null) said += i % 2 === 0 ? piece : ''
    else if (at >= from && at <= end) close(at)
  }
  close(end)
  return parts
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
}

/** Without tags (also ASS's, which some SubRip files have), with entities as what they stand for. */
function plainText(text: string): string {
  return text
    .replace(/<\/?(?:[biuscv]|font|ruby|rt|lang)(?:[\s.][^<>]{0,500})?>/gi, '')
    .replace(/\{\\[^{}]{0,500}\}/g, '')
    .replace(/\\N/g, '\n')
    .replace(/&(\w{2,5});/g, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
}
