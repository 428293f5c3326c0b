import type { TimelineLine } from '../../../src-shared/contract/curves.ts'
import type { Ticks } from '../../../src-shared/contract/time.ts'

/** Lines that hold all words, wherever in the line; all lines where there are no words. */
export function findLines(lines: readonly TimelineLine[], words: string): readonly TimelineLine[] {
  const wanted = words
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (wanted.length === 0) return lines
  return lines.filter(({ text }) => {
    const folded = text.toLocaleLowerCase()
    return wanted.every((word) => folded.includes(word))
  })
}

/** The line that is said at a time, or the last one before it; -1 before the first. Lines are in the order of time. */
export function lineAt(lines: readonly TimelineLine[], time: Ticks): number {
  let [from, to] = [0, lines.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((lines[middle]?.start ?? 0) <= time) from = middle + 1
    else to = middle
  }
  return from - 1
}
