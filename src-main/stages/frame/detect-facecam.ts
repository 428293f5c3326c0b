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
  const refused: Rectangle[] = []
  while (refused.length < mostTries) {
    const found = search(refused)
    if (found === null) return null
    const fine = refine(found)
    if (fine !== null && showsOneBody(stack, fine) && isOnePicture(stack, fine)) return regionOf(stack, fine)
    refused.push(found)
  }
  return null
}

function regionOf({ width, height }: GreyStack, { x0, y0, x1, y1 }: Rectangle): Region {
  return { x: x0 / width, y: y0 / height, width: (x1 - x0) / width, height: (y1 - y0) / height }
}
