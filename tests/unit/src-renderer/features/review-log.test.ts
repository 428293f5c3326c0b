import { expect, test } from 'vitest'
import {
  withoutTrim,
  withStep,
  type ReviewLog,
  type ReviewStep,
} from '../../../../src-renderer/features/review/review-log.ts'

const trim = (id: number): ReviewStep => ({ kind: 'trim', id })
const decision = (id: number): ReviewStep => ({ kind: 'change', id, before: { state: 'candidate' } })

test('a trim that its own button took back is not taken back again, and nothing else is lost', () => {
  const log: ReviewLog = [trim(1), trim(1), decision(1), trim(2)]
  expect(withoutTrim(log, 1)).toEqual([trim(1), decision(1), trim(2)])
  expect(withoutTrim(log, 3)).toEqual(log)
})

test('it is bounded, and forgets the oldest first', () => {
  let log: ReviewLog = []
  for (let id = 1; id <= 1000; id += 1) log = withStep(log, decision(id))
  expect(log.length).toBeLessThanOrEqual(300)
  expect(log.at(-1)).toEqual(decision(1000))
})
