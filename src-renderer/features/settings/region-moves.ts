import type { Region } from '../../../src-shared/contract/layout.ts'

/** Smaller is a slip of the hand. */
const LEAST = 0.02

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

interface Point {
  readonly x: number
  readonly y: number
}

/** The rectangle with these corners, inside the picture; null where it is too small to be meant. Pure. */
export function regionBetween(a: Point, b: Point): Region | null {
  const [left, right] = [clamp(Math.min(a.x, b.x), 0, 1), clamp(Math.max(a.x, b.x), 0, 1)]
  const [top, bottom] = [clamp(Math.min(a.y, b.y), 0, 1), clamp(Math.max(a.y, b.y), 0, 1)]
  const region = { x: left, y: top, width: right - left, height: bottom - top }
  return region.width < LEAST || region.height < LEAST ? null : region
}

/** Moved, and held inside the picture. Pure. */
export function moveRegion({ x, y, width, height }: Region, dx: number, dy: number): Region {
  return { x: clamp(x + dx, 0, 1 - width), y: clamp(y + dy, 0, 1 - height), width, height }
}

/** Its lower right corner moved, and held inside the picture. Pure. */
export function resizeRegion({ x, y, width, height }: Region, dx: number, dy: number): Region {
  return { x, y, width: clamp(width + dx, LEAST, 1 - x), height: clamp(height + dy, LEAST, 1 - y) }
}
