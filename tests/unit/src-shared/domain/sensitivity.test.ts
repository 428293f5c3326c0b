import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sensitivityOf } from '../../../../src-shared/domain/sensitivity.ts'

const usual = { threshold: 0.15, perHour: 5 }

it('changes nothing in the middle', () => {
  expect(sensitivityOf(0.5, usual)).toEqual(usual)
})

it('takes more, and more readily, the higher it is', () => {
  expect(sensitivityOf(1, usual)).toEqual({ threshold: 0.15 / 4, perHour: 10 })
  expect(sensitivityOf(0, usual)).toEqual({ threshold: 0.6, perHour: 2.5 })
  const number = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(number, number, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((one) => sensitivityOf(one, usual))
      expect(high!.threshold).toBeLessThanOrEqual(low!.threshold)
      expect(high!.perHour).toBeGreaterThanOrEqual(low!.perHour)
      expect(low!.threshold).toBeLessThanOrEqual(1)
    }),
  )
})
