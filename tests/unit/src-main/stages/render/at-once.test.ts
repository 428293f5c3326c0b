import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { runAtOnce, type Task } from '../../../../../src-main/stages/render/at-once.ts'

const never = new AbortController().signal

test('results keep the order of the tasks, and no more run at a time than allowed', async () => {
  let [running, most] = [0, 0]
  const tasks = [30, 5, 20, 1, 10].map((ms): Task<number> => async () => {
    running += 1
    most = Math.max(most, running)
    await wait(ms)
    running -= 1
    return ms
  })
  expect(await runAtOnce(tasks, 3, never)).toEqual([30, 5, 20, 1, 10])
  expect(most).toBe(3)
})

test('a turn comes when all before are done', async () => {
  const order: number[] = []
  const tasks = [30, 5, 20, 1].map((ms, i): Task<void> => async (_signal, turn) => {
    await wait(ms)
    await turn
    order.push(i)
  })
  await runAtOnce(tasks, 4, never)
  expect(order).toEqual([0, 1, 2, 3])
})

test('the first failure ends the others, begins no more, and is thrown when they are over', async () => {
  const ended: string[] = []
  const failure = new Error('no space')
  const tasks: Task<void>[] = [
    async (signal) => {
      await wait(5000, undefined, { signal }).catch(() => {})
      await wait(20)
      ended.push('first')
    },
    async () => {
      await wait(5)
      throw failure
    },
    async () => void ended.push('third'),
  ]
  await expect(runAtOnce(tasks, 2, never)).rejects.toBe(failure)
  expect(ended).toEqual(['first'])
})

test('whoever waits for a turn hears of a failure before it', async () => {
  const named: number[] = []
  const tasks: Task<void>[] = [
    async () => {
      await wait(5)
      throw new Error('broken')
    },
    async (_signal, turn) => {
      await turn
      named.push(1)
    },
  ]
  await expect(runAtOnce(tasks, 2, never)).rejects.toThrow('broken')
  expect(named).toEqual([])
})

test('a cancelled run hands the signal on', async () => {
  const cancel = new AbortController()
  const tasks = [0, 1].map((): Task<void> => (signal) => wait(5000, undefined, { signal }))
  const running = runAtOnce(tasks, 2, cancel.signal)
  cancel.abort(new Error('enough'))
  await expect(running).rejects.toThrow()
})
