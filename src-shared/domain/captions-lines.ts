import type { CaptionWord } from '../contract/captions.ts'
import { joinWords } from './captions-text.ts'
import type { Ticks } from './time.ts'

export interface SpokenLine {
  readonly start: Ticks
  readonly end: Ticks
  readonly text: string
}

/** A file that ends no phrase anywhere must not become one line of a whole stream. */
const mostWords = 40

/** What is said, phrase by phrase: as a list to read along, and to search in. */
export function spokenLines(words: readonly CaptionWord[]): SpokenLine[] {
  const lines: SpokenLine[] = []
  let phrase: CaptionWord[] = []
  for (const [i, word] of words.entries()) {
    phrase.push(word)
    if (word.closes !== true && phrase.length < mostWords && i < words.length - 1) continue
    lines.push({ start: phrase[0]!.start, end: word.end, text: joinWords(phrase) })
    phrase = []
  }
  return lines
}
