import type { CaptionFormat, CaptionWord, Transcript } from '../../../src-shared/contract/captions.ts'
import { spreadWords } from '../../../src-shared/domain/captions-text.ts'
import { ticksFromSeconds, type Ticks } from '../../../src-shared/domain/time.ts'

/** Two days of fast speech without a break. */
const mostWords = 500_000
/** Longer captions and words are none: looking for words in them would take for ever. */
const longestCaption = 10_000
const longestWord = 1_000
/** A file that says more is no recording's: ten days. */
const latest = ticksFromSeconds(864_000)

/** Part of a caption: what is said between two times. */
export interface TimedText {
  readonly start: Ticks
  readonly end: Ticks
  readonly text: string
}

/** Gathers what a file says, passes over what makes no sense, and remembers where that first was. */
export class WordList {
  private readonly words: CaptionWord[] = []
  private skipped = 0
  private firstSkipped: Transcript['firstSkipped'] = null

  /**
   * A caption in parts of known times, each of one or more words.
   * @returns false where it holds none that can be shown, or its times are impossible.
   */
  addCue(parts: readonly TimedText[], about: Pick<CaptionWord, 'speaker'> = {}): boolean {
    const words = parts.flatMap(({ start, end, text }, i) => {
      const spread = possible(start, end) && text.length <= longestCaption ? spreadWords(text, start, end) : []
      const [first, ...rest] = spread
      // Syllables that are timed one by one are one word.
      const joined = i > 0 && !/^\s/.test(text) && !/\s$/.test(parts[i - 1]?.text ?? '')
      return first === undefined ? [] : [joined ? { ...first, joined } : first, ...rest]
    })
    return this.addWords(words.map((word) => ({ ...word, ...about })))
  }

  /** Words that are timed one by one; a phrase ends with the last. */
  addWords(words: readonly CaptionWord[]): boolean {
    const good = words
      .filter(({ start, end, text }) => possible(start, end) && text.length <= longestWord)
      .slice(0, mostWords - this.words.length)
    for (const [i, word] of good.entries()) this.words.push(i === good.length - 1 ? { ...word, closes: true } : word)
    return good.length > 0
  }

  skip(line: number, text: string): void {
    this.skipped += 1
    this.firstSkipped ??= { line, text: text.trim().slice(0, 80) }
  }

  /** In order of time, none overlapping: a word ends at the latest where the next one begins. Null where there are none. */
  transcript(format: CaptionFormat, language: string | null = null): Transcript | null {
    if (this.words.length === 0) return null
    const ordered = this.words.toSorted((a, b) => a.start - b.start || a.end - b.end)
    const words = ordered.map((word, i) => {
      const next = ordered[i + 1]?.start
      return next === undefined || next >= word.end ? word : { ...word, end: Math.max(word.start, next) }
    })
    return { format, language, words, skipped: this.skipped, firstSkipped: this.firstSkipped }
  }

  /** The first line that made no sense. */
  get complaint(): Transcript['firstSkipped'] {
    return this.firstSkipped
  }
}

const possible = (start: Ticks, end: Ticks): boolean => start >= 0 && start <= end && end <= latest

/** `1:02:03,456` or `02:03.4`, as ticks; null where it is no such time. */
export function readClock(text: string): Ticks | null {
  const found = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?$/.exec(text.trim())
  if (found === null) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = found
  return ticksFromSeconds(Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction}`))
}
