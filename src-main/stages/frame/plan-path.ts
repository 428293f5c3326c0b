/** Where a crop wants to be, as the middle of it, from a time on (seconds). */
export interface Wish {
  readonly at: number
  readonly x: number
}

/** Seconds that are looked at as one. */
export const BLOCK = 0.5
/** Places that a crop may be at, the middle among them. */
const PLACES = 33
/**
 * What going from one edge of the picture to the other must bring: so many blocks' whole motion, there and back as much
 * again. More motion elsewhere for a moment is not worth a move.
 */
const MOVE = 4
/** Share of all motion that a place away from the middle must have in advance of it: there is what a player aims at. */
const MIDDLE = 0.05

/**
 * The wishes of a crop that is `share` of the picture wide, one a block: of all paths that are not faster than `fastest`
 * (shares of the width a second), the one that keeps most motion, less what moving costs. `blocks`: how much moves in
 * each column. A block counts by how much moves in it, up to the usual.
 */
export function planPath(blocks: readonly Float64Array[], share: number, fastest: number): Wish[] {
  const places = Array.from({ length: PLACES }, (_, n) => share / 2 + ((1 - share) * n) / (PLACES - 1))
  const sums = blocks.map((columns) => columns.reduce((sum, value) => sum + value, 0))
  const usual = sums.reduce((sum, value) => sum + value, 0) / Math.max(1, sums.filter((sum) => sum > 0).length)
  const reach = Math.floor((fastest * BLOCK * (PLACES - 1)) / (1 - share))
  let best = places.map((x) => (x === 0.5 ? 0 : -MOVE * Math.abs(x - 0.5)))
  const from: number[][] = []
  for (const [b, columns] of blocks.entries()) {
    const weight = usual === 0 ? 0 : Math.min(1, sums[b]! / usual)
    const before = best
    const came: number[] = []
    best = places.map((x, n) => {
      let [most, where] = [-Infinity, n]
      for (let m = Math.max(0, n - reach); m <= Math.min(PLACES - 1, n + reach); m++) {
        const value = before[m]! - MOVE * Math.abs(x - places[m]!)
        // Of equals, the one that stays.
        if (value > most + 1e-9 || (m === n && value > most - 1e-9)) [most, where] = [value, m]
      }
      came.push(where)
      const kept = sums[b]! === 0 ? 0 : keptAt(columns, x, share) / sums[b]!
      const bonus = Math.abs(x - 0.5) < 1e-9 ? MIDDLE : 0
      return most + weight * (kept + bonus)
    })
    from.push(came)
  }
  let at = best.reduce((top, value, n) => (value > best[top]! + 1e-9 ? n : top), (PLACES - 1) / 2)
  const path: Wish[] = []
  for (let b = blocks.length - 1; b >= 0; b--) {
    path.push({ at: b * BLOCK, x: places[at]! })
    at = from[b]![at]!
  }
  return path.toReversed()
}

/** How much of what moves lies inside the crop whose middle is at `x`. */
export function keptAt(columns: Float64Array, x: number, share: number): number {
  const [from, to] = [(x - share / 2) * columns.length, (x + share / 2) * columns.length]
  let sum = 0
  for (const [i, value] of columns.entries()) sum += value * Math.max(0, Math.min(i + 1, to) - Math.max(i, from))
  return sum
}
