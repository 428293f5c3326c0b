import { cutOut, type GreyStack } from './grey-stack.ts'
import { pairIndependence } from './independence.ts'
import type { Rectangle } from './search-rectangles.ts'

/** Pixels from a side inwards that are the side's own: a border, what a scaler mixed. */
const beside = 5
/** Pixels that are jumped over, one on either side. */
const gap = 1
const apart = 0.5
/** Of a line from side to side, so much on whose two sides different things happen divides a picture into two. Shoulders are nearly as wide as some cameras' pictures. */
const dividing = { level: 0.9, upright: 0.82 }

/** Whether a rectangle shows one picture from side to side: no line through it parts what moves from something else, as a panel's edge parts it from the game. */
export function isOnePicture(stack: GreyStack, rectangle: Rectangle): boolean {
  const { width, height, frames } = cutOut(stack, rectangle)
  const share = (from: number, to: number, pair: (k: number) => number): number => {
    let divided = 0
    for (let k = from; k < to; k++) divided += pair(k) >= apart ? 1 : 0
    return divided / (to - from)
  }
  for (let y = beside; y <= height - beside; y++) {
    const line = (x: number): number => pairIndependence(frames, (y - 1 - gap) * width + x, (y + gap) * width + x)
    if (share(3, width - 3, line) >= dividing.level) return false
  }
  for (let x = beside; x <= width - beside; x++) {
    const line = (y: number): number => pairIndependence(frames, y * width + x - 1 - gap, y * width + x + gap)
    if (share(3, height - 3, line) >= dividing.upright) return false
  }
  return true
}
