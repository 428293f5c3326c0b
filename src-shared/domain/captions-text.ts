import type { CaptionWord } from '../contract/captions.ts'

const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' })
const words = new Intl.Segmenter('ja', { granularity: 'word' })

/** What a reader sees as one character each: letters with their accents, whole emoji. */
export function graphemesOf(text: string): string[] {
  return Array.from(clusters.segment(text), ({ segment }) => segment)
}

/** Scripts that are written without spaces between words. */
const spaceless = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const spacelessStart = new RegExp(`^[\\p{P}\\p{S}]*${spaceless.source}`, 'u')
const spacelessEnd = new RegExp(`${spaceless.source}[\\p{P}\\p{S}]*$`, 'u')

/** Whether a line may be broken between two words that follow each other without a space. */
export function mayBreakBetween(before: string, after: string): boolean {
  return spacelessEnd.test(before) || spacelessStart.test(after)
}

/** Whether two words of a list that has lost its spaces were written without one. */
export function belongTogether(before: string, after: string): boolean {
  return spacelessEnd.test(before) && spacelessStart.test(after)
}

/** The words as they are read, in a line. */
export function joinWords(list: readonly Pick<CaptionWord, 'text' | 'joined'>[]): string {
  return list.reduce((line, { text, joined }, i) => line + (i > 0 && joined !== true ? ' ' : '') + text, '')
}

/** Control characters, and the marks that turn writing directions: a text brings none of its own into a caption. */
// eslint-disable-next-line no-control-regex
const unwanted =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g

/** The text as it may be shown; lone halves of characters become U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(unwanted, '').normalize('NFC')
}

/**
 * A text in the parts that lines may be broken between: at white space, and between the words of scripts that have
 * none. Nothing but white space and control characters is lost.
 */
export function splitText(text: string): { text: string; joined: boolean }[] {
  const parts: { text: string; joined: boolean }[] = []
  for (const chunk of cleanText(text).split(/[\s\u0085]+/u)) {
    if (chunk === '') continue
    if (!spaceless.test(chunk)) parts.push({ text: chunk, joined: false })
    else for (const [i, part] of splitSpaceless(chunk).entries()) parts.push({ text: part, joined: i > 0 })
  }
  return parts
}

const opening = /^[\p{Ps}\p{Pi}]+$/u

/** Punctuation stays with the word before it, an opening bracket with the one behind; foreign words stay whole. */
function splitSpaceless(chunk: string): string[] {
  const parts: string[] = []
  let open = ''
  for (const { segment, isWordLike } of words.segment(chunk)) {
    const last = parts.at(-1)
    if (isWordLike !== true && opening.test(segment)) open += segment
    else if (last !== undefined && open === '' && (isWordLike !== true || !mayBreakBetween(last, segment))) {
      parts[parts.length - 1] = last + segment
    } else {
      parts.push(open + segment)
      open = ''
    }
  }
  if (open !== '') parts.push((parts.pop() ?? '') + open)
  return parts
}

/**
 * The parts of a text with the time of the whole shared out by their lengths, for files that do not time words.
 * @throws never; a text without words gives none.
 */
export function spreadWords(text: string, start: number, end: number): CaptionWord[] {
  const parts = splitText(text)
  const lengths = parts.map((part) => graphemesOf(part.text).length + (part.joined ? 0 : 1))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  let done = 0
  return parts.map(({ text: word, joined }, i) => {
    const from = start + Math.round(((end - start) * done) / total)
    done += lengths[i] ?? 0
    const to = start + Math.round(((end - start) * done) / total)
    return { start: from, end: to, text: word, ...(joined && { joined }) }
  })
}
