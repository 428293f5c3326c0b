export interface RestartPolicyOptions {
  readonly now?: () => number
  /** Milliseconds before the first restart, the second, …; after as many crashes within `withinMs` it gives up. */
  readonly delays?: readonly number[]
  readonly withinMs?: number
}

/** How soon an engine that ended unasked is started again. */
export interface RestartPolicy {
  /** To be called with each crash: milliseconds to wait, or null when a person is to be asked first. */
  crashed(): number | null
  /** A person wants another try. */
  forgive(): void
}

/** One crash costs a moment; one that happens again and again must not become a loop that eats the machine. */
export function createRestartPolicy(options: RestartPolicyOptions = {}): RestartPolicy {
  const { now = Date.now, delays = [300, 2000, 8000, 20_000], withinMs = 5 * 60_000 } = options
  let crashes: number[] = []
  return {
    crashed() {
      const at = now()
      crashes = [...crashes.filter((time) => at - time < withinMs), at]
      return delays[crashes.length - 1] ?? null
    },
    forgive() {
      crashes = []
    },
  }
}
