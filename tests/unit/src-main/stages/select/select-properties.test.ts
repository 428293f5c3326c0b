import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decoderSettings } from '../../../../../src-main/stages/select/decoder-settings.ts'
import { selectSegments, type SelectInput } from '../../../../../src-main/stages/select/select-segments.ts'
import { causes } from '../../../../../src-shared/domain/causes.ts'
import { trackRoles } from '../../../../../src-shared/contract/media-info.ts'
import { segmentSchema } from '../../../../../src-shared/contract/segment.ts'
import { signalWeights } from '../../../../../src-shared/domain/signal-weights.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { makeViews } from '../../../../helpers/make-views.ts'
import { makeSignals } from '../../../../helpers/make-signals.ts'

/** Scores that are usually plausible (a walk with jumps), sometimes nonsense. */
const scores = fc.oneof(
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400, size: 'max' }),
  fc.array(fc.constantFrom(0, 0.05, 0.5, 0.5, 0.9, 1), { maxLength: 400, size: 'max' }),
  fc.array(fc.oneof(fc.double(), fc.constant(Number.NaN)), { maxLength: 100 }),
)
const signalIds = [...signalWeights.map((weight) => weight.id), 'picture.blocks', 'chat.rate', 'unheard.of']

const inputs = fc
  .record({
    values: scores,
    top: fc.option(fc.integer({ min: 1, max: 20 })),
    /** The timeline may be a little shorter or longer than the score, or far shorter. */
    slack: fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -200, max: 0, noNaN: true })),
    cuts: fc.array(fc.integer({ min: 0, max: 200 * TICKS_PER_SECOND }), { maxLength: 10 }),
    roles: fc.array(fc.constantFrom(...trackRoles), { maxLength: 3 }),
    /** What a model says of the moments, any of which it may not know. */
    adds: fc.option(
      fc.dictionary(fc.constantFrom(...causes.map(({ id }) => id)), fc.double({ min: -5, max: 5, noNaN: true })),
    ),
    seeds: fc.array(fc.record({ id: fc.constantFrom(...signalIds), track: fc.option(fc.nat(2)), seed: fc.nat(1000) }), {
      maxLength: 5,
    }),
  })
  .map(({ values, top, slack, cuts, roles, seeds, adds }): SelectInput => {
    const wave = (seed: number) => (i: number) =>
      seed % 13 === 0 && i % 5 === 0 ? Number.NaN : 4 * Math.sin(i * (seed + 1))
    return {
      scores: { values },
      signals: makeSignals(
        values.length,
        seeds.map(({ id, track, seed }) => ({ id, track, z: wave(seed), valid: (i) => (i * seed) % 7 !== 1 })),
      ),
      roles,
      duration: Math.max(0, Math.round((values.length / 2 + slack) * TICKS_PER_SECOND)),
      cuts: cuts.toSorted((a, b) => a - b),
      causes: new Map(
        adds ? Array.from(values, (_, peak) => [peak, { views: makeViews(adds), kinds: { kill: 0.7 } }]) : [],
      ),
      top,
    }
  })

const check = (property: (input: SelectInput) => void): void =>
  fc.assert(fc.property(inputs, property), { numRuns: 200 })

test('every segment is a segment, inside the recording, and of an allowed length', () => {
  check((input) => {
    for (const segment of selectSegments(input)) {
      segmentSchema.parse(segment)
      expect(segment.end).toBeLessThanOrEqual(input.duration)
      const length = segment.end - segment.start
      expect(length).toBeLessThanOrEqual(decoderSettings.longest * TICKS_PER_SECOND)
      expect(length).toBeGreaterThanOrEqual(Math.min(decoderSettings.shortest * TICKS_PER_SECOND, input.duration))
    }
  })
})

test('segments come best first and never overlap; what is selected is the best', () => {
  check((input) => {
    const segments = selectSegments(input)
    for (const [i, segment] of segments.entries()) {
      const before = segments[i - 1]
      if (before) {
        expect(before.score).toBeGreaterThanOrEqual(segment.score)
        expect(before.selected || !segment.selected).toBe(true)
      }
      for (const other of segments.slice(i + 1))
        expect(other.end <= segment.start || other.start >= segment.end).toBe(true)
    }
    if (input.top !== null)
      expect(segments.filter((s) => s.selected)).toHaveLength(Math.min(input.top, segments.length))
  })
})

test('peaks lie at least 20 seconds apart', () => {
  check((input) => {
    const peaks = selectSegments(input)
      .map((segment) => segment.peak)
      .toSorted((a, b) => a - b)
    const distances = peaks.slice(1).map((peak, i) => peak - peaks[i]!)
    // The last half slot may be cut off by the end of the recording.
    expect(distances.every((distance) => distance > 19.5 * TICKS_PER_SECOND)).toBe(true)
  })
})

test('every segment has one to four reasons, heaviest first, that add up to at most one', () => {
  check((input) => {
    for (const { reasons } of selectSegments(input)) {
      expect(reasons.length).toBeGreaterThanOrEqual(1)
      expect(reasons.length).toBeLessThanOrEqual(4)
      expect(reasons.map((r) => r.weight)).toEqual(reasons.map((r) => r.weight).toSorted((a, b) => b - a))
      expect(reasons.reduce((sum, r) => sum + r.weight, 0)).toBeLessThanOrEqual(1 + 1e-9)
      for (const { text } of reasons) expect(text).not.toMatch(/NaN|undefined|Infinity/)
    }
  })
})

test('the same input gives the same segments', () => {
  check((input) => {
    expect(selectSegments(structuredClone(input))).toEqual(selectSegments(input))
  })
})

test('--top N takes the first N of the same list', () => {
  check((input) => {
    const strip = (top: number | null): unknown =>
      selectSegments({ ...input, top }).map(({ selected: _, ...segment }) => segment)
    expect(strip(3)).toEqual(strip(null))
  })
})

test('the generator makes recordings that matter', () => {
  const counts = fc.sample(inputs, { numRuns: 200, seed: 1 }).map((input) => selectSegments(input).length)
  expect(counts.filter((count) => count >= 3).length).toBeGreaterThan(40)
})
