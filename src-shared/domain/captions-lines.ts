import type { CaptionWord } from '../contract/captions.ts'
import { joinWords, spreadWords } from './captions-text.ts'
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

/** And back, as far as lines still say it: the time of each is spread over its words. In the order of time. */
export function wordsOfLines(lines: readonly SpokenLine[]): CaptionWord[] {
  return lines.flatMap(({ start, end, text }, n) => {
    const until = Math.max(start, Math.min(end, lines[n + 1]?.start ?? end))
    return spreadWords(text, start, until).map((word, i, all) =>
      i === all.length - 1 ? { ...word, closes: true } : word,
    )
  })
}
