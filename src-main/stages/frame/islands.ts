export interface Island {
  /** Pixels. */
  readonly area: number
  /** The line below its lowest pixel. */
  readonly bottom: number
}

/** The connected areas of a mask (0 or 1) of this width; pixels that touch at a corner only are apart. */
export function islands(mask: Uint8Array, width: number): Island[] {
  const left = Uint8Array.from(mask)
  const found: Island[] = []
  const open: number[] = []
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue
    left[start] = 0
    open.push(start)
    let [area, lowest] = [0, 0]
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      area += 1
      lowest = Math.max(lowest, Math.floor(i / width))
      const x = i % width
      const around = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width]
      for (const next of around) {
        if (left[next] !== 1) continue
        left[next] = 0
        open.push(next)
      }
    }
    found.push({ area, bottom: lowest + 1 })
  }
  return found
}
