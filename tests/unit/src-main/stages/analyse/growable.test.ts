import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Growable } from '../../../../../src-main/stages/analyse/growable.ts'

test('is an array that is 0 wherever nothing was written', () => {
  const write = fc.record({ at: fc.nat(50_000), value: fc.integer({ min: -100, max: 100 }), adds: fc.boolean() })
  fc.assert(
    fc.property(fc.array(write, { maxLength: 50 }), fc.nat(60_000), (writes, length) => {
      const growable = new Growable()
      const expected = new Float32Array(60_001)
      for (const { at, value, adds } of writes) {
        if (adds) growable.add(at, value)
        else growable.set(at, value)
        expected[at] = (adds ? expected[at]! : 0) + value
      }
      const taken = growable.take(length)
      expect(taken).toHaveLength(length)
      expect(Buffer.compare(Buffer.from(taken.buffer), Buffer.from(expected.slice(0, length).buffer))).toBe(0)
      for (const { at } of writes) expect(growable.get(at)).toBe(expected[at])
      expect([growable.get(-1), growable.get(growable.length)]).toEqual([0, 0])
      const end = growable.length
      growable.push(3)
      expect(growable.get(end)).toBe(3)
    }),
    { numRuns: 40 },
  )
})
