import type { Playback } from '../../src-shared/contract/playback.ts'
import { feedPieces } from './feed-pieces.ts'
import { mediaUrl } from './media-url.ts'

export interface Attached {
  /** Media time = recording time + this, in seconds. */
  readonly offset: number
  detach(): void
}

/**
 * Gives a video element what a recording is played from. `wanted`: how many seconds ahead are of use. `onError` is
 * called when no more comes.
 */
export function attachPlayback(
  video: HTMLVideoElement,
  playback: Playback,
  wanted: () => number,
  onError: (error: unknown) => void,
): Attached {
  if (playback.kind === 'direct') {
    video.src = mediaUrl(playback.path)
    return { offset: playback.offsetSeconds, detach: () => clear(video) }
  }
  const source = new MediaSource()
  const url = URL.createObjectURL(source)
  const ended = new AbortController()
  source.addEventListener(
    'sourceopen',
    () => {
      URL.revokeObjectURL(url)
      try {
        source.duration = playback.durationSeconds
        const tracks = [playback.video, playback.audio].filter((pieces) => pieces !== null)
        // Both before the first piece: Chromium takes none later.
        const buffers = tracks.map((pieces) => {
          const buffer = source.addSourceBuffer(pieces.mime)
          buffer.timestampOffset = playback.timestampOffsetSeconds
          return buffer
        })
        const complete = new Set<number>()
        for (const [i, pieces] of tracks.entries()) {
          const buffer = buffers[i]
          if (buffer === undefined) continue
          const onAppended = (last: boolean): void => {
            if (last) complete.add(i)
            else complete.delete(i)
            const resting = source.readyState === 'open' && buffers.every(({ updating }) => !updating)
            // Else playing would wait at the end for what never comes.
            if (complete.size === tracks.length && resting) source.endOfStream()
          }
          feedPieces({ video, buffer, pieces, signal: ended.signal, wanted, onAppended }).catch(onError)
        }
      } catch (error) {
        onError(error)
      }
    },
    { once: true },
  )
  video.src = url
  return {
    offset: 0,
    detach() {
      ended.abort()
      // Where it was never opened.
      URL.revokeObjectURL(url)
      clear(video)
    },
  }
}

function clear(video: HTMLVideoElement): void {
  video.removeAttribute('src')
  video.load()
}
