import { ptsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'

/** A time as ASS writes it, to a hundredth of a second: `0:00:01.50`. */
export function assClock(ticks: Ticks): string {
  const cs = Math.max(0, ptsFromTicks(ticks, { num: 1, den: 100 }))
  const pad = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  return `${Math.floor(cs / 360_000)}:${pad((cs / 6000) % 60)}:${pad((cs / 100) % 60)}.${pad(cs % 100)}`
}
