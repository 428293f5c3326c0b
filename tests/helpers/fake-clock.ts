import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../src-main/jobs/clock.ts'

export interface FakeClock extends Clock {
  /** Lets `ms` pass: timers and sleeps due meanwhile fire in order, and what they start may run. */
  advance(ms: number): Promise<void>
  /** Somebody sets the clock: `now` jumps, nothing else notices. */
  jump(ms: number): void
}

/** A clock that moves only when told to. */
export function fakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let [wall, steady] = [start, 0]
  const timers = new Set<{ due: number; fire: () => void }>()
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i += 1) await setImmediate()
  }
  return {
    now: () => wall,
    monotonic: () => steady,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const done = (): void => {
          timers.delete(timer)
          resolve()
        }
        const timer = { due: steady + ms, fire: done }
        timers.add(timer)
        signal?.addEventListener('abort', done)
      }),
    every: (ms, tick) => {
      const timer = {
        due: steady + ms,
        fire: () => {
          timer.due += ms
          tick()
        },
      }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      const end = steady + ms
      await settle()
      for (;;) {
        const next = [...timers].filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due)[0]
        if (next === undefined) break
        wall += next.due - steady
        steady = next.due
        next.fire()
        await settle()
      }
      wall += end - steady
      steady = end
    },
    jump(ms) {
      wall += ms
    },
  }
}
