import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import { cleanText, graphemesOf, mayBreakBetween } from '../../../src-shared/domain/captions-text.ts'
import { widthOf } from './measure.ts'

/** A word that lines may be broken before, its width in ems as the style writes it, and its length as readers count. */
export interface Piece extends CaptionWord {
  readonly width: number
  readonly characters: number
}

/** How a style shows words, and how wide a line it has room for. */
export interface Fitting {
  readonly lineWidth: number
  readonly upperCase: boolean
}

/** A word that is wider than a line is shown smaller, down to this; only longer ones are taken apart. */
const smallest = 0.6

/**
 * Words as captions are made of: in order of time, none overlapping, the syllables of one word put together again, and
 * what is much wider than a line in parts of nearly equal length (between characters as readers see them, without hyphens),
 * each with its share of the time. All text is kept.
 */
export function prepareWords(words: readonly CaptionWord[], fitting: Fitting): Piece[] {
  const whole: CaptionWord[] = []
  const cleaned = words
    .map((word) => ({ ...word, text: cleanText(word.text).trim() }))
    .filter(({ text }) => text !== '')
  for (const word of cleaned.toSorted((a, b) => a.start - b.start)) {
    const last = whole.at(-1)
    const start = Math.max(word.start, last?.end ?? word.start)
    const end = Math.max(word.end, start)
    if (last !== undefined && word.joined === true && !mayBreakBetween(last.text, word.text)) {
      const { closes: _, ...rest } = last
      whole[whole.length - 1] = { ...rest, ...(word.closes && { closes: true }), end, text: last.text + word.text }
    } else whole.push({ ...word, start, end })
  }
  return whole.flatMap((word) => fit(word, fitting))
}

function fit(word: CaptionWord, { lineWidth, upperCase }: Fitting): Piece[] {
  const text = upperCase ? upper(word.text) : word.text
  const width = widthOf(text)
  if (width <= lineWidth / smallest) return [{ ...word, text, width, characters: graphemesOf(text).length }]
  const parts = splitEvenly(text, lineWidth)
  const { closes, ...rest } = word
  const at = (i: number): number => word.start + Math.round(((word.end - word.start) * i) / parts.length)
  return parts.map((part, i) => ({
    ...rest,
    ...(i > 0 && { joined: true }),
    ...(closes && i === parts.length - 1 && { closes }),
    start: at(i),
    end: at(i + 1),
    text: part,
    width: widthOf(part),
    characters: graphemesOf(part).length,
  }))
}

/** German's ß stays: capitals of it would make words longer than the speaker's. */
function upper(text: string): string {
  return text.replace(/[^ß]+/gu, (part) => part.toUpperCase())
}

/** As few parts as fit, of nearly equal width; a part has at least one character. */
function splitEvenly(text: string, widest: number): string[] {
  const graphemes = graphemesOf(text)
  for (let count = Math.ceil(widthOf(text) / widest); count < graphemes.length; count += 1) {
    const parts = Array.from({ length: count }, (_, i) =>
      graphemes
        .slice(Math.round((graphemes.length * i) / count), Math.round((graphemes.length * (i + 1)) / count))
        .join(''),
    )
    if (parts.every((part) => widthOf(part) <= widest)) return parts
  }
  return graphemes
}
