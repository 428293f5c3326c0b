import type { Region } from '../../../src-shared/contract/layout.ts'
import { FEWEST_PICTURES, type GreyStack } from './grey-stack.ts'
import { independence } from './independence.ts'

/** Pixels that a side may be off, and that count as the picture's edge. */
const reach = 3
/** Mean independence that each side inside the picture must show. */
const leastSide = 0.5

/**
 * Whether what somebody says of a picture can be so: on either side of each side of the region lies something else.
 * One without a side inside the picture, or too few pictures, say nothing and bear nothing out.
 */
export function isBorneOut(stack: GreyStack, region: Region): boolean {
  if (stack.frames.length < FEWEST_PICTURES) return false
  const strengths = sideStrengths(stack, region)
  return strengths.length > 0 && strengths.every((strength) => strength >= leastSide)
}

/** Of the sides inside the picture. */
function sideStrengths(stack: GreyStack, { x, y, width: w, height: h }: Region): number[] {
  const { width, height } = stack
  const sides = [
    { across: 'x', line: x * width, from: y * height, length: h * height },
    { across: 'x', line: (x + w) * width, from: y * height, length: h * height },
    { across: 'y', line: y * height, from: x * width, length: w * width },
    { across: 'y', line: (y + h) * height, from: x * width, length: w * width },
  ] as const
  const maps = { x: independence(stack, 'x', 1), y: independence(stack, 'y', 1) }
  return sides.flatMap(({ across, line, from, length }) => {
    const most = across === 'x' ? width : height
    if (line <= reach || line >= most - reach) return []
    const [step, stride] = across === 'x' ? [1, width] : [width, 1]
    const [first, last] = [Math.round(from + length / 8), Math.round(from + (length * 7) / 8)]
    let best = 0
    for (let at = Math.round(line) - reach; at <= Math.round(line) + reach; at++) {
      let sum = 0
      for (let along = first; along < last; along++) sum += maps[across][at * step + along * stride]!
      best = Math.max(best, sum / (last - first))
    }
    return [best]
  })
}
