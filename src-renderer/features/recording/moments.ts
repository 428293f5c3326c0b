import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import type { Reason, Segment } from '../../../src-shared/contract/segment.ts'
import { labelOf } from '../../clip-label.ts'
import { inOurWords } from '../../i18n/engine-words.ts'
import type { Moment } from '../../timeline/scene.ts'

/** A clip, or a moment that was found but not taken. */
export interface ListedMoment extends Moment {
  readonly clip: StoredClip | null
  readonly reasons: readonly Reason[]
}

/**
 * Clips and the moments that are below what is taken, best first. The latter have ids below zero, which no clip has.
 */
export function listMoments(clips: readonly StoredClip[], segments: readonly Segment[]): ListedMoment[] {
  const taken = new Set(clips.map(({ peak }) => peak))
  const fromClips = clips.map((clip): ListedMoment => ({
    id: clip.id,
    start: clip.start,
    end: clip.end,
    peak: clip.peak,
    score: clip.score,
    state: clip.state,
    label: labelOf(clip),
    clip,
    reasons: clip.reasons,
  }))
  const passed = segments
    .filter(({ peak, selected }) => !selected && !taken.has(peak))
    .map((segment, index): ListedMoment => ({
      id: -1 - index,
      start: segment.start,
      end: segment.end,
      peak: segment.peak,
      score: segment.score,
      state: 'passed',
      label: inOurWords(segment.reasons[0]?.text ?? ''),
      clip: null,
      reasons: segment.reasons,
    }))
  return [...fromClips, ...passed].sort((a, b) => rank(a) - rank(b) || b.score - a.score)
}

/** What a person decided against, and what was not taken, come last. */
function rank({ state }: ListedMoment): number {
  return state === 'passed' ? 2 : state === 'rejected' ? 1 : 0
}
