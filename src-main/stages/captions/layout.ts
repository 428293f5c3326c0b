import type { CaptionPlatform } from '../../../src-shared/contract/captions.ts'
import { marginsFor, shapeOf, type Frame } from './safe-areas.ts'
import type { CaptionStyle } from './styles.ts'

/** A style on a frame, in its pixels. */
export interface CaptionLayout {
  readonly frame: Frame
  /** Height of an em. */
  readonly size: number
  readonly outline: number
  readonly shadow: number
  readonly marginSide: number
  /** From the frame's lower edge to the lowest line's. */
  readonly marginBottom: number
  /** Widest line, in ems. */
  readonly lineWidth: number
}

/** Puts a style on a frame, so that no line leaves the area that the platform keeps clear. Pure. */
export function layOut(style: CaptionStyle, frame: Frame, platform: CaptionPlatform): CaptionLayout {
  const shape = shapeOf(frame)
  const margins = marginsFor(frame, platform)
  const size = style.size[shape] * frame.height
  const outline = style.outline.width * frame.height
  const shadow = style.shadow * frame.height
  // A box is rounded outwards, by a pixel at most.
  const edge = outline + shadow + (style.box ? 1 : 0)
  const marginSide = Math.ceil(margins.side * frame.width + edge)
  const safeHeight = frame.height * (1 - margins.top - margins.bottom)
  const marginBottom = Math.ceil(margins.bottom * frame.height + style.place[shape] * safeHeight + edge)
  const lineWidth = Math.max(1, (frame.width - 2 * marginSide) / size)
  return { frame, size, outline, shadow, marginSide, marginBottom, lineWidth }
}
