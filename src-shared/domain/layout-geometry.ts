import type { Region } from '../contract/layout.ts'
import type { VideoStream } from '../contract/media-info.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** In pixels; even throughout, since 4:2:0 has colour for every second one only. */
export interface Box extends Size {
  readonly x: number
  readonly y: number
}

/** A picture as filters get it: FFmpeg has turned it upright, but its pixels need not be square. */
export interface Picture {
  readonly stored: Size
  readonly shown: Size
}

export function pictureOf(
  video: Pick<VideoStream, 'codedWidth' | 'codedHeight' | 'width' | 'height' | 'rotation'>,
): Picture {
  const { codedWidth, codedHeight, width, height, rotation } = video
  const lies = rotation === 90 || rotation === 270
  return {
    stored: lies ? { width: codedHeight, height: codedWidth } : { width: codedWidth, height: codedHeight },
    shown: { width, height },
  }
}

const wholePicture: Region = { x: 0, y: 0, width: 1, height: 1 }

/** The largest part of `within` that has the shape of `target`, around a point where that is possible. */
export function cropRegion(
  { shown }: Picture,
  target: Size,
  focus: { x: number; y: number },
  within: Region = wholePicture,
): Region {
  const [wide, high] = [within.width * shown.width, within.height * shown.height]
  const scale = Math.min(wide / target.width, high / target.height)
  const width = Math.min(within.width, (target.width * scale) / shown.width)
  const height = Math.min(within.height, (target.height * scale) / shown.height)
  return {
    x: clamp(focus.x - width / 2, within.x, within.x + within.width - width),
    y: clamp(focus.y - height / 2, within.y, within.y + within.height - height),
    width,
    height,
  }
}

/** The stored pixels of a region; at least two a side, and inside the picture. */
export function pixelsOf({ stored }: Picture, region: Region): Box {
  const width = evenWithin(region.width * stored.width, stored.width)
  const height = evenWithin(region.height * stored.height, stored.height)
  return {
    x: clamp(even(region.x * stored.width), 0, evenDown(stored.width - width)),
    y: clamp(even(region.y * stored.height), 0, evenDown(stored.height - height)),
    width,
    height,
  }
}

/** The largest size of the shape of `inner` inside `outer`, even. */
export function fitInside(inner: Size, outer: Size): Size {
  const scale = Math.min(outer.width / inner.width, outer.height / inner.height)
  return {
    width: evenWithin(inner.width * scale, outer.width),
    height: evenWithin(inner.height * scale, outer.height),
  }
}

/** To the nearest even number. */
export function even(length: number): number {
  return 2 * Math.round(length / 2)
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

function evenDown(length: number): number {
  return 2 * Math.floor(length / 2)
}

function evenWithin(length: number, most: number): number {
  return Math.max(2, Math.min(even(length), evenDown(most)))
}
