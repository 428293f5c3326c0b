import type { CaptionCue, CaptionWord } from '../../../src-shared/contract/captions.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { breakLines, charactersOf, endsClause, endsSentence, fitLines } from './break-lines.ts'
import { prepareWords, type Piece } from './prepare-words.ts'
import type { CaptionStyle } from './styles.ts'
import { timeCues } from './time-cues.ts'

/** What of a style decides where captions begin and end. */
export type CueRules = Pick<
  CaptionStyle,
  | 'upperCase'
  | 'maxLines'
  | 'maxCharacters'
  | 'maxWords'
  | 'readingSpeed'
  | 'shortestSeconds'
  | 'longestSeconds'
  | 'pauseSeconds'
>

/**
 * Words into captions: all that begin before `end`, in their order, no two captions at one time, none beyond `end`. A caption ends at a
 * pause, where the speaker changes, or where it is full, preferably with a sentence or a clause, and does not leave a
 * word on its own. The partition is the best of all (dynamic programming over the words; costs in the functions below).
 * @param lineWidth widest line in ems.
 */
export function makeCues(
  words: readonly CaptionWord[],
  rules: CueRules,
  { lineWidth, end }: { lineWidth: number; end: Ticks },
): CaptionCue[] {
  const pieces = prepareWords(words, { lineWidth, upperCase: rules.upperCase })
  const limits = { ...rules, lineWidth }
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }]
  for (let to = 1; to <= pieces.length; to += 1) {
    let choice = { cost: Number.POSITIVE_INFINITY, from: to - 1 }
    for (let from = to - 1; from >= 0 && mayShare(pieces, from, to, rules); from -= 1) {
      const held = pieces.slice(from, to)
      // What is too much for the last words is too much with more before them.
      if (!fitLines(held, limits)) break
      const cost = (best[from]?.cost ?? 0) + cueCost(held, pieces[to], rules)
      if (cost < choice.cost) choice = { cost, from }
    }
    best.push(choice)
  }
  const cues: CaptionCue[] = []
  for (let to = pieces.length; to > 0;) {
    const from = best[to]?.from ?? to - 1
    const held = pieces.slice(from, to)
    const lines = breakLines(held, limits) ?? [held]
    cues.push({
      start: held[0]?.start ?? 0,
      end: held.at(-1)?.end ?? 0,
      lines: lines.map((line) => line.map(({ width: _, characters: __, ...word }) => word)),
    })
    to = from
  }
  return timeCues(cues.toReversed(), rules, end)
}

/** Four characters of a script without spaces are read as one word of the others. */
function wordsOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { joined, characters }) => sum + (joined === true ? characters / 4 : 1), 0)
}

/** Whether the words can stand in one caption, but for their widths. One word always can. */
function mayShare(pieces: readonly Piece[], from: number, to: number, rules: CueRules): boolean {
  if (to - from === 1) return true
  const [first, second, last] = [pieces[from], pieces[from + 1], pieces[to - 1]]
  if (first === undefined || second === undefined || last === undefined) return false
  return (
    wordsOf(pieces.slice(from, to)) <= rules.maxWords &&
    last.end - first.start <= rules.longestSeconds * TICKS_PER_SECOND &&
    second.start - first.end < rules.pauseSeconds * TICKS_PER_SECOND &&
    first.speaker === second.speaker
  )
}

/** One for the caption itself, so that fewer are better; more for what makes it hard to read. */
function cueCost(held: readonly Piece[], next: Piece | undefined, rules: CueRules): number {
  const [first, last] = [held[0], held.at(-1)]
  if (first === undefined || last === undefined) return 0
  const seconds = Math.max(0.04, ((next?.start ?? last.end) - first.start) / TICKS_PER_SECOND)
  const haste = Math.max(0, charactersOf(held) / seconds / rules.readingSpeed - 1)
  const aloneAfterAll = held.length === 1 && rules.maxWords > 3 && charactersOf(held) < 8 ? 0.8 : 0
  return 1 + endCost(last, next, rules) + sentencesCost(held) + Math.min(2, haste) + aloneAfterAll
}

/** A sentence has a caption of its own where it is not as short as a call ("No. Wait!"). */
const shortSentence = 12

function sentencesCost(held: readonly Piece[]): number {
  return held.slice(0, -1).reduce((sum, { text }, i) => {
    if (!endsSentence(text)) return sum
    const shorter = Math.min(charactersOf(held.slice(0, i + 1)), charactersOf(held.slice(i + 1)))
    return sum + (shorter < shortSentence ? 0.3 : 1.2)
  }, 0)
}

/** What it costs to end there. */
function endCost(last: Piece, next: Piece | undefined, rules: CueRules): number {
  if (next === undefined || endsSentence(last.text)) return 0
  if (next.joined === true) return 1.5
  const pause = (next.start - last.end) / TICKS_PER_SECOND / rules.pauseSeconds
  if (pause >= 1 || next.speaker !== last.speaker) return 0
  if (endsClause(last.text)) return 0.25
  return (last.closes === true ? 0.35 : 0.9) - Math.min(0.3, 0.3 * pause)
}
