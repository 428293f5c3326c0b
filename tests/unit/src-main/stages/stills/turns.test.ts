import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurns } from '../../../../../src-main/stages/stills/turns.ts'

const signal = new AbortController().signal

test('only so many at a time, in the order of asking; one that fails lets the next in', async () => {
  const turns = createTurns(2)
  const order: number[] = []
  let [now, most] = [0, 0]
  const task = (n: number) => async () => {
    order.push(n)
    most = Math.max(most, ++now)
    await delay(2)
    now -= 1
    if (n === 1) throw new Error('one')
    return n
  }
  const all = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => turns.run(task(n), signal)))
  expect(all.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true, true])
  expect([order, most]).toEqual([[0, 1, 2, 3, 4, 5], 2])
})

test('one that gives up while it waits takes no turn', async () => {
  const turns = createTurns(1)
  const stop = new AbortController()
  let ran = false
  const first = turns.run(() => delay(5), signal)
  const second = turns.run(async () => void (ran = true), stop.signal)
  stop.abort(new Error('enough'))
  await expect(second).rejects.toThrow('enough')
  await first
  expect(await turns.run(async () => 3, signal)).toBe(3)
  expect(ran).toBe(false)
  await expect(turns.run(async () => 1, stop.signal)).rejects.toThrow('enough')
})
