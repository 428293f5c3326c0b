import { Integral, medianPicture, type GreyStack } from './grey-stack.ts'

/** Grey levels that a pixel of a still background strays by: noise, compression, the light of the screen. */
const strays = 14
/** Pixels of a box that what moves must fill to count as a body rather than as writing. */
const bodyRadius = 2

/** What happens inside a rectangle (pixels, exclusive), as shares. */
export type MeasureContent = (
  x0: number,
  y0: number,
  x1: number,
  y1: number,
) => {
  /** Of its pixels that are as they usually are, most of the time. */
  readonly still: number
  /** Of its pixels that are something else now and then. */
  readonly moved: number
  /** Of what changes that changes in areas. */
  readonly bodies: number
}

/**
 * A camera stands still: much of what it shows is as it usually is, most of the time (the room), and some of it moves,
 * in areas (a person). A panel or logo never moves; a game, a map that scrolls or a mirror has no background; a chat
 * is something else nearly everywhere; on a map that stands still only dots move.
 */
export function looksLikeCamera({ still, moved, bodies }: ReturnType<MeasureContent>): boolean {
  return still >= 0.6 && moved >= 0.08 && moved <= 0.6 && bodies >= 0.12
}

export function createContentMeter(stack: GreyStack): MeasureContent {
  const { width, height, frames } = stack
  const usual = medianPicture(stack)
  const still = new Float64Array(usual.length)
  const moved = new Float64Array(usual.length)
  const energy = new Float64Array(usual.length)
  const bodies = new Float64Array(usual.length)
  const away = new Float64Array(usual.length)
  for (const frame of frames) {
    for (let i = 0; i < away.length; i++) {
      away[i] = frame[i]! - usual[i]!
      still[i]! += Math.abs(away[i]!) <= strays ? 1 : 0
      energy[i]! += away[i]! ** 2
    }
    const box = new Integral(away, width, height)
    for (let y = bodyRadius; y < height - bodyRadius; y++) {
      for (let x = bodyRadius; x < width - bodyRadius; x++) {
        const sum = box.sum(x - bodyRadius, y - bodyRadius, x + bodyRadius + 1, y + bodyRadius + 1)
        bodies[y * width + x]! += (sum / (2 * bodyRadius + 1) ** 2) ** 2
      }
    }
  }
  for (let i = 0; i < still.length; i++) {
    const share = still[i]! / frames.length
    still[i] = share >= 0.7 ? 1 : 0
    moved[i] = share <= 0.92 ? 1 : 0
  }
  const [stillSum, movedSum, energySum, bodiesSum] = [still, moved, energy, bodies].map(
    (values) => new Integral(values, width, height),
  ) as [Integral, Integral, Integral, Integral]
  return (x0, y0, x1, y1) => {
    // The edges are half of something else.
    const inside = [x0 + bodyRadius, y0 + bodyRadius, x1 - bodyRadius, y1 - bodyRadius] as const
    const area = (inside[2] - inside[0]) * (inside[3] - inside[1])
    return {
      still: stillSum.sum(...inside) / area,
      moved: movedSum.sum(...inside) / area,
      bodies: bodiesSum.sum(...inside) / (energySum.sum(...inside) + area),
    }
  }
}
