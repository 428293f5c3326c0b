import type { Region } from '../../../src-shared/contract/layout.ts'
import { FEWEST_PICTURES, shrink, type GreyStack } from './grey-stack.ts'
import { isOnePicture } from './one-picture.ts'
import { showsOneBody } from './one-body.ts'
import { createRefiner } from './refine-rectangle.ts'
import { searchRectangles, type Rectangle } from './search-rectangles.ts'

/** Size of the pictures that `detectFacecam` asks for, and how many at most. */
export const LOOK = { width: 640, height: 360, count: 24 } as const
/** Grows with every change that makes it find something else. */
export const FACECAM_VERSION = 1
const factor = 4
/** Rectangles that are looked at more closely before giving up. */
const mostTries = 6
/** Those around one that was found, in case it is a part of a larger one. */
const mostAround = 3

/** What detecting needs; adapters fit it. */
export interface LookDeps {
  /** Grey pictures of this size from moments spread over the whole recording, as it is shown; fewer where there are fewer. */
  look(size: typeof LOOK, options: { signal: AbortSignal }): Promise<readonly Uint8Array[]>
}

/**
 * Where in a recording's pictures (their sides are multiples of four) a camera is laid over the game, by what moves and
 * what does not; null where none is, or where it is not sure. A camera that is cut out (green screen) or round has no
 * rectangle and is not found.
 */
export function findFacecam(stack: GreyStack): Region | null {
  if (stack.frames.length < FEWEST_PICTURES) return null
  const search = searchRectangles(shrink(stack, factor))
  const refine = createRefiner(stack, factor)
  const tried: Rectangle[] = []
  /** The next rectangle, where it is a camera's. */
  const next = (around?: Rectangle): { rough: Rectangle; fine: Rectangle | null } | null => {
    const rough = search(tried, around)
    if (rough === null) return null
    tried.push(rough)
    const fine = refine(rough)
    return { rough, fine: fine !== null && showsOneBody(stack, fine) && isOnePicture(stack, fine) ? fine : null }
  }
  while (tried.length < mostTries) {
    const found = next()
    if (found === null) return null
    if (found.fine === null) continue
    // Part of a camera's picture may have sides as clear: a shelf's, a shoulder's.
    for (let n = 0; n < mostAround; n++) {
      const larger = next(found.rough)
      if (larger === null) break
      if (larger.fine !== null) return regionOf(stack, larger.fine)
    }
    return regionOf(stack, found.fine)
  }
  return null
}

function regionOf({ width, height }: GreyStack, { x0, y0, x1, y1 }: Rectangle): Region {
  return { x: x0 / width, y: y0 / height, width: (x1 - x0) / width, height: (y1 - y0) / height }
}
