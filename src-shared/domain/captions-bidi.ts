export type Direction = 'ltr' | 'rtl'

const rightToLeft = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u
const letter = /\p{L}/u
const leftToRightMark = '\u200e'
const rightToLeftMark = '\u200f'

/** Which way a text runs: as its first letter does (UAX #9, P2 and P3); null where it has none. */
export function directionOf(text: string): Direction | null {
  for (const character of text) {
    if (letter.test(character)) return rightToLeft.test(character) ? 'rtl' : 'ltr'
  }
  return null
}

/**
 * The words of a line in their places from left to right, by the Unicode Bidirectional Algorithm (UAX #9: W7, N1, N2,
 * I1, I2, L2) with whole words as its characters; inside a word the player applies it.
 * @returns positions in `words`.
 */
export function visualOrder(words: readonly string[], line: Direction): number[] {
  const base = line === 'rtl' ? 1 : 0
  let last: Direction = line
  // Null where neutral, as the spaces between the words are.
  const types = words.flatMap((word): ('L' | 'R' | 'EN' | null)[] => {
    const direction = directionOf(word)
    last = direction ?? last
    if (direction !== null) return [direction === 'rtl' ? 'R' : 'L', null]
    if (!/\p{Nd}/u.test(word)) return [null, null]
    return [last === 'ltr' ? 'L' : 'EN', null]
  })
  types.pop()
  const sideAt = (type: 'L' | 'R' | 'EN' | null | undefined): number => (type == null ? base : type === 'L' ? 0 : 1)
  const levels = types.map((type, i) => {
    if (type === 'EN') return 2
    if (type !== null) return type === 'R' ? 1 : 2 * base
    const before = sideAt(types.slice(0, i).findLast((other) => other !== null))
    const after = sideAt(types.slice(i + 1).find((other) => other !== null))
    const side = before === after ? before : base
    return side === 1 ? 1 : 2 * base
  })
  let order = types.map((_, i) => i)
  for (const level of [2, 1]) order = reverseRuns(order, (i) => (levels[i] ?? 0) >= level)
  return order.filter((i) => i % 2 === 0).map((i) => i / 2)
}

/** Turns round each run of neighbours that `belongs` holds for. */
function reverseRuns(order: readonly number[], belongs: (item: number) => boolean): number[] {
  const turned: number[] = []
  let run: number[] = []
  for (const item of order) {
    if (belongs(item)) run.unshift(item)
    else {
      turned.push(...run, item)
      run = []
    }
  }
  return [...turned, ...run]
}

/**
 * A right-to-left word between marks, so that it is read in its own direction but placed after what is left of it,
 * whether the player looks at the whole line or only between two changes of its looks (as libass does by default).
 */
export function placedLeftToRight(text: string): string {
  if (directionOf(text) !== 'rtl') return text
  return `${rightToLeftMark}${text}${rightToLeftMark}${leftToRightMark}`
}

/** A line of plain text for players that take every line to run from left to right, or as its first letter does. */
export function markedLine(text: string, direction: Direction): string {
  if (direction === 'rtl') return `${rightToLeftMark}${text}${rightToLeftMark}`
  return directionOf(text) === 'rtl' ? `${leftToRightMark}${text}` : text
}
