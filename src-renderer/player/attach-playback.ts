import type { Playback } from '../../src-shared/contract/playback.ts'
import { feedPieces } from './feed-pieces.ts'

export interface Attached {
  /** Media time = recording time + this, in seconds. */
  readonly offset: number
  detach(): void
}

/** Gives a video element what a recording is played from. `onError` is called when no more comes. */
export function attachPlayback(
  video: HTMLVideoElement,
  playback: Playback,
  onError: (error: unknown) => void,
): Attached {
  if (playback.kind === 'direct') {
    video.src = playback.path
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
        for (const pieces of [playback.video, playback.audio]) {
          if (pieces === null) continue
          const buffer = source.addSourceBuffer(pieces.mime)
          buffer.timestampOffset = playback.timestampOffsetSeconds
          feedPieces({ video, buffer, pieces, signal: ended.signal }).catch(onError)
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
      clear(video)
    },
  }
}

function clear(video: HTMLVideoElement): void {
  video.removeAttribute('src')
  video.load()
}
