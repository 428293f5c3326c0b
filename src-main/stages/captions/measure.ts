import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import { graphemesOf } from '../../../src-shared/domain/captions-text.ts'
import { drawnEmoji, isEmoji } from './fonts.ts'

/** Width of a space in ems. */
export const spaceWidth = 0.3

/**
 * Widths in ems of the bundled bold fonts, each class by its wider members; a test compares them with the fonts. Those
 * of the system's fonts as if their em were the widest there is.
 */
const classes: readonly (readonly [pattern: RegExp, width: number])[] = [
  [/^[\s]/u, spaceWidth],
  [/^[iljftrI!|.,:;'’()[\]-]/u, 0.42],
  [/^[mwMWmw@%&—]/u, 0.98],
  [/^\p{Nd}/u, 0.68],
  [/^[\p{Script=Hani}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\u3000-\u303f\uff00-\uff60]/u, 1.2],
  [/^[\p{sc=Hebrew}\p{sc=Thai}]/u, 0.68],
  [/^\p{sc=Arabic}/u, 0.85],
  [/^[\p{sc=Cyrillic}\p{sc=Greek}]/u, 0.8],
  [/^\p{Lu}/u, 0.76],
  [/^\p{Ll}/u, 0.66],
]

/** How wide a text stands, in ems (the font's size), without its outline: rather too much than too little. */
export function widthOf(text: string): number {
  return graphemesOf(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0)
}

/** The same for words beside each other. */
export function widthOfLine(words: readonly CaptionWord[]): number {
  return words.reduce(
    (sum, { text, joined }, i) => sum + widthOf(text) + (i > 0 && joined !== true ? spaceWidth : 0),
    0,
  )
}

function graphemeWidth(grapheme: string): number {
  // Parts of families and flags stand beside each other.
  if (isEmoji(grapheme))
    return 1.3 * (drawnEmoji(grapheme).match(/\p{Extended_Pictographic}|\p{RI}|[\d#*]/gu)?.length ?? 1)
  const width = classes.find(([pattern]) => pattern.test(grapheme))?.[1] ?? 0.8
  // Capital letters of Cyrillic and Greek are wider.
  return width === 0.8 && /^\p{Lu}/u.test(grapheme) ? 0.95 : width
}
