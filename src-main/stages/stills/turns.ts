/** Lets only some tasks run at a time; the others wait, first come, first served. */
export interface Turns {
  /** @throws what the task throws; the signal's reason when aborted while it waits. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>
}

export function createTurns(most: number): Turns {
  let running = 0
  const waiting = new Set<() => void>()
  const leave = (): void => {
    running -= 1
    const [next] = waiting
    next?.()
  }
  const enter = (signal: AbortSignal): Promise<void> | void => {
    signal.throwIfAborted()
    if (running < most) return void (running += 1)
    return new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        waiting.delete(begin)
        signal.removeEventListener('abort', giveUp)
        running += 1
        resolve()
      }
      const giveUp = (): void => {
        waiting.delete(begin)
        reject(signal.reason as Error)
      }
      waiting.add(begin)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }
  return {
    async run(task, signal) {
      await enter(signal)
      try {
        return await task()
      } finally {
        leave()
      }
    },
  }
}
