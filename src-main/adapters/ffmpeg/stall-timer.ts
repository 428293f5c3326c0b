/**
 * Calls `onStall` once when nothing was noted for `limitMs`. Counts ticks of a timer instead of reading a clock, so a
 * laptop that slept for an hour is not taken for a child that hung for an hour.
 */
export interface StallTimer {
  note(): void
  stop(): void
}

const ticksPerLimit = 10

export function createStallTimer(
  limitMs: number,
  onStall: () => void,
  isBusy: () => boolean = () => false,
): StallTimer {
  let idleTicks = 0
  const timer = setInterval(
    () => {
      idleTicks = isBusy() ? 0 : idleTicks + 1
      if (idleTicks < ticksPerLimit) return
      clearInterval(timer)
      onStall()
    },
    Math.max(1, limitMs / ticksPerLimit),
  )
  timer.unref()
  return { note: () => void (idleTicks = 0), stop: () => clearInterval(timer) }
}
