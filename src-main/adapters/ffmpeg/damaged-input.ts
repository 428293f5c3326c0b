import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { FfmpegError } from './ffmpeg-error.ts'

/** FFmpeg's words for data that a decoder, or the filters behind it, could make nothing of. */
const decoding = /Error while (decoding|processing the decoded data)|Error (marking|reinitializing) filters/

/** Whether FFmpeg gave up because of what it read, and not because of us, the disk or the machine. */
export function isDamagedInput(error: unknown): error is FfmpegError {
  if (!(error instanceof FfmpegError) || error.code !== 'ffmpeg/failed') return false
  return error.failure.exitCode !== null && decoding.test(error.failure.stderr.join('\n'))
}

/**
 * The recording without the sound tracks that a failed run complained of (all of them, where it named none): one whose
 * sound is damaged has a picture all the same. Null when there is nothing to leave out, or nothing would be left. Pure.
 */
export function withoutDamagedSound(media: MediaInfo, { failure }: FfmpegError): MediaInfo | null {
  const named = new Set(
    failure.stderr.flatMap((line) => {
      const stream = /^Error while .* stream #0:(\d+)/.exec(line)?.[1]
      return stream === undefined ? [] : [Number(stream)]
    }),
  )
  const healthy = media.audio.filter((track) => !named.has(track.streamIndex))
  const audio = healthy.length < media.audio.length ? healthy : []
  return media.audio.length === 0 || (media.video === null && audio.length === 0) ? null : { ...media, audio }
}

/** What a person is told of a recording that cannot be decoded; any other error stays what it is. */
export function explainDamage(error: unknown, what: string): unknown {
  if (!isDamagedInput(error)) return error
  return new ClutchcutError('input/not-media', `${what} is so damaged that it cannot be decoded.`, {
    data: error.data,
    cause: error,
  })
}
