import { cutOut, medianPicture, type GreyStack } from './grey-stack.ts'
import { islands, type Island } from './islands.ts'
import type { Rectangle } from './search-rectangles.ts'

/** Share of a side that is left out: what reaches over a panel's edge is the game's. */
const margin = 0.1
/** Grey levels that a pixel of a still background strays by: noise, compression, the light of the screen. */
const strays = 14
/** Pictures in which a pixel must be something else to be a place where something moves. */
const fewest = 3
/** Pixels of what counts as a piece. */
const piece = 6

/** Of what is not as usual in a picture, the largest piece: share of the rectangle (half and a quarter of the pictures have less), and of all that moved. */
const largest = { usually: 0.02, mostly: 0.012, ofAll: 0.3 }
/** Pieces, usually: letters, icons and bars are many. */
const mostPieces = 10
/** Of the places where something moves: share of the rectangle, and of them all in one piece, which reaches this far down. */
const places = { least: 0.14, most: 0.6, together: 0.85, down: 0.6 }

/**
 * Whether what moves in a rectangle moves like somebody in front of a camera: one body, seen from the chest up, that is
 * elsewhere in most pictures, always around the same place. The figures are those of generated cameras, with some room;
 * heroes on a map, chats, bars, dials and things in rows miss one or more of them.
 */
export function showsOneBody(stack: GreyStack, rectangle: Rectangle): boolean {
  const core = inset(rectangle)
  const { width, height, frames } = cutOut(stack, core)
  const area = width * height
  const usual = medianPicture({ width, height, frames })
  const elsewhere = new Uint8Array(area)
  const found: { share: number; ofAll: number; pieces: number }[] = []
  for (const frame of frames) {
    const moved = frame.map((value, i) => (Math.abs(value - usual[i]!) > strays ? 1 : 0))
    const all = moved.reduce((sum, value, i) => {
      elsewhere[i]! += value
      return sum + value
    }, 0)
    const parts = islands(moved, width)
    const most = largestOf(parts)?.area ?? 0
    found.push({
      share: most / area,
      ofAll: all === 0 ? 0 : most / all,
      pieces: parts.filter((part) => part.area >= piece).length,
    })
  }
  const busy = elsewhere.map((count) => (count >= fewest ? 1 : 0))
  const busyArea = busy.reduce((sum, value) => sum + value, 0)
  const body = largestOf(islands(busy, width))
  return (
    body !== null &&
    busyArea >= places.least * area &&
    busyArea <= places.most * area &&
    body.area >= places.together * busyArea &&
    body.bottom >= places.down * height &&
    quantile(found, 'share', 0.5) >= largest.usually &&
    quantile(found, 'share', 0.25) >= largest.mostly &&
    quantile(found, 'ofAll', 0.5) >= largest.ofAll &&
    quantile(found, 'pieces', 0.5) <= mostPieces
  )
}

function inset({ x0, y0, x1, y1 }: Rectangle): Rectangle {
  const [dx, dy] = [Math.round((x1 - x0) * margin), Math.round((y1 - y0) * margin)]
  return { x0: x0 + dx, y0: y0 + dy, x1: x1 - dx, y1: y1 - dy }
}

function largestOf(parts: readonly Island[]): Island | null {
  return parts.reduce<Island | null>((best, part) => (best === null || part.area > best.area ? part : best), null)
}

function quantile<K extends string>(rows: readonly Readonly<Record<K, number>>[], key: K, share: number): number {
  const values = rows.map((row) => row[key]).toSorted((a, b) => a - b)
  return values[Math.floor(share * values.length)] ?? 0
}
