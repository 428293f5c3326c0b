import type { Piece } from './prepare-words.ts'
import { spaceWidth } from './measure.ts'

export interface LineLimits {
  /** Widest line, in ems. */
  readonly lineWidth: number
  readonly maxLines: number
  /** Longest line that is read at a glance. */
  readonly maxCharacters: number
}

/** What of a line can be read: its characters, the spaces too. */
export function charactersOf(pieces: readonly Pick<Piece, 'characters' | 'joined'>[]): number {
  return pieces.reduce((sum, { characters, joined }, i) => sum + characters + (i > 0 && joined !== true ? 1 : 0), 0)
}

function lineWidthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { width, joined }, i) => sum + width + (i > 0 && joined !== true ? spaceWidth : 0), 0)
}

/** Whether the pieces fit on the lines at all: filled one after the other, as tightly as can be. */
export function fitLines(pieces: readonly Piece[], { lineWidth, maxLines, maxCharacters }: LineLimits): boolean {
  let lines = 0
  let width = Number.POSITIVE_INFINITY
  let characters = 0
  for (const piece of pieces) {
    const space = piece.joined === true ? 0 : 1
    if (
      width + space * spaceWidth + piece.width <= lineWidth &&
      characters + space + piece.characters <= maxCharacters
    ) {
      width += space * spaceWidth + piece.width
      characters += space + piece.characters
      continue
    }
    lines += 1
    if (lines > maxLines) return false
    width = piece.width
    characters = piece.characters
  }
  return true
}

/**
 * The pieces on as few lines as hold them, broken where the lines come out even, preferably behind punctuation and
 * not inside a word; null where they do not fit. A single piece always does.
 */
export function breakLines(pieces: readonly Piece[], limits: LineLimits): Piece[][] | null {
  if (pieces.length === 0) return null
  for (let count = 1; count <= Math.min(limits.maxLines, pieces.length); count += 1) {
    const lines = bestBreak(pieces, count, limits)
    if (lines !== null) return lines.lines
  }
  return pieces.length === 1 ? [[...pieces]] : null
}

/** Exhaustive: captions have few words and fewer lines. */
function bestBreak(
  pieces: readonly Piece[],
  count: number,
  limits: LineLimits,
): { lines: Piece[][]; cost: number } | null {
  if (count === 1) {
    const fits = lineWidthOf(pieces) <= limits.lineWidth && charactersOf(pieces) <= limits.maxCharacters
    return fits || pieces.length === 1 ? { lines: [[...pieces]], cost: lineWidthOf(pieces) ** 2 } : null
  }
  let best: { lines: Piece[][]; cost: number } | null = null
  for (let at = 1; at <= pieces.length - count + 1; at += 1) {
    const first = bestBreak(pieces.slice(0, at), 1, limits)
    if (first === null) break
    const rest = bestBreak(pieces.slice(at), count - 1, limits)
    if (rest === null) continue
    const cost = first.cost + rest.cost + breakCost(pieces[at - 1], pieces[at], limits.lineWidth)
    if (best === null || cost < best.cost) best = { lines: [...first.lines, ...rest.lines], cost }
  }
  return best
}

const afterSentence = /[.!?…。！？؟।]["'”’»)\]]*$/u
const afterClause = /[,;:،؛、，；：–—]["'”’»)\]]*$/u

export const endsSentence = (text: string): boolean => afterSentence.test(text)
export const endsClause = (text: string): boolean => afterClause.test(text)

/** In squared ems, as uneven lines are counted. */
function breakCost(before: Piece | undefined, after: Piece | undefined, lineWidth: number): number {
  const share = (part: number): number => part * lineWidth ** 2
  if (after?.joined === true) return share(0.15)
  if (before !== undefined && endsSentence(before.text)) return -share(0.2)
  return before !== undefined && endsClause(before.text) ? -share(0.1) : 0
}
