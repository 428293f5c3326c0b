import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MediaInfo, VideoStream } from '../../src-shared/contract/media-info.ts'
import type { Pieces, Playback, PlaybackRequest } from '../../src-shared/contract/playback.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import { planPlayback } from '../../src-shared/domain/playback.ts'
import { secondsFromTicks, ticksFromSeconds, TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { chooseEncoders, encoderFailed } from '../adapters/ffmpeg/choose-encoder.ts'
import type { VideoEncoder } from '../adapters/ffmpeg/encoder-args.ts'
import { listEncoders } from '../adapters/ffmpeg/list-encoders.ts'
import {
  AUDIO_RATE,
  audioProxyArgs,
  copyProxyArgs,
  encodeProxyArgs,
  PROXY_LEAD_SECONDS,
  VIDEO_TIMESCALE,
} from '../adapters/ffmpeg/proxy-args.ts'
import { runProxy } from '../adapters/ffmpeg/proxy-run.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { tryEncoders } from '../adapters/ffmpeg/try-encoders.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { systemClock } from '../jobs/clock.ts'
import type { PieceTrack } from '../stages/playback/pieces.ts'

export interface ConnectProxyOptions {
  readonly library: Library
  readonly platform: NodeJS.Platform
  readonly machine: () => Promise<string>
  readonly runner: () => Promise<FfmpegRunner>
  readonly log: (warning: string) => void
}

/** A recording as it is now, checked. */
export interface Playable {
  readonly recording: RecordingSummary
  readonly source: SourceFile
  readonly media: MediaInfo
}

/** Grows with every change that makes the pieces differ. */
const version = 1
/** Seconds of a piece, and how many are made at one go. Sound is small, and quick. */
const copied = { seconds: 6, ahead: 1 }
const encoded = { seconds: 4, ahead: 4 }
const sound = { seconds: 10, ahead: 3 }

/** How recordings are played, and the pieces of those that a browser cannot play. */
export function connectProxy(options: ConnectProxyOptions): {
  playback(playable: Playable, request: PlaybackRequest): Playback
  video(playable: Playable, encodeAll: boolean): PieceTrack
  sound(playable: Playable, track: number): PieceTrack
} {
  const { library, platform, machine } = options

  let known: readonly VideoEncoder[] | undefined

  /** The encoders that work here, best first. */
  async function encoders(runner: FfmpegRunner, signal: AbortSignal): Promise<readonly VideoEncoder[]> {
    if (known !== undefined) return known
    const names = (): Promise<string[]> => listEncoders(runner, { signal }).then((list) => list.map(({ name }) => name))
    const found = await chooseEncoders(
      { runner, platform, machine, encoders: names, verdicts: library.deviceVerdicts, clock: systemClock },
      { signal },
    )
    if (found.length > 0) return (known = found)
    throw new ClutchcutError(
      'input/unsupported',
      'This FFmpeg has no H.264 encoder, which playing this recording needs.',
    )
  }

  function encodeTrack({ recording, source, media }: Playable, total: number): PieceTrack {
    const { seconds, ahead } = encoded
    return {
      key: JSON.stringify([version, 'encode', recording.fingerprint]),
      ...{ total, ahead, keep: true },
      async run(first, count, onPiece, signal) {
        const runner = await options.runner()
        const span = { start: ticksFromSeconds(first * seconds), end: ticksFromSeconds((first + count) * seconds) }
        const timed = { ...span, piece: ticksFromSeconds(seconds) }
        let next = first
        const run = { first, count, total, seconds, timescale: VIDEO_TIMESCALE, exact: true }
        const encode = (name: VideoEncoder): Promise<void> =>
          runProxy(
            runner,
            encodeProxyArgs(source, media, timed, name, runner.tools.version),
            run,
            (n, bytes) => {
              // What another encoder handed over before it gave up is not told again.
              if (n < next) return
              next = n + 1
              onPiece(n, bytes)
            },
            { signal },
          )
        await tryEncoders(await encoders(runner, signal), encode, {
          signal,
          async onEncoderFailed(name, { message }) {
            known = undefined
            options.log(`The encoder ${name} gave up in the middle of a proxy. ${message}`)
            await encoderFailed({ runner, machine, verdicts: library.deviceVerdicts, clock: systemClock }, name)
          },
        })
      },
    }
  }

  function copyTrack({ recording, source, media }: Playable, total: number): PieceTrack {
    const { seconds, ahead } = copied
    return {
      key: JSON.stringify([version, 'copy', recording.fingerprint]),
      ...{ total, ahead, keep: false },
      async run(first, count, onPiece, signal) {
        const argv = copyProxyArgs(source, media, { start: ticksFromSeconds(first * seconds) })
        const run = { first, count, total, seconds, timescale: VIDEO_TIMESCALE, exact: false }
        await runProxy(await options.runner(), argv, run, onPiece, { signal })
      },
    }
  }

  function soundTrack({ recording, source, media }: Playable, track: number, total: number): PieceTrack {
    const { seconds, ahead } = sound
    return {
      key: JSON.stringify([version, 'sound', track, recording.fingerprint]),
      ...{ total, ahead, keep: true },
      async run(first, count, onPiece, signal) {
        const span = { start: ticksFromSeconds(first * seconds), end: ticksFromSeconds((first + count) * seconds) }
        const argv = audioProxyArgs(source, media, track, { ...span, piece: ticksFromSeconds(seconds) })
        const run = { first, count, total, seconds, timescale: AUDIO_RATE, exact: true }
        await runProxy(await options.runner(), argv, run, onPiece, { signal })
      },
    }
  }

  const planOf = ({ media }: Playable, encodeAll: boolean): 'copy' | 'encode' | null => {
    const plan = planPlayback(media, { audioTrack: null, encodeAll })
    if (media.video === null) return null
    // Of a recording that plays as it is, another audio track may have been asked for.
    return plan.kind === 'proxy' ? plan.video : 'copy'
  }

  return {
    playback(playable, { id, audioTrack, encodeAll }) {
      const { media } = playable
      if (audioTrack !== null && audioTrack >= Math.max(1, media.audio.length)) {
        throw new ClutchcutError('usage', `The recording has ${media.audio.length} audio tracks.`)
      }
      const plan = planPlayback(media, { audioTrack, encodeAll })
      if (plan.kind === 'direct') {
        const { durationSeconds: measured } = playable.recording
        const durationSeconds = media.duration === null ? measured : secondsFromTicks(media.duration)
        const offsetSeconds = secondsFromTicks(media.origin)
        return { kind: 'direct', path: `/media/recording/${id}`, durationSeconds, offsetSeconds }
      }
      const length = secondsOf(playable)
      const video =
        plan.video === null || media.video === null ? null : videoPieces(id, plan.video, media.video, encodeAll, length)
      return {
        kind: 'proxy',
        why: [...plan.why],
        durationSeconds: length,
        timestampOffsetSeconds: -PROXY_LEAD_SECONDS,
        video,
        audio: plan.audio === null ? null : soundPieces(id, plan.audio, length),
      }
    },

    video(playable, encodeAll) {
      const how = planOf(playable, encodeAll)
      if (how === null) throw new ClutchcutError('input/no-streams', 'The recording has no picture.')
      return how === 'copy'
        ? copyTrack(playable, pieceCount(secondsOf(playable), copied.seconds))
        : encodeTrack(playable, pieceCount(secondsOf(playable), encoded.seconds))
    },

    sound(playable, track) {
      if (!playable.media.audio.some(({ index }) => index === track)) {
        throw new ClutchcutError('input/no-streams', 'The recording has no such audio track.')
      }
      return soundTrack(playable, track, pieceCount(secondsOf(playable), sound.seconds))
    },
  }
}

function videoPieces(
  id: number,
  how: 'copy' | 'encode',
  video: VideoStream,
  encodeAll: boolean,
  length: number,
): Pieces {
  const { seconds } = how === 'copy' ? copied : encoded
  return {
    path: `/media/video/${id}/{n}${encodeAll ? '?encode=1' : ''}`,
    mime: `video/mp4; codecs="${how === 'copy' ? codecString(video) : h264}"`,
    seconds,
    count: pieceCount(length, seconds),
    bounds: how === 'copy' ? 'keyframes' : 'exact',
  }
}

function soundPieces(id: number, track: number, length: number): Pieces {
  const count = pieceCount(length, sound.seconds)
  const mime = 'audio/mp4; codecs="flac"'
  return { path: `/media/sound/${id}/${track}/{n}`, mime, seconds: sound.seconds, count, bounds: 'exact' }
}

/** High profile, level 5.1: what a browser asks is whether it has the decoder. */
const h264 = 'avc1.640033'

function codecString({ codec, bitDepth }: VideoStream): string {
  const depth = bitDepth === 8 ? '08' : '10'
  if (codec === 'av1') return `av01.0.13M.${depth}`
  if (codec === 'vp9') return `vp09.${bitDepth === 8 ? '00' : '02'}.51.${depth}`
  return h264
}

function pieceCount(length: number, seconds: number): number {
  return Math.max(1, Math.ceil(length / seconds))
}

function secondsOf({ recording, media }: Playable): number {
  const length = media.duration === null ? recording.durationSeconds : media.duration / TICKS_PER_SECOND
  if (length !== null && length > 0) return length
  throw new ClutchcutError('features/unusable', 'How long this recording is, nobody knows yet. Analyse it first.')
}
