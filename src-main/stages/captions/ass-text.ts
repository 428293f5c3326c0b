import {
  directionOf,
  placedLeftToRight,
  visualOrder,
  type Direction,
} from '../../../src-shared/domain/captions-bidi.ts'
import { cleanText, graphemesOf } from '../../../src-shared/domain/captions-text.ts'
import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import { captionFonts, drawnEmoji, emOf, fontFor, fontGroup, type CaptionFontName } from './fonts.ts'

/**
 * A text that libass shows as it is: nothing in it begins an override or an escape. The word joiner (no width, never
 * drawn) keeps a backslash from the letter behind it; `\{` and `\}` are libass's own.
 */
export function escapeAss(text: string): string {
  return cleanText(text)
    .replace(/\s+/gu, ' ')
    .replaceAll('\\', '\\\u2060')
    .replace(/[{}]/g, String.raw`\$&`)
}

/** How a line is written: colours as RRGGBB, sizes as ems in pixels. */
export interface LineLook {
  readonly base: 'display' | 'text'
  readonly size: number
  /** As the style has it, which a line begins with. */
  readonly styleSize: number
  readonly colourOf: (word: CaptionWord) => string
  readonly colour: string
}

/**
 * A line of a caption as ASS. libass by default lays out what stands between two overrides on its own and puts it after
 * what came before, as VSFilter does; so the words are given in their places from left to right, and each between marks
 * that make a player which looks at the whole line do the same.
 */
export function assLine(words: readonly CaptionWord[], direction: Direction, look: LineLook): string {
  const order = visualOrder(
    words.map(({ text }) => text),
    direction,
  )
  let font = look.base as CaptionFontName
  let colour = look.colour
  const scaled = look.size !== look.styleSize
  let line = scaled ? `{\\fs${fontSize(font, look.size)}}` : ''
  const turnTo = (next: CaptionFontName): void => {
    // libass takes another font where that of the style has no glyph.
    const { family } = captionFonts[next === 'system' ? look.base : next]
    if (next !== font) line += `{\\fn${family}\\fs${fontSize(next, look.size)}}`
    font = next
  }
  for (const [place, index] of order.entries()) {
    const word = words[index]
    if (word === undefined) continue
    if (place > 0 && spaceBetween(words, order[place - 1] ?? 0, index)) {
      // The emoji font's space is as wide as its pictures.
      if (font === 'emoji') turnTo(look.base)
      line += ' '
    }
    const wanted = look.colourOf(word)
    if (wanted !== colour) line += `{\\1c${assColour(wanted)}}`
    colour = wanted
    for (const run of runsOf(direction === 'rtl' ? endsOnTheLeft(word.text) : word.text, look.base)) {
      turnTo(run.font)
      line += placedLeftToRight(escapeAss(run.font === 'emoji' ? drawnEmoji(run.text) : run.text))
    }
  }
  // The next line begins as the style says.
  return font === look.base && colour === look.colour && !scaled ? line : `${line}{\\r}`
}

/**
 * In a line from right to left a sentence ends on the left, also where its last word runs the other way. A word of
 * that line's own direction has the punctuation inside its marks.
 */
function endsOnTheLeft(text: string): string {
  const [, core = '', ends = ''] = /^(.*?[^.,!?…:;])([.,!?…:;]+)$/su.exec(text) ?? []
  return core === '' || directionOf(text) === 'rtl' ? text : Array.from(ends).toReversed().join('') + core
}

/** The words of a spaceless script stand side by side, whichever way they run. */
function spaceBetween(words: readonly CaptionWord[], left: number, right: number): boolean {
  const later = Math.max(left, right)
  return Math.abs(left - right) !== 1 || words[later]?.joined !== true
}

/** The parts of a word that one font shows, from left to right. */
function runsOf(text: string, base: 'display' | 'text'): { text: string; font: CaptionFontName }[] {
  const runs: { text: string; group: ReturnType<typeof fontGroup> }[] = []
  for (const grapheme of graphemesOf(text)) {
    const last = runs.at(-1)
    const group = fontGroup(grapheme)
    if (last?.group === group) last.text += grapheme
    else runs.push({ text: grapheme, group })
  }
  const ordered = directionOf(text) === 'rtl' ? runs.toReversed() : runs
  return ordered.map((run) => ({ text: run.text, font: fontFor(run.text, base) }))
}

/** What ASS calls the size of a font whose em is `size` pixels. */
export function fontSize(name: CaptionFontName, size: number): string {
  return String(Math.round((size / emOf(name)) * 100) / 100)
}

/** RRGGBB as ASS writes it: blue, green, red. */
export function assColour(rgb: string): string {
  return `&H${rgb.slice(4, 6)}${rgb.slice(2, 4)}${rgb.slice(0, 2)}&`
}
