import { describe, expect, test, vi } from 'vitest'
import type { Scene } from '../../../../src-renderer/timeline/scene.ts'
import { indexSpans } from '../../../../src-renderer/timeline/spans.ts'
import { whatLiesAt } from '../../../../src-renderer/timeline/what-lies-at.ts'
import { TICKS_PER_SECOND as S } from '../../../../src-shared/domain/time.ts'

const buckets = (high: (number | null)[]) => ({ from: 0, step: S / 2, low: high, high })
const marker = (start: number, end: number, label: string) => ({
  start: start * S,
  end: end * S,
  kind: 'hotkey' as const,
  label,
  weight: 1,
})

const curves = vi.fn()
const scene: Scene = {
  view: { from: 0, to: 100 * S },
  duration: 100 * S,
  lanes: [
    { kind: 'score', label: 'Score' },
    { kind: 'curve', label: 'Chat', signal: 'chat.rate' },
  ],
  moments: [{ id: 1, start: 10 * S, end: 20 * S, peak: 15 * S, score: 0.8, state: 'kept', label: 'Ace' }],
  selected: null,
  markers: indexSpans([marker(12, 12, 'near'), marker(40, 60, 'lasting'), marker(50.2, 50.2, 'within')]),
  lines: indexSpans([{ start: 11 * S, end: 13 * S, text: 'No way' }]),
  trim: null,
  mark: null,
  source: {
    curves,
    known: () => ({
      score: buckets(Array.from({ length: 100 }, (_, i) => (i === 25 ? null : i / 100))),
      threshold: 0.5,
      curves: new Map([['chat.rate', buckets(Array.from({ length: 100 }, () => 12))]]),
    }),
    wave: () => undefined,
    rangeOf: () => ({ bottom: 0, top: 1 }),
  },
}

describe('what lies at a time', () => {
  test('is score, moment, marker, curves of the lanes and words', () => {
    expect(whatLiesAt(scene, 12.25 * S, 1000)).toMatchObject({
      score: 0.24,
      moment: { label: 'Ace' },
      marker: { label: 'near' },
      curves: [{ label: 'Chat', value: 12 }],
      line: { text: 'No way' },
    })
  })

  test('is nothing where nothing was measured, and asks for nothing', () => {
    expect(whatLiesAt(scene, 12.6 * S, 1000).score).toBeNull()
    const bare = { ...scene, source: { ...scene.source, known: () => undefined } }
    expect(whatLiesAt(bare, 90 * S, 1000)).toMatchObject({
      score: null,
      moment: null,
      marker: null,
      curves: [],
      line: null,
    })
    expect(curves).not.toHaveBeenCalled()
  })

  test('a marker counts within a few pixels, the nearest first; one that lasts, all along', () => {
    expect(whatLiesAt(scene, 12.4 * S, 1000).marker?.label).toBe('near')
    expect(whatLiesAt(scene, 12.6 * S, 1000).marker).toBeNull()
    // Farther away, the same pixels are more seconds.
    expect(whatLiesAt(scene, 12.6 * S, 500).marker?.label).toBe('near')
    expect(whatLiesAt(scene, 45 * S, 1000).marker?.label).toBe('lasting')
  })
})
