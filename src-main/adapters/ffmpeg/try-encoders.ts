import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { isDamagedInput } from './damaged-input.ts'
import type { VideoEncoder } from './encoder-args.ts'
import { FfmpegError } from './ffmpeg-error.ts'

export interface TryEncodersOptions {
  readonly signal?: AbortSignal | undefined
  /** Told at once when one gave up, and which is tried next. */
  readonly onNext?: ((gaveUp: VideoEncoder, next: VideoEncoder) => void) | undefined
  /** Told of one that gave up where another got to the end: what stops all of them is no fault of theirs. */
  readonly onEncoderFailed?: ((encoder: VideoEncoder, error: FfmpegError) => void | Promise<void>) | undefined
}

/**
 * What the first encoder that gets to the end makes. One that gives up on the way (a game took the GPU, a driver was
 * updated) is followed by the next.
 * @throws what the last one threw, or what no other encoder would mend; ClutchcutError `ffmpeg/missing` without any.
 */
export async function tryEncoders<T>(
  encoders: readonly VideoEncoder[],
  make: (encoder: VideoEncoder) => Promise<T>,
  { signal, onNext, onEncoderFailed }: TryEncodersOptions,
): Promise<T> {
  const gaveUp: { encoder: VideoEncoder; error: FfmpegError }[] = []
  for (const [i, encoder] of encoders.entries()) {
    const next = encoders[i + 1]
    try {
      const made = await make(encoder)
      for (const one of gaveUp) await onEncoderFailed?.(one.encoder, one.error)
      return made
    } catch (error) {
      signal?.throwIfAborted()
      if (next === undefined || !isEncoderFailure(error)) throw error
      gaveUp.push({ encoder, error })
      onNext?.(encoder, next)
    }
  }
  throw new ClutchcutError(
    'ffmpeg/missing',
    'This FFmpeg was built without an H.264 encoder that works here. Install a full build of FFmpeg (with x264).',
  )
}

/** Not the disk, not the recording: those would stop the next encoder too. */
function isEncoderFailure(error: unknown): error is FfmpegError {
  if (!(error instanceof FfmpegError)) return false
  return (error.code === 'ffmpeg/failed' || error.code === 'ffmpeg/stalled') && !isDamagedInput(error)
}
