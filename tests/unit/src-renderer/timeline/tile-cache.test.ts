import { describe, expect, test, vi } from 'vitest'
import { createTileCache } from '../../../../src-renderer/timeline/tile-cache.ts'
import type { Tile } from '../../../../src-renderer/timeline/tiles.ts'

const tile = (index: number): Tile => ({ level: 0, index, from: index, to: index + 1 })

function slowCache(atOnce = 2, most = 160) {
  const waiting = new Map<number, { resolve: (value: string) => void; reject: (error: Error) => void }>()
  const onLoaded = vi.fn()
  const cache = createTileCache<string>({
    load: ({ index }) => new Promise((resolve, reject) => waiting.set(index, { resolve, reject })),
    onLoaded,
    atOnce,
    most,
  })
  const settle = async (index: number, how: 'resolve' | 'reject' = 'resolve'): Promise<void> => {
    const one = waiting.get(index)!
    waiting.delete(index)
    if (how === 'resolve') one.resolve(`tile ${index}`)
    else one.reject(new Error('no'))
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { cache, waiting, onLoaded, settle }
}

describe('the cache of tiles', () => {
  test('asks once, and tells when it is there', async () => {
    const { cache, waiting, onLoaded, settle } = slowCache()
    expect(cache.get(tile(1))).toBeUndefined()
    expect(cache.get(tile(1))).toBeUndefined()
    expect([...waiting.keys()]).toEqual([1])
    await settle(1)
    expect(onLoaded).toHaveBeenCalledTimes(1)
    expect(cache.get(tile(1))).toBe('tile 1')
  })

  test('what is looked at now comes before what was looked at', async () => {
    const { cache, waiting, settle } = slowCache(1)
    for (let i = 0; i < 60; i += 1) cache.get(tile(i))
    await settle(0)
    expect([...waiting.keys()]).toEqual([59])
    await settle(59)
    expect([...waiting.keys()]).toEqual([58])
  })

  test('forgets those that nobody looked at for longest', async () => {
    const { cache, settle } = slowCache(1, 2)
    for (const index of [1, 2, 3]) {
      cache.get(tile(index))
      await settle(index)
    }
    expect(cache.peek(tile(1))).toBeUndefined()
    expect(cache.peek(tile(3))).toBe('tile 3')
  })

  test('a failure is not asked for again at once', async () => {
    const { cache, waiting, settle } = slowCache()
    cache.get(tile(1))
    await settle(1, 'reject')
    cache.get(tile(1))
    expect(waiting.size).toBe(0)
  })
})
