import { afterEach, describe, expect, test, vi } from 'vitest'
import { feedPieces } from '../../../../src-renderer/player/feed-pieces.ts'
import { loadPiece } from '../../../../src-renderer/player/load-piece.ts'

const SECONDS = 4

/** Holds so many bytes, as a browser does, and refuses more. One piece is one byte: its number. */
class FakeBuffer extends EventTarget {
  held: number[] = []
  refusals = 0
  most: number
  constructor(most: number) {
    super()
    this.most = most
  }
  get buffered() {
    const sorted = this.held.toSorted((a, b) => a - b)
    return {
      length: sorted.length,
      start: (i: number) => sorted[i]! * SECONDS,
      end: (i: number) => (sorted[i]! + 1) * SECONDS,
    }
  }
  appendBuffer(bytes: ArrayBuffer) {
    if (this.held.length >= this.most) {
      this.refusals++
      throw Object.assign(new Error('full'), { name: 'QuotaExceededError' })
    }
    this.held.push(new Uint8Array(bytes)[0]!)
    queueMicrotask(() => this.dispatchEvent(new Event('updateend')))
  }
  remove(from: number, to: number) {
    this.held = this.held.filter((n) => n * SECONDS < from || n * SECONDS >= to)
    queueMicrotask(() => this.dispatchEvent(new Event('updateend')))
  }
}

class FakeVideo extends EventTarget {
  currentTime = 0
  seek(to: number) {
    this.currentTime = to
    this.dispatchEvent(new Event('seeking'))
  }
}

const answered = (): string[] => vi.mocked(fetch).mock.calls.map(([path]) => path as string)

function feed(most: number) {
  vi.stubGlobal(
    'fetch',
    vi.fn(async (path: string) => new Response(Uint8Array.of(Number(path.split('/').at(-1))))),
  )
  const buffer = new FakeBuffer(most)
  const video = new FakeVideo()
  const ended = new AbortController()
  const last: boolean[] = []
  const done = feedPieces({
    video: video as never,
    buffer: buffer as never,
    pieces: { path: '/p/{n}', mime: '', seconds: SECONDS, count: 100, bounds: 'exact' },
    signal: ended.signal,
    onAppended: (is) => last.push(is),
  })
  return { buffer, video, last, done, end: () => ended.abort() }
}

afterEach(() => vi.unstubAllGlobals())

describe('feeding a source buffer', () => {
  test('loads what is played and what follows, and says when the end is there', async () => {
    const { buffer, video, last, done, end } = feed(1000)
    await expect.poll(() => buffer.held).toEqual([0, 1, 2, 3, 4, 5])
    video.seek(99 * SECONDS + 1)
    await expect.poll(() => last.at(-1)).toBe(true)
    // What lies far behind was taken out.
    await expect.poll(() => buffer.held).toEqual([99])
    end()
    await done
  })

  test('a browser that has no more room gets it, and less is loaded from then on', async () => {
    const { buffer, video, done, end } = feed(8)
    await expect.poll(() => buffer.held.length).toBe(6)
    for (const piece of [3, 6, 9, 12, 15]) {
      video.seek(piece * SECONDS)
      await expect.poll(() => buffer.held).toContain(piece)
    }
    expect(buffer.refusals).toBeGreaterThan(0)
    expect(buffer.held.length).toBeLessThanOrEqual(8)
    end()
    await done
  })

  test('a browser that takes not even one piece is the failure that it is', async () => {
    const { done } = feed(0)
    await expect(done).rejects.toThrow('full')
  })

  test('what a browser took out itself is loaded again', async () => {
    const { buffer, video, done, end } = feed(1000)
    await expect.poll(() => buffer.held.length).toBe(6)
    buffer.held = buffer.held.filter((n) => n !== 0)
    video.seek(0.5)
    await expect.poll(() => buffer.held).toContain(0)
    expect(answered().filter((path) => path === '/p/0')).toHaveLength(2)
    end()
    await done
  })
})

describe('loading a piece', () => {
  const reply = (...answers: (Response | Error)[]) =>
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => {
        const next = answers.shift()
        if (next === undefined) throw new TypeError('nobody there')
        if (next instanceof Error) throw next
        return next
      }),
    )
  afterEach(() => vi.useRealTimers())

  test('a recording that vanished is said to be gone, in the words of the host, at once', async () => {
    const error = { code: 'input/not-found', message: 'There is no file any more.' }
    reply(Response.json({ error }, { status: 404 }))
    await expect(loadPiece('/p/1', new AbortController().signal)).rejects.toMatchObject(error)
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  test('a host that is busy or starting anew is asked again, and not for ever', async () => {
    vi.useFakeTimers()
    reply(new Response('', { status: 503 }), new TypeError('reset'), new Response('a'))
    const loaded = loadPiece('/p/1', new AbortController().signal)
    await vi.runAllTimersAsync()
    expect((await loaded).byteLength).toBe(1)

    reply()
    const lost = loadPiece('/p/1', new AbortController().signal).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    expect(await lost).toMatchObject({ code: 'connection/lost' })
    expect(fetch).toHaveBeenCalledTimes(6)
  })

  test('waiting ends when nobody wants it any more', async () => {
    reply(new Response('', { status: 429 }))
    const unwanted = new AbortController()
    const loaded = loadPiece('/p/1', unwanted.signal).catch((error: unknown) => error)
    unwanted.abort()
    expect(await loaded).toBe(unwanted.signal.reason)
  })
})
