import { keyOfTile, type Tile } from './tiles.ts'

export interface TileCache<Value> {
  /** What is known of a tile now. Asks for it where nothing is, and tells when it is there. */
  get(tile: Tile): Value | undefined
  /** What is known, without asking. */
  peek(tile: Tile): Value | undefined
  clear(): void
}

interface Options<Value> {
  readonly load: (tile: Tile, signal: AbortSignal) => Promise<Value>
  /** Something new can be drawn. */
  readonly onLoaded: () => void
  /** Tiles that are kept; those not looked at for longest go first. */
  readonly most?: number
  /** Asked for at a time. */
  readonly atOnce?: number
}

/** Waiting for their turn: those asked for first are out of sight by then, and are forgotten. */
const MOST_WAITING = 24
/** After a failure, a tile is not asked for again for so long. */
const REST_MS = 5000

export function createTileCache<Value>({ load, onLoaded, most = 160, atOnce = 3 }: Options<Value>): TileCache<Value> {
  /** In the order of their last use. */
  const known = new Map<string, Value>()
  const waiting = new Map<string, Tile>()
  const loading = new Map<string, AbortController>()
  const failed = new Map<string, number>()

  function begin(): void {
    while (loading.size < atOnce) {
      // Last come, first served: that is what is in sight now.
      const next = [...waiting].at(-1)
      if (next === undefined) return
      const [key, tile] = next
      waiting.delete(key)
      const controller = new AbortController()
      loading.set(key, controller)
      load(tile, controller.signal)
        .then(
          (value) => {
            if (controller.signal.aborted) return
            known.set(key, value)
            for (const oldest of known.keys()) {
              if (known.size <= most) break
              known.delete(oldest)
            }
            onLoaded()
          },
          () => {
            if (!controller.signal.aborted) failed.set(key, performance.now())
          },
        )
        .finally(() => {
          if (loading.get(key) === controller) loading.delete(key)
          begin()
        })
    }
  }

  function peek(tile: Tile): Value | undefined {
    return known.get(keyOfTile(tile))
  }

  return {
    peek,
    get(tile) {
      const key = keyOfTile(tile)
      const value = known.get(key)
      if (value !== undefined) {
        known.delete(key)
        known.set(key, value)
        return value
      }
      const failedAt = failed.get(key)
      if (failedAt !== undefined && performance.now() - failedAt < REST_MS) return undefined
      if (!loading.has(key)) {
        waiting.delete(key)
        waiting.set(key, tile)
        for (const oldest of waiting.keys()) {
          if (waiting.size <= MOST_WAITING) break
          waiting.delete(oldest)
        }
        begin()
      }
      return undefined
    },
    clear() {
      waiting.clear()
      for (const controller of loading.values()) controller.abort()
      loading.clear()
      known.clear()
      failed.clear()
    },
  }
}
