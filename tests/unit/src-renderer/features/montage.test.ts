import { describe, expect, it } from 'vitest'
import {
  choiceOf,
  estimatedSeconds,
  montageOf,
  moved,
  problemOf,
} from '../../../../src-renderer/features/montage/montage-choice.ts'
import type { StoredClip } from '../../../../src-shared/contract/clip.ts'
import { montageSchema } from '../../../../src-shared/contract/montage.ts'
import { ticksFromSeconds } from '../../../../src-shared/domain/time.ts'

const clip = (id: number, seconds: number): StoredClip => ({
  ...{ id, recordingId: 1, recording: 'a'.repeat(64), start: 0, end: ticksFromSeconds(seconds), peak: 0 },
  ...{ score: 1, reasons: [], title: `Clip ${id}`, state: 'kept', favourite: false, tags: [], renders: [] },
})
const look = { fade: 0, cards: 0, kinds: ['landscape' as const], chapters: true }

describe('what a montage is made of', () => {
  it('is the clips in their order, cut to, without cards', () => {
    const choice = choiceOf({ clips: [clip(1, 10), clip(2, 20)], like: null }, look)
    expect(montageOf(choice)).toEqual(montageSchema.parse({ clips: [{ clipId: 1 }, { clipId: 2 }] }))
    expect(estimatedSeconds(choice)).toBe(30)
    expect(problemOf(choice)).toBeNull()
  })

  it('comes back from one that was made, as far as its clips are there', () => {
    const like = montageSchema.parse({
      title: 'Best',
      clips: [
        { clipId: 2, card: { title: 'First', seconds: 3 } },
        { clipId: 9, transition: { kind: 'cross-fade', seconds: 1 } },
        { clipId: 2, transition: { kind: 'cross-fade', seconds: 1 } },
      ],
      kinds: ['vertical'],
    })
    const choice = choiceOf({ clips: [clip(2, 20)], like }, look)
    expect(choice).toMatchObject({ title: 'Best', fade: 1, cards: 3, kinds: ['vertical'] })
    expect(choice.entries.map(({ clip: { id }, card }) => [id, card])).toEqual([
      [2, 'First'],
      [2, 'Clip 2'],
    ])
    expect(new Set(choice.entries.map(({ key }) => key)).size).toBe(2)
  })

  it('is about as long as its clips and cards, less what is shown at once', () => {
    const { entries } = choiceOf({ clips: [clip(1, 10), clip(2, 1), clip(3, 10)], like: null }, look)
    expect(estimatedSeconds({ entries, fade: 0.4, cards: 0 })).toBeCloseTo(21 - 0.8)
    // A cross-fade takes no more than half of what it joins.
    expect(estimatedSeconds({ entries, fade: 2, cards: 0 })).toBeCloseTo(21 - 1)
    expect(estimatedSeconds({ entries, fade: 0, cards: 2 })).toBe(27)
  })

  it('is refused where it would be too much', () => {
    const many = Array.from({ length: 101 }, (_, i) => clip(i + 1, 1))
    expect(problemOf(choiceOf({ clips: many, like: null }, look))).toBe('tooMany')
    expect(problemOf(choiceOf({ clips: [clip(1, 1800), clip(2, 1801)], like: null }, look))).toBe('tooLong')
    expect(problemOf({ ...choiceOf({ clips: [clip(1, 1)], like: null }, look), entries: [] })).toBe('none')
  })

  it('is put in another order', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b', 'c'], 0, 9)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 7, 0)).toEqual(['a', 'b', 'c'])
  })
})
