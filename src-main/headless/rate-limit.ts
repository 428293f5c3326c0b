export interface RateLimit {
  /** Counts one attempt of `who`; false: too many of late. */
  allow(who: string): boolean
  /** Takes one back: it was no guess. */
  forgive(who: string): void
}

export interface RateLimitOptions {
  /** Attempts that `who` has at once. */
  readonly attempts: number
  /** How long until all of them are there again. */
  readonly perMs: number
  /** Beyond so many, the one who tried the longest ago is forgotten. */
  readonly remembered?: number
  readonly now?: () => number
}

/** A token bucket per address, in bounded memory. */
export function createRateLimit({
  attempts,
  perMs,
  remembered = 1000,
  now = () => performance.now(),
}: RateLimitOptions): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    allow(who) {
      const at = now()
      const before = buckets.get(who) ?? { left: attempts, at }
      const left = Math.min(attempts, before.left + ((at - before.at) / perMs) * attempts)
      const allowed = left >= 1
      // Again at the end of the order in which they are forgotten.
      buckets.delete(who)
      buckets.set(who, { left: allowed ? left - 1 : left, at })
      if (buckets.size > remembered) for (const oldest of [buckets.keys().next().value]) buckets.delete(oldest ?? '')
      return allowed
    },
    forgive(who) {
      const bucket = buckets.get(who)
      if (bucket !== undefined) bucket.left = Math.min(attempts, bucket.left + 1)
    },
  }
}
