import { useEffect, useMemo, useRef } from 'react'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { useApi } from '../api-context.tsx'
import type { CurveTile, Source, WaveTile } from './scene.ts'
import { createTileCache, type TileCache } from './tile-cache.ts'
import { stepOf, TILE_POINTS, type Tile } from './tiles.ts'
import { WAVE_STEP } from './draw-scene.ts'

/**
 * Curves and waves of a recording, tile by tile, as they are looked at. `signals`: beside the score, those that lanes
 * show. `onLoaded` is called when there is more to draw. `version` changes when the recording was analysed anew.
 */
export function useSource(
  id: number,
  duration: Ticks,
  signals: readonly string[],
  version: string,
  onLoaded: () => void,
): Source {
  const { client } = useApi()
  const tell = useRef(onLoaded)
  tell.current = onLoaded
  const names = signals.join('\n')

  const made = useMemo(() => {
    const ranges = new Map<string, { bottom: number; top: number }>()
    const wanted = names === '' ? [] : names.split('\n')
    const curves = createTileCache<CurveTile>({
      async load(tile, signal) {
        const answer = await client.recordings.curves(
          { id, from: tile.from, to: Math.min(tile.to, duration), points: TILE_POINTS, signals: wanted },
          { signal },
        )
        const { from, step } = answer
        for (const { signal: name, low, high } of answer.curves) widen(ranges, name, low, high)
        return {
          score: { from, step, ...answer.score },
          threshold: answer.threshold,
          curves: new Map(answer.curves.map(({ signal: name, low, high }) => [name, { from, step, low, high }])),
        }
      },
      onLoaded: () => tell.current(),
    })
    const waves = new Map<number, TileCache<WaveTile>>()
    const waveOf = (track: number): TileCache<WaveTile> => {
      const known = waves.get(track)
      if (known !== undefined) return known
      const cache = createTileCache<WaveTile>({
        async load(tile, signal) {
          const step = stepOf(tile.level, WAVE_STEP)
          const to = Math.min(tile.to, duration)
          const buckets = Math.max(1, Math.round((to - tile.from) / step))
          const answer = await client.stills.waveform(
            { recordingId: id, track, from: tile.from, to, buckets },
            { signal },
          )
          return { from: tile.from, step: (to - tile.from) / buckets, ...answer }
        },
        onLoaded: () => tell.current(),
        atOnce: 2,
      })
      waves.set(track, cache)
      return cache
    }
    const source: Source = {
      curves: (tile) => curves.get(tile) ?? coarser(curves, tile),
      known: (tile) => curves.peek(tile) ?? coarser(curves, tile),
      wave: (track, tile) => waveOf(track).get(tile) ?? coarser(waveOf(track), tile),
      rangeOf: (signal) => ranges.get(signal) ?? { bottom: 0, top: 1 },
    }
    const clear = (): void => {
      curves.clear()
      for (const cache of waves.values()) cache.clear()
    }
    return { source, clear }
    // A new version of the recording is a new source.
  }, [client, id, duration, names, version])

  useEffect(() => made.clear, [made])
  return made.source
}

/** One that covers it, less fine, until the tile itself is there. */
function coarser<Value>(cache: TileCache<Value>, tile: Tile): Value | undefined {
  for (let up = 1; up <= 6; up += 1) {
    const above = cache.peek({ ...tile, level: tile.level + up, index: Math.floor(tile.index / 2 ** up) })
    if (above !== undefined) return above
  }
  return undefined
}

function widen(
  ranges: Map<string, { bottom: number; top: number }>,
  name: string,
  low: readonly (number | null)[],
  high: readonly (number | null)[],
): void {
  const range = ranges.get(name) ?? { bottom: Infinity, top: -Infinity }
  for (const value of low) if (value !== null && value < range.bottom) range.bottom = value
  for (const value of high) if (value !== null && value > range.top) range.top = value
  if (range.top > range.bottom) ranges.set(name, range)
}
