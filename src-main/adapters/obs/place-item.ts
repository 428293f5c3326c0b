import type { SceneItem } from './scene-schema.ts'

interface Size {
  readonly width: number
  readonly height: number
}

export interface Placed extends Size {
  readonly x: number
  readonly y: number
}

const [left, right, top, bottom] = [1, 2, 4, 8]
const [none, stretch, inside, outside, toWidth, toHeight] = [0, 1, 2, 3, 4, 5]

/**
 * Where an item of a scene lies, in the scene's pixels, given the size of its source; null for one that is turned, or
 * of no size. A source whose size nobody knows (null) has a place where it is stretched over its bounds.
 */
export function placeItem(item: SceneItem, source: Size | null): Placed | null {
  if (Math.abs(item.rot % 360) > 0.01) return null
  const { bounds, bounds_type: type } = item
  if (type === none) {
    if (source === null) return null
    const size = cropped(source, item)
    return at(item.pos, item.align, {
      width: size.width * Math.abs(item.scale.x),
      height: size.height * Math.abs(item.scale.y),
    })
  }
  const box = at(item.pos, item.align, { width: bounds.x, height: bounds.y })
  if (box === null || type === stretch || (type === outside && item.bounds_crop)) return box
  if (source === null) return null
  const size = cropped(source, item)
  const [x, y] = [bounds.x / size.width, bounds.y / size.height]
  const ratio =
    type === inside
      ? Math.min(x, y)
      : type === outside
        ? Math.max(x, y)
        : type === toWidth
          ? x
          : type === toHeight
            ? y
            : Math.min(1, x, y)
  const shown = { width: size.width * ratio, height: size.height * ratio }
  const [across, down] = [share(item.bounds_align, left, right), share(item.bounds_align, top, bottom)]
  return whole({
    x: box.x + (box.width - shown.width) * across,
    y: box.y + (box.height - shown.height) * down,
    ...shown,
  })
}

function cropped({ width, height }: Size, item: SceneItem): Size {
  return {
    width: width - item.crop_left - item.crop_right,
    height: height - item.crop_top - item.crop_bottom,
  }
}

function at({ x, y }: { x: number; y: number }, align: number, size: Size): Placed | null {
  return whole({
    x: x - size.width * share(align, left, right),
    y: y - size.height * share(align, top, bottom),
    ...size,
  })
}

/** Which part of an extent lies before the point that is aligned. */
function share(align: number, near: number, far: number): number {
  return align & near ? 0 : align & far ? 1 : 0.5
}

function whole(placed: Placed): Placed | null {
  return placed.width > 0 && placed.height > 0 && Object.values(placed).every(Number.isFinite) ? placed : null
}
