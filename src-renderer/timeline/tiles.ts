import type { Ticks } from '../../src-shared/contract/time.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import type { View } from './view.ts'

/** Values in a tile, whatever stretch it covers. */
export const TILE_POINTS = 512
/** The finest that is measured: two values a second. */
const FINEST: Ticks = TICKS_PER_SECOND / 2

/** A stretch of a curve at one of the levels of detail: each covers twice as much as the one below. */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly from: Ticks
  readonly to: Ticks
}

/** Length of one value of a level. */
export function stepOf(level: number, finest: Ticks = FINEST): Ticks {
  return finest * 2 ** level
}

/** The level whose values are not wider than `pixels` pixels, or the finest. */
export function levelOf(view: View, width: number, pixels = 1.5, finest: Ticks = FINEST): number {
  const step = ((view.to - view.from) * pixels) / Math.max(1, width)
  return Math.max(0, Math.floor(Math.log2(step / finest)))
}

export function tileAt(level: number, index: number, duration: Ticks, finest: Ticks = FINEST): Tile | null {
  const length = stepOf(level, finest) * TILE_POINTS
  const from = index * length
  if (index < 0 || from >= duration) return null
  return { level, index, from, to: Math.min(from + length, Math.max(duration, from + stepOf(level, finest))) }
}

/** Tiles that are in sight at a level, from left to right, and `around` more to either side. */
export function tilesInView(view: View, level: number, duration: Ticks, around = 0, finest: Ticks = FINEST): Tile[] {
  const length = stepOf(level, finest) * TILE_POINTS
  const first = Math.floor(view.from / length) - around
  const last = Math.floor((view.to - 1) / length) + around
  const tiles: Tile[] = []
  for (let index = first; index <= last; index += 1) {
    const tile = tileAt(level, index, duration, finest)
    if (tile !== null) tiles.push(tile)
  }
  return tiles
}

export const keyOfTile = ({ level, index }: Tile): string => `${level}/${index}`
