/** FFT of real input; `re` and `im` hold bins 0 to size/2 of the last transform. */
export interface RealFft {
  readonly size: number
  /** Write `size` samples here, then call `transform`. It is used as scratch space. */
  readonly input: Float64Array
  readonly re: Float64Array
  readonly im: Float64Array
  transform(): void
}

/**
 * A real FFT of a power-of-two size, as a complex one of half the size over (even, odd) sample pairs, untangled
 * afterwards (Numerical Recipes §12.3). Not normalised: a sine of amplitude 1 gives size/2 in its bin. Nothing is
 * allocated after creation.
 */
export function createRealFft(size: number): RealFft {
  if (size < 8 || (size & (size - 1)) !== 0) throw new RangeError(`not a power of two of at least 8: ${size}`)
  const half = size / 2
  const quarter = size / 4
  const input = new Float64Array(size)
  const re = new Float64Array(half + 1)
  const im = new Float64Array(half + 1)
  const zr = new Float64Array(half)
  const zi = new Float64Array(half)
  const cos = Float64Array.from({ length: quarter + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size))
  const sin = Float64Array.from({ length: quarter + 1 }, (_, k) => -Math.sin((2 * Math.PI * k) / size))
  const order = bitReversal(half)
  const stages = twiddles(half)

  function transform(): void {
    // Load in bit-reversed order, two butterfly levels (which need no multiplication) at once.
    for (let i = 0; i < half; i += 4) {
      const a = 2 * order[i]!
      const b = 2 * order[i + 1]!
      const c = 2 * order[i + 2]!
      const d = 2 * order[i + 3]!
      const pr = input[a]! + input[b]!
      const pi = input[a + 1]! + input[b + 1]!
      const qr = input[a]! - input[b]!
      const qi = input[a + 1]! - input[b + 1]!
      const rr = input[c]! + input[d]!
      const ri = input[c + 1]! + input[d + 1]!
      const sr = input[c]! - input[d]!
      const si = input[c + 1]! - input[d + 1]!
      zr[i] = pr + rr
      zi[i] = pi + ri
      zr[i + 1] = qr + si
      zi[i + 1] = qi - sr
      zr[i + 2] = pr - rr
      zi[i + 2] = pi - ri
      zr[i + 3] = qr - si
      zi[i + 3] = qi + sr
    }
    for (const { span, wr, wi } of stages) {
      for (let start = 0; start < half; start += 2 * span) {
        for (let k = 0; k < span; k++) {
          const i = start + k
          const j = i + span
          const xr = zr[j]! * wr[k]! - zi[j]! * wi[k]!
          const xi = zr[j]! * wi[k]! + zi[j]! * wr[k]!
          const yr = zr[i]!
          const yi = zi[i]!
          zr[i] = yr + xr
          zi[i] = yi + xi
          zr[j] = yr - xr
          zi[j] = yi - xi
        }
      }
    }
    re[0] = zr[0]! + zi[0]!
    im[0] = 0
    re[half] = zr[0]! - zi[0]!
    im[half] = 0
    for (let k = 1; k <= quarter; k++) {
      const m = half - k
      const er = 0.5 * (zr[k]! + zr[m]!)
      const ei = 0.5 * (zi[k]! - zi[m]!)
      const or = 0.5 * (zi[k]! + zi[m]!)
      const oi = 0.5 * (zr[m]! - zr[k]!)
      const tr = or * cos[k]! - oi * sin[k]!
      const ti = or * sin[k]! + oi * cos[k]!
      re[k] = er + tr
      im[k] = ei + ti
      re[m] = er - tr
      im[m] = ti - ei
    }
  }

  return { size, input, re, im, transform }
}

function bitReversal(size: number): Uint16Array {
  const bits = Math.log2(size)
  return Uint16Array.from({ length: size }, (_, i) => {
    let reversed = 0
    for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit)
    return reversed
  })
}

/** Twiddle factors of each level from span 4 upwards, each level contiguous so that the inner loop strides by one. */
function twiddles(size: number): { span: number; wr: Float64Array; wi: Float64Array }[] {
  const levels = []
  for (let span = 4; span < size; span *= 2) {
    const angle = (k: number): number => (-Math.PI * k) / span
    levels.push({
      span,
      wr: Float64Array.from({ length: span }, (_, k) => Math.cos(angle(k))),
      wi: Float64Array.from({ length: span }, (_, k) => Math.sin(angle(k))),
    })
  }
  return levels
}
