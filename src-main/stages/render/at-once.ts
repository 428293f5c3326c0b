/** One of several tasks. `turn` settles when every task before it is done, and rejects when one of them failed. */
export type Task<T> = (signal: AbortSignal, turn: Promise<void>) => Promise<T>

/**
 * Runs tasks, at most `limit` at a time, and returns their results in their order. The first that fails ends the
 * others; only when all of them are over is its error thrown.
 */
export async function runAtOnce<T>(tasks: readonly Task<T>[], limit: number, signal: AbortSignal): Promise<T[]> {
  const failed = new AbortController()
  const stopped = AbortSignal.any([signal, failed.signal])
  const results: T[] = []
  let first: { error: unknown } | null = null
  let next = 0
  let before: Promise<void> = Promise.resolve()
  const work = async (): Promise<void> => {
    while (next < tasks.length && first === null) {
      const index = next++
      const turn = before
      const running = (async () => {
        results[index] = await tasks[index]!(stopped, turn)
      })()
      before = Promise.all([turn, running]).then(() => {})
      // Nobody may wait for it any more.
      before.catch(() => {})
      try {
        await running
      } catch (error) {
        first ??= { error }
        failed.abort(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, tasks.length)) }, work))
  const found = first as { error: unknown } | null
  if (found !== null) throw found.error
  return results
}
