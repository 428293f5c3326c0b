import type { TextOverlay } from '../../../src-shared/contract/edits.ts'
import type { MontageClip } from '../../../src-shared/contract/montage.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'

/** Sizes are those of a line, as shares of the frame's height; a phone held upright shows less across. */
const looks = {
  wide: { title: 0.16, subtitle: 0.075 },
  upright: { title: 0.085, subtitle: 0.045 },
} as const
/** Of the frame's width; more touches what apps lay over it. */
const WIDEST = 0.8
const MOST_LINES = 3
/** From the middle of a line to that of the next, in lines. */
const LEADING = 1.05
/** An em is so much of a line. */
const EM = 0.66

/**
 * The words of a title card, each line a text of its own in the middle of the frame: the title, smaller where it would
 * not fit, and what is said under it. `widthOf` a text, in ems. Pure.
 */
export function cardTexts(
  { title, subtitle }: Pick<NonNullable<MontageClip['card']>, 'title' | 'subtitle'>,
  frame: { readonly width: number; readonly height: number },
  length: Ticks,
  widthOf: (text: string) => number,
): TextOverlay[] {
  const look = frame.width > frame.height ? looks.wide : looks.upright
  const room = (size: number): number => (WIDEST * frame.width) / (size * frame.height * EM)
  const set = (text: string, size: number): { lines: string[]; size: number } => {
    for (let smaller = size; ; smaller *= 0.85) {
      const lines = broken(text, room(smaller), widthOf)
      if (lines.length <= MOST_LINES && lines.every((line) => widthOf(line) <= room(smaller)))
        return { lines, size: smaller }
      // A word longer than anybody writes is broken rather than made too small to read.
      if (smaller < size / 2)
        return { lines: broken(apart(text, room(smaller), widthOf), room(smaller), widthOf), size: smaller }
    }
  }
  const blocks = [set(title, look.title), ...(subtitle === '' ? [] : [set(subtitle, look.subtitle)])]
  const height = blocks.reduce((sum, { lines, size }) => sum + lines.length * size * LEADING, 0)
  let y = 0.5 - height / 2
  return blocks.flatMap(({ lines, size }, block) =>
    lines.map((text) => {
      const middle = y + (size * LEADING) / 2
      y += size * LEADING
      const colour = block === 0 ? '#ffffff' : '#ffd60a'
      return { start: 0, end: length, text, x: 0.5, y: middle, size, colour, outline: true }
    }),
  )
}

/** Words that are wider than a line, in pieces. */
function apart(text: string, room: number, widthOf: (text: string) => number): string {
  let line = ''
  let all = ''
  for (const letter of text) {
    if (letter === ' ') line = ''
    else if (widthOf(line + letter) > room) {
      all += ' '
      line = letter
    } else line += letter
    all += letter
  }
  return all
}

/** As many words to a line as fit, the lines of about the same length. */
function broken(text: string, room: number, widthOf: (text: string) => number): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const fill = (width: number): string[] => {
    const lines: string[] = []
    for (const word of words) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`
      if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  }
  const lines = fill(room)
  const even = fill(Math.max(widthOf(text) / Math.max(1, lines.length) + 2, ...words.map(widthOf)))
  return even.length === lines.length ? even : lines
}
