import type { CaptionPlatform } from '../../../src-shared/contract/captions.ts'

/** Parts of the frame's height (top, bottom) and width (sides) that something else may cover. */
export interface Margins {
  readonly top: number
  readonly bottom: number
  readonly side: number
}

export interface Frame {
  readonly width: number
  readonly height: number
}

export type Shape = 'landscape' | 'vertical' | 'square'

/** 5:4 and 4:5 count as square. */
export function shapeOf({ width, height }: Frame): Shape {
  const ratio = width / height
  if (ratio > 1.26) return 'landscape'
  return ratio < 0.79 ? 'vertical' : 'square'
}

/**
 * What the apps put over the picture. Only Meta publishes figures (ads guide: 14 % above, 35 % below, 6 % at the sides);
 * the others are the larger of what people measured on phones in 2025 and 2026, and change with the apps. The buttons
 * stand on the right: the same is kept free on the left, so that captions stay in the middle. Without an app it is
 * EBU R 95's area for graphics, 5 %.
 */
const vertical: Readonly<Record<CaptionPlatform, Margins>> = {
  none: { top: 0.05, bottom: 0.05, side: 0.05 },
  youtube: { top: 0.05, bottom: 0.05, side: 0.05 },
  shorts: { top: 0.12, bottom: 0.25, side: 0.15 },
  tiktok: { top: 0.08, bottom: 0.2, side: 0.16 },
  reels: { top: 0.14, bottom: 0.35, side: 0.12 },
}
const plain: Margins = { top: 0.05, bottom: 0.05, side: 0.05 }
/** YouTube's player lays its bar and buttons over the lowest tenth while it is touched. */
const player: Margins = { top: 0.05, bottom: 0.1, side: 0.05 }

/** Which edges of the frame captions keep clear of. */
export function marginsFor(frame: Frame, platform: CaptionPlatform): Margins {
  if (shapeOf(frame) === 'vertical') return vertical[platform]
  return platform === 'none' ? plain : player
}
