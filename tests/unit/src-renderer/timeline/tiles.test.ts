import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelOf, stepOf, TILE_POINTS, tilesInView } from '../../../../src-renderer/timeline/tiles.ts'
import { TICKS_PER_SECOND as S } from '../../../../src-shared/domain/time.ts'

describe('tiles', () => {
  test('cover what is in sight without gaps, in values about as wide as pixels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 36_000 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.integer({ min: 300, max: 3000 }),
        (seconds, start, part, width) => {
          const duration = seconds * S
          const from = Math.floor(start * duration)
          const view = { from, to: Math.min(duration, from + Math.max(S, Math.floor(part * duration))) }
          if (view.to <= view.from) return
          const level = levelOf(view, width)
          const tiles = tilesInView(view, level, duration)
          expect(tiles[0]!.from).toBeLessThanOrEqual(view.from)
          expect(tiles.at(-1)!.to).toBeGreaterThanOrEqual(Math.min(view.to, duration))
          for (const [i, tile] of tiles.entries()) {
            if (i > 0) expect(tile.from).toBe(tiles[i - 1]!.to)
          }
          // A view of any length asks for few.
          expect(tiles.length).toBeLessThanOrEqual(Math.ceil(width / TILE_POINTS) * 2 + 2)
          const pixels = (stepOf(level) / (view.to - view.from)) * width
          if (level > 0) expect(pixels).toBeLessThanOrEqual(1.5 + 1e-9)
        },
      ),
    )
  })
})
