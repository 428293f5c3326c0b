import { createContentMeter, looksLikeCamera } from './camera-content.ts'
import { Integral, type GreyStack } from './grey-stack.ts'
import { independence } from './independence.ts'

/** Pixels; `x1` and `y1` exclusive. */
export interface Rectangle {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** Shares of the picture. */
const size = { least: { width: 0.09, height: 0.1 }, most: { width: 0.5, height: 0.6 } }
/** Width by height. */
const shape = { least: 0.5, most: 2.6 }
/** Share of a side along which the two sides must have nothing to do with each other. */
const leastSide = 0.68
const apart = 0.5
/** And so much more than a little further off. */
const standsOut = 0.12
const aside = 4

/** Area in common by area of both, above which one rectangle is as the other. */
const alike = 0.6

/** A line of a picture, with sums along it. */
interface Lines {
  /** Mean of a line's evidence from `from` to `to`, exclusive. */
  mean(line: number, from: number, to: number): number
}

/**
 * The rectangle of a small picture (160×90 or so) that most looks like a camera laid over a game: its sides divide what
 * has nothing to do with each other, and its content is that of a camera. Sides on the edge of the picture need no
 * evidence, but at least two others have it. null where nothing is sure enough, or only what is much like one of `except` or
 * does not hold all of `around`.
 */
export function searchRectangles(
  stack: GreyStack,
): (except: readonly Rectangle[], around?: Rectangle) => Rectangle | null {
  const { width, height } = stack
  const upright = linesOf(independence(stack, 'x', 1), width, height, 'x')
  const level = linesOf(independence(stack, 'y', 1), width, height, 'y')
  const content = createContentMeter(stack)
  const [leastWidth, mostWidth] = [size.least.width * width, size.most.width * width]
  const [leastHeight, mostHeight] = [size.least.height * height, size.most.height * height]
  return (except, around) => {
    let best: { rectangle: Rectangle; score: number } | null = null
    const [lastX, lastY, firstX, firstY] =
      around === undefined ? [width, height, 0, 0] : [around.x0 + 1, around.y0 + 1, around.x1 - 1, around.y1 - 1]
    for (let y0 = 0; y0 + leastHeight <= height && y0 <= lastY; y0++) {
      for (let y1 = Math.max(firstY, Math.ceil(y0 + leastHeight)); y1 <= Math.min(height, y0 + mostHeight); y1++) {
        const high = y1 - y0
        for (let x0 = 0; x0 + leastWidth <= width && x0 <= lastX; x0++) {
          const left = x0 === 0 ? null : upright.mean(x0, y0, y1)
          if (left !== null && left < leastSide) continue
          const from = Math.max(firstX, Math.ceil(x0 + Math.max(leastWidth, high * shape.least)))
          const to = Math.min(width, x0 + Math.min(mostWidth, high * shape.most))
          for (let x1 = from; x1 <= to; x1++) {
            const right = x1 === width ? null : upright.mean(x1, y0, y1)
            if (right !== null && right < leastSide) continue
            const top = y0 === 0 ? null : level.mean(y0, x0, x1)
            if (top !== null && top < leastSide) continue
            const bottom = y1 === height ? null : level.mean(y1, x0, x1)
            if (bottom !== null && bottom < leastSide) continue
            const sides = [left, right, top, bottom].filter((side) => side !== null)
            if (sides.length < 2) continue
            const mean = sides.reduce((sum, side) => sum + side, 0) / sides.length
            // Two sides alone must be beyond doubt.
            if (sides.length === 2 && mean < 0.85) continue
            // Of two that are as good, the larger: a wall has rectangles in it.
            const score = mean + ((x1 - x0) * high) / (width * height)
            if (best !== null && score <= best.score) continue
            const rectangle = { x0, y0, x1, y1 }
            if (except.some((other) => isAlike(other, rectangle))) continue
            if (looksLikeCamera(content(x0, y0, x1, y1))) best = { rectangle, score }
          }
        }
      }
    }
    return best?.rectangle ?? null
  }
}

function isAlike(a: Rectangle, b: Rectangle): boolean {
  const wide = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0)
  const high = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0)
  if (wide <= 0 || high <= 0) return false
  const both = wide * high
  return both / (areaOf(a) + areaOf(b) - both) > alike
}

function areaOf({ x0, y0, x1, y1 }: Rectangle): number {
  return (x1 - x0) * (y1 - y0)
}

function linesOf(values: Float32Array, width: number, height: number, across: 'x' | 'y'): Lines {
  const step = across === 'x' ? 1 : width
  const evidence = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const [at, length] = across === 'x' ? [x, width] : [y, height]
      const around = [at >= aside ? values[i - aside * step]! : 0, at + aside < length ? values[i + aside * step]! : 0]
      const more = values[i]! - (around[0]! + around[1]!) / 2
      evidence[i] = values[i]! >= apart && more >= standsOut ? 1 : 0
    }
  }
  const sums = new Integral(evidence, width, height)
  return across === 'x'
    ? { mean: (line, from, to) => sums.sum(line, from, line + 1, to) / (to - from) }
    : { mean: (line, from, to) => sums.sum(from, line, to, line + 1) / (to - from) }
}
