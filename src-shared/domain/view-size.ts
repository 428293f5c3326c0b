import type { MediaInfo } from '../contract/media-info.ts'
import type { Size } from './layout-geometry.ts'

/** The size of a recording's pictures as an encode of them has it: turned upright, with even sides. */
export function viewSize({ video }: Pick<MediaInfo, 'video'>): Size {
  if (video === null) return { width: 2, height: 2 }
  const lies = video.rotation === 90 || video.rotation === 270
  const [width, height] = lies ? [video.codedHeight, video.codedWidth] : [video.codedWidth, video.codedHeight]
  const even = (length: number): number => Math.max(2, 2 * Math.floor(length / 2))
  return { width: even(width), height: even(height) }
}
