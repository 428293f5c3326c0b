import { expect, it } from 'vitest'
import { rememberAlive, ttlOf } from '../../../../src-main/jobs/remember-alive.ts'

const one = { pid: 1, startedAt: 'a', bootId: 'x' }

it('asks seldom after the living, and never again after the dead', () => {
  let [now, asked, living] = [0, 0, true]
  const isAlive = rememberAlive(() => ((asked += 1), living), { ttlMs: 100, monotonic: () => now })
  expect([isAlive(one), isAlive(one), asked]).toEqual([true, true, 1])
  expect([isAlive({ ...one, startedAt: 'b' }), asked]).toEqual([true, 2])
  now = 100
  living = false
  expect([isAlive(one), isAlive(one), asked]).toEqual([false, false, 3])
  living = true
  now = 1e9
  expect([isAlive(one), asked]).toEqual([false, 3])
})

it('does not remember where asking is cheap', () => {
  expect((['win32', 'darwin', 'linux'] as const).map(ttlOf)).toEqual([10_000, 1_000, 0])
})
