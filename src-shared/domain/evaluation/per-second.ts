/**
 * A curve of two values a second as one value a second: the mean of the known ones. Where nothing is known (not finite)
 * it is the lowest value of all: what a score does not see, it cannot claim. An odd last slot is left out.
 */
export function perSecond(slots: ArrayLike<number>): Float64Array {
  const out = new Float64Array(slots.length >> 1)
  let lowest = Infinity
  for (let s = 0; s < out.length; s++) {
    const [a, b] = [slots[2 * s]!, slots[2 * s + 1]!]
    const value = Number.isFinite(a) ? (Number.isFinite(b) ? (a + b) / 2 : a) : b
    out[s] = Number.isFinite(value) ? value : Number.NaN
    if (out[s]! < lowest) lowest = out[s]!
  }
  return out.map((value) => (Number.isNaN(value) ? (lowest === Infinity ? 0 : lowest) : value))
}
