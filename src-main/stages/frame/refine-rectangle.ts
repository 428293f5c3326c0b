import type { GreyStack } from './grey-stack.ts'
import { independence } from './independence.ts'
import type { Rectangle } from './search-rectangles.ts'

/** As far as a side is moved, pixels of the large picture. */
const reach = 8
/** Mean independence that a side must show at last; also one that was thought to be the picture's edge. */
const leastSide = 0.4
/** A frame drawn around a camera: as thick at most, pixels; its pixels hardly change, and are of one colour, which is not the picture's. */
const border = { thickest: 5, change: 16, colour: 16, step: 12 }

/**
 * Puts the sides of rectangles that were found in a small picture onto the lines of a larger one, `factor` times as
 * large, and inside a border if one is drawn. null where the larger picture does not bear a side out.
 */
export function createRefiner(stack: GreyStack, factor: number): (found: Rectangle) => Rectangle | null {
  const across = {
    x: sharp(independence(stack, 'x', 0), independence(stack, 'x', 1)),
    y: sharp(independence(stack, 'y', 0), independence(stack, 'y', 1)),
  }
  return (found) => refineRectangle(stack, across, found, factor)
}

function refineRectangle(
  stack: GreyStack,
  across: { readonly x: Float32Array; readonly y: Float32Array },
  found: Rectangle,
  factor: number,
): Rectangle | null {
  const { width, height } = stack
  const start = { x0: found.x0 * factor, y0: found.y0 * factor, x1: found.x1 * factor, y1: found.y1 * factor }
  const inner = (from: number, to: number): [number, number] => {
    const margin = Math.round((to - from) / 8)
    return [from + margin, to - margin]
  }
  const [top, bottom] = inner(start.y0, start.y1)
  const [left, right] = inner(start.x0, start.x1)
  const side = (line: number, most: number, mean: (line: number) => number): number | null => {
    const onEdge = line <= reach / 2 || line >= most - reach / 2
    let best = { line, strength: 0 }
    for (let at = Math.max(1, line - reach); at <= Math.min(most - 1, line + reach); at++) {
      const strength = mean(at)
      if (strength > best.strength) best = { line: at, strength }
    }
    if (best.strength >= leastSide) return best.line
    return onEdge ? (line <= reach / 2 ? 0 : most) : null
  }
  const upright = (at: number): number => meanOf(across.x, width, at, top, at + 1, bottom)
  const level = (at: number): number => meanOf(across.y, width, left, at, right, at + 1)
  const x0 = side(start.x0, width, upright)
  const x1 = side(start.x1, width, upright)
  const y0 = side(start.y0, height, level)
  const y1 = side(start.y1, height, level)
  if (x0 === null || x1 === null || y0 === null || y1 === null) return null
  return insideBorder(stack, { x0, y0, x1, y1 })
}

/** Highest on the line itself, where what a scaler mixed lies on both sides of it. */
function sharp(near: Float32Array, far: Float32Array): Float32Array {
  return near.map((value, i) => value / 3 + (far[i]! * 2) / 3)
}

function meanOf(values: Float32Array, width: number, x0: number, y0: number, x1: number, y1: number): number {
  let sum = 0
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += values[y * width + x]!
  return sum / ((x1 - x0) * (y1 - y0))
}

function insideBorder(stack: GreyStack, { x0, y0, x1, y1 }: Rectangle): Rectangle {
  const { width, height } = stack
  const [my, mx] = [Math.round((y1 - y0) / 8), Math.round((x1 - x0) / 8)]
  const column = (x: number): Line => lineOf(stack, x, y0 + my, x + 1, y1 - my)
  const row = (y: number): Line => lineOf(stack, x0 + mx, y, x1 - mx, y + 1)
  // At the picture's own edge there is nothing to be divided from.
  const left = x0 === 0 ? 0 : thickness(column, (k) => x0 + k)
  const right = x1 === width ? 0 : thickness(column, (k) => x1 - 1 - k)
  const top = y0 === 0 ? 0 : thickness(row, (k) => y0 + k)
  const bottom = y1 === height ? 0 : thickness(row, (k) => y1 - 1 - k)
  return { x0: x0 + left, y0: y0 + top, x1: x1 - right, y1: y1 - bottom }
}

/** What the pixels of a line usually are, and whether they hardly change over time and are of nearly one colour. */
interface Line {
  readonly means: readonly number[]
  readonly plain: boolean
}

/**
 * Lines from the side inwards that are plain, up to one that is something else. A line that a scaler mixed may come
 * first; a plain wall goes on for too long to be a border, or into a picture much like itself.
 */
function thickness(line: (at: number) => Line, at: (k: number) => number): number {
  const first = [0, 1].find((k) => line(at(k)).plain)
  if (first === undefined) return 0
  let k = first
  while (k <= border.thickest && line(at(k)).plain) k++
  if (k > border.thickest) return 0
  const [last, inside] = [line(at(k - 1)).means, line(at(k + 1)).means]
  const step = last.reduce((sum, mean, i) => sum + Math.abs(mean - inside[i]!), 0) / last.length
  return step >= border.step ? k : 0
}

function lineOf({ width, frames }: GreyStack, x0: number, y0: number, x1: number, y1: number): Line {
  const n = frames.length
  const means: number[] = []
  let change = 0
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      let [sum, sum2] = [0, 0]
      for (const frame of frames) {
        const value = frame[y * width + x]!
        sum += value
        sum2 += value * value
      }
      const mean = sum / n
      change += sum2 / n - mean * mean
      means.push(mean)
    }
  }
  if (means.length === 0) return { means, plain: false }
  const middle = means.reduce((sum, mean) => sum + mean, 0) / means.length
  const colours = means.reduce((sum, mean) => sum + (mean - middle) ** 2, 0) / means.length
  return { means, plain: change / means.length <= border.change && colours <= border.colour }
}
