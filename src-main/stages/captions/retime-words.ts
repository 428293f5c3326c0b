import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'

/**
 * The words of a clip, on its own timeline from 0: those whose middle lies in [start, end), cut to it.
 * @param toClip where the clip shows a time of the recording; must not go back. Without it nothing changes its speed.
 */
export function retimeWords(
  words: readonly CaptionWord[],
  { start, end }: { start: Ticks; end: Ticks },
  toClip: (time: Ticks) => Ticks = (time) => time - start,
): CaptionWord[] {
  return words
    .filter((word) => (word.start + word.end) / 2 >= start && (word.start + word.end) / 2 < end)
    .map((word) => ({
      ...word,
      start: Math.round(toClip(Math.max(start, word.start))),
      end: Math.round(toClip(Math.min(end, word.end))),
    }))
}
