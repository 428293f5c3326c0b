import type { Pieces } from '../../src-shared/contract/playback.ts'
import { farPieces, nextPiece, type Stretch } from './pieces-wanted.ts'

interface Feed {
  readonly video: HTMLVideoElement
  readonly buffer: SourceBuffer
  readonly pieces: Pieces
  readonly signal: AbortSignal
}

/** Seconds that are loaded ahead of where playing is, */
const AHEAD = 20
/** and pieces that are kept to either side. */
const KEEP = 12
/** Times that a piece is asked for before giving in. */
const ATTEMPTS = 3

/**
 * Keeps one source buffer filled around where playing is, until `signal` aborts. Rejects when a piece cannot be had.
 */
export async function feedPieces({ video, buffer, pieces, signal }: Feed): Promise<void> {
  const have = new Set<number>()
  const { seconds, count, bounds } = pieces
  while (!signal.aborted) {
    const at = Math.floor(video.currentTime / seconds)
    const query = { time: video.currentTime, seconds, count, bounds, have, buffered: stretches(buffer), ahead: AHEAD }
    const next = nextPiece(query)
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
      const bytes = await load(pieces.path.replace('{n}', String(next)), AbortSignal.any([signal, jump.signal]))
      for (const far of farPieces(have, at, KEEP)) {
        await remove(buffer, far * seconds, (far + 1) * seconds)
        have.delete(far)
      }
      await append(buffer, bytes)
      have.add(next)
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

async function load(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(path, { signal })
    if (answer.ok) return answer.arrayBuffer()
    // The host makes few pieces at a time, and says so.
    if (attempt === ATTEMPTS || (answer.status !== 503 && answer.status !== 429)) {
      throw new Error(`${path} answered ${answer.status}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 400 * attempt))
  }
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
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, 2000)
    video.addEventListener('seeking', done)
    video.addEventListener('timeupdate', done)
    signal.addEventListener('abort', done)
  })
}
