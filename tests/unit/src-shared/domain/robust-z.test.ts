import fc from 'fast-check'
import { expect, test } from 'vitest'
import { robustZ } from '../../../../src-shared/domain/robust-z.ts'

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

function naive(values: Float32Array, valid: Uint8Array, context: number, epsilon: number): number[] {
  return Array.from(values, (value, i) => {
    if (valid[i] !== 1) return 0
    const around: number[] = []
    for (let k = Math.max(0, i - context); k <= Math.min(values.length - 1, i + context); k++) {
      if (valid[k] === 1) around.push(values[k]!)
    }
    const median = medianOf(around)
    const mad = medianOf(around.map((x) => Math.abs(x - median)))
    return Math.min(8, Math.max(-8, (value - median) / (1.4826 * mad + epsilon)))
  })
}

test('equals the definition, with gaps, ties and short curves', () => {
  const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.float({ min: -100, max: 100, noNaN: true }))
  const point = fc.record({ value, valid: fc.boolean() })
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (points, context) => {
      const values = Float32Array.from(points, (p) => p.value)
      const valid = Uint8Array.from(points, (p) => (p.valid ? 1 : 0))
      const z = robustZ(values, valid, { context, epsilon: 0.5 })
      for (const [i, expected] of naive(values, valid, context, 0.5).entries()) expect(z[i]).toBeCloseTo(expected, 4)
    }),
    { numRuns: 1000 },
  )
})

test('the largest value of a full window is not forgotten', () => {
  const z = robustZ(Float32Array.of(0, 0, 0, 1), new Uint8Array(4).fill(1), { context: 1, epsilon: 0.5 })
  expect(z[3]).toBeCloseTo(0.5 / (1.4826 * 0.5 + 0.5), 5)
})

test('a lone peak stands out, a steady curve does not', () => {
  const values = Float32Array.from({ length: 2000 }, (_, i) => (i === 1000 ? 5 : Math.sin(i) / 10))
  const z = robustZ(values, new Uint8Array(2000).fill(1), { epsilon: 0.1 })
  expect(z[1000]).toBe(8)
  expect(z.filter((v) => Math.abs(v) > 1)).toHaveLength(1)
})

test('a different level of the whole recording changes nothing, ten hours take no time', () => {
  const values = Float32Array.from({ length: 72_000 }, (_, i) => ((i * 7919) % 1000) / 100)
  const valid = new Uint8Array(values.length).fill(1)
  const louder = values.map((v) => v + 12)
  const z = robustZ(values, valid, { epsilon: 1 })
  const other = robustZ(louder, valid, { epsilon: 1 })
  for (let i = 0; i < z.length; i += 997) expect(other[i]).toBeCloseTo(z[i]!, 3)
})
