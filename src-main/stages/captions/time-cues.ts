import type { CaptionCue } from '../../../src-shared/contract/captions.ts'
import { graphemesOf, joinWords } from '../../../src-shared/domain/captions-text.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { CaptionStyle } from './styles.ts'

/** Two captions nearer than this follow each other at once: a short blank between them flickers. */
const shortestGap = TICKS_PER_SECOND / 3
/** A caption may come a little before its first word where that is too fast to be read. */
const longestLead = TICKS_PER_SECOND / 4
/** What is said in no time at all (some files have such words) is shown for a moment all the same. */
const moment = TICKS_PER_SECOND / 25

/**
 * Gives each caption the time that reading it takes, out of the silence behind it and, where that is not enough, of a
 * quarter second before it. None moves into another, starts before 0 or lasts beyond `end`; the words keep their times.
 */
export function timeCues(
  cues: readonly CaptionCue[],
  { readingSpeed, shortestSeconds }: Pick<CaptionStyle, 'readingSpeed' | 'shortestSeconds'>,
  end: Ticks,
): CaptionCue[] {
  const timed: CaptionCue[] = []
  for (const [i, cue] of cues.entries()) {
    const floor = timed.at(-1)?.end ?? 0
    const ceiling = Math.min(end, cues[i + 1]?.start ?? end)
    const characters = graphemesOf(cue.lines.map(joinWords).join(' ')).length
    const wanted = Math.max(shortestSeconds, characters / readingSpeed) * TICKS_PER_SECOND
    let last = Math.min(ceiling, Math.max(cue.end, Math.round(cue.start + wanted)))
    if (ceiling - last < shortestGap && cues[i + 1] !== undefined) last = ceiling
    const missing = Math.max(0, Math.round(wanted - (last - cue.start)))
    const start = Math.max(floor, cue.start - Math.min(missing, longestLead))
    if (start >= end) break
    timed.push({ ...cue, start, end: Math.min(end, Math.max(last, start + moment)) })
  }
  return timed
}
