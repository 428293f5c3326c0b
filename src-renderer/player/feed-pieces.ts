import type { Pieces } from '../../src-shared/contract/playback.ts'
import { loadPiece } from './load-piece.ts'
import { evictedPieces, farPieces, holds, nextPiece, type Stretch } from './pieces-wanted.ts'

interface Feed {
  readonly video: HTMLVideoElement
  readonly buffer: SourceBuffer
  readonly pieces: Pieces
  readonly signal: AbortSignal
  /** Seconds that are of use ahead of where playing is: of those who wait their turn, few. */
  readonly wanted?: () => number
  /** Called after each piece; `last`: the recording's end is in the buffer. */
  readonly onAppended?: (last: boolean) => void
}

/** Seconds that are loaded ahead of where playing is, */
const AHEAD = 20
/** and pieces that are kept to either side. Both shrink where the browser has no room for so much. */
const KEEP = 12

/**
 * Keeps one source buffer filled around where playing is, until `signal` aborts. Rejects when a piece cannot be had.
 */
export async function feedPieces({ video, buffer, pieces, signal, wanted, onAppended }: Feed): Promise<void> {
  /** Pieces that were appended, and whether their middle was in the buffer then. */
  const have = new Map<number, boolean>()
  const { seconds, count, bounds } = pieces
  let room = { ahead: AHEAD, keep: KEEP }

  async function forget(far: readonly number[]): Promise<void> {
    for (const n of far) {
      await remove(buffer, n * seconds, (n + 1) * seconds)
      have.delete(n)
    }
  }

  /** Makes room until the piece fits; with nothing left to take out, the browser's refusal stands. */
  async function fit(bytes: ArrayBuffer): Promise<void> {
    for (;;) {
      try {
        return await append(buffer, bytes)
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'QuotaExceededError') throw error
        if (room.keep === 0) throw error
        room = { ahead: Math.max(seconds, room.ahead / 2), keep: Math.floor(room.keep / 2) }
        await forget(farPieces(have, Math.floor(video.currentTime / seconds), room.keep))
      }
    }
  }

  while (!signal.aborted) {
    for (const n of evictedPieces(have, stretches(buffer), seconds)) have.delete(n)
    const query = { time: video.currentTime, seconds, count, bounds, have, buffered: stretches(buffer) }
    const next = nextPiece({ ...query, ahead: Math.min(room.ahead, wanted?.() ?? AHEAD) })
    if (next === null) {
      await moved(video, signal)
      continue
    }
    // A jump elsewhere makes what is on its way useless.
    const jump = new AbortController()
    const onSeek = (): void => {
      if (Math.abs(Math.floor(video.currentTime / seconds) - next) > 3) jump.abort()
    }
    video.addEventListener('seeking', onSeek)
    try {
      const bytes = await loadPiece(pieces.path.replace('{n}', String(next)), AbortSignal.any([signal, jump.signal]))
      await forget(farPieces(have, Math.floor(video.currentTime / seconds), room.keep))
      await fit(bytes)
      have.set(next, holds(stretches(buffer), (next + 0.5) * seconds))
      onAppended?.(have.has(count - 1))
    } catch (error) {
      if (signal.aborted) return
      if (!jump.signal.aborted) throw error
    } finally {
      video.removeEventListener('seeking', onSeek)
    }
  }
}

function stretches({ buffered }: SourceBuffer): Stretch[] {
  return Array.from({ length: buffered.length }, (_, i) => ({ from: buffered.start(i), to: buffered.end(i) }))
}

function append(buffer: SourceBuffer, bytes: ArrayBuffer): Promise<void> {
  return settled(buffer, () => buffer.appendBuffer(bytes))
}

function remove(buffer: SourceBuffer, from: number, to: number): Promise<void> {
  return settled(buffer, () => buffer.remove(from, to))
}

function settled(buffer: SourceBuffer, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => (): void => {
      buffer.removeEventListener('updateend', done)
      buffer.removeEventListener('error', failed)
      settle()
    }
    const done = end(resolve)
    const failed = end(() => reject(new Error('The browser does not take a piece of the recording.')))
    buffer.addEventListener('updateend', done)
    buffer.addEventListener('error', failed)
    try {
      begin()
    } catch (error) {
      end(() => reject(error instanceof Error ? error : new Error(String(error))))()
    }
  })
}

/** Until playing is elsewhere, or a little while went by. */
function moved(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      video.removeEventListener('seeking', done)
      video.removeEventListener('timeupdate', done)
      video.removeEventListener('play', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, 2000)
    video.addEventListener('seeking', done)
    video.addEventListener('timeupdate', done)
    video.addEventListener('play', done)
    signal.addEventListener('abort', done)
  })
}
