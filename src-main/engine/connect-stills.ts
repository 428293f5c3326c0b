import { join } from 'node:path'
import type { z } from 'zod'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import {
  filmstripSchema,
  thumbnailSchema,
  type Filmstrip,
  type FilmstripRequest,
  type Thumbnail,
  type ThumbnailRequest,
} from '../../src-shared/contract/stills.ts'
import { PICTURE_BYTES, PICTURE_HEIGHT, PICTURE_WIDTH } from '../../src-shared/domain/signal.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { decodeExtraFrames } from '../adapters/ffmpeg/decode-extra-frames.ts'
import { encodeJpeg, fit, grabJpeg } from '../adapters/ffmpeg/make-jpeg.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { createStillCache } from '../adapters/stills/still-cache.ts'
import type { ApiDeps } from '../api/deps.ts'
import { assertSourceUnchanged } from '../jobs/source-unchanged.ts'
import { ANALYSE_VERSION } from '../stages/analyse/analyse.ts'
import { toI420 } from '../stages/analyse/i420.ts'
import { chooseFrame, type Moment } from '../stages/stills/choose-frame.ts'
import { makeFilmstrip } from '../stages/stills/make-filmstrip.ts'
import { readWaveform } from '../stages/stills/read-waveform.ts'
import { createTurns } from '../stages/stills/turns.ts'
import { recordingOf, withFeatures } from './open-recording.ts'
import type { RecordingFiles } from './recording-files.ts'

export interface ConnectStillsOptions {
  library: Library
  files: Pick<RecordingFiles, 'stat'>
  platform: NodeJS.Platform
  runner: () => Promise<FfmpegRunner>
  log: (warning: string) => void
}

/** Some 4,000 thumbnails. */
export const STILLS_BYTES = 256 * 1024 * 1024
/** The pictures of one screen are asked for at once; more processes at a time would not make them come sooner. */
const atATime = 2
/** A frame that takes longer lies minutes behind its keyframe. */
const grabLimitMs = 30_000
/** Grows with every change that makes the pictures differ. */
const version = 2

const thumbnailFacts = thumbnailSchema.omit({ jpeg: true })
const filmstripFacts = filmstripSchema.omit({ jpeg: true })

/** Pictures and waveforms for people to look at, made of what an analysis kept, when somebody asks. */
export function connectStills(options: ConnectStillsOptions): ApiDeps['stills'] & { close(): Promise<void> } {
  const { library, platform } = options
  const cache = createStillCache({
    folder: join(library.folder.root, 'stills'),
    maxBytes: STILLS_BYTES,
    onProblem: (problem) => options.log(`A picture was not kept. ${String(problem)}`),
  })
  const turns = createTurns(atATime)
  const closed = new AbortController()
  const running = new Set<Promise<unknown>>()

  /** In turn, cancellable. */
  function inTurn<T>(task: (signal: AbortSignal) => Promise<T>, asked: AbortSignal | undefined): Promise<T> {
    const signal = asked === undefined ? closed.signal : AbortSignal.any([asked, closed.signal])
    return remembered(turns.run(() => task(signal), signal))
  }

  /** It is over before the engine is. */
  function remembered<T>(done: Promise<T>): Promise<T> {
    const settled = done.then(
      () => undefined,
      () => undefined,
    )
    running.add(settled)
    void settled.then(() => running.delete(settled))
    return done
  }

  /** From the cache, or made and put there. */
  async function cached<F extends object>(
    key: readonly unknown[],
    facts: z.ZodType<F>,
    make: () => Promise<{ facts: F; bytes: Buffer }>,
  ): Promise<F & { jpeg: string }> {
    const name = JSON.stringify([version, ...key])
    const kept = await cache.get(name)
    const known = facts.safeParse(kept?.facts)
    const found = kept !== null && known.success ? { facts: known.data, bytes: Buffer.from(kept.bytes) } : await make()
    if (!known.success) await cache.put(name, found)
    return { ...found.facts, jpeg: found.bytes.toString('base64') }
  }

  function momentOf(request: ThumbnailRequest): { recording: RecordingSummary; moment: Moment } {
    if ('recordingId' in request) return { recording: recordingOf(library, request.recordingId), moment: request }
    const clip = library.clips.get(request.clipId)
    const recording = clip && library.recordings.byFingerprint(clip.recording)
    if (clip !== undefined && recording !== undefined) return { recording, moment: clip }
    const data = { id: request.clipId }
    throw new ClutchcutError('library/not-found', `There is no clip ${request.clipId} in the library.`, { data })
  }

  function withVideo({ media }: RecordingSummary): MediaInfo & { video: NonNullable<MediaInfo['video']> } {
    if (media?.video) return { ...media, video: media.video }
    throw new ClutchcutError('input/no-streams', 'The recording has no picture, so there is nothing to show.')
  }

  async function makeThumbnail(
    recording: RecordingSummary,
    moment: Moment,
    side: number,
    signal: AbortSignal,
  ): Promise<{ facts: z.infer<typeof thumbnailFacts>; bytes: Buffer }> {
    const media = withVideo(recording)
    const source = await checkSource(recording.path, { platform })
    await assertSourceUnchanged(recording, options.files.stat)
    const runner = await options.runner()
    const i420 = new Uint8Array(PICTURE_BYTES)
    const chosen = await withFeatures(library, recording, (features) =>
      chooseFrame(
        {
          pictures: { times: features.pictureTimes, read: features.readPictures },
          cuts: features.cuts,
          decode: (range, onFrame, context) =>
            decodeExtraFrames(
              ...[runner, source, media, range],
              (time, rgb) => {
                toI420(rgb, i420)
                onFrame(time, i420)
              },
              context,
            ),
        },
        moment,
        { signal },
      ),
    )
    // Nothing but black: the peak is as good as any.
    const time = chosen?.time ?? moment.peak
    const limited = { signal: AbortSignal.any([signal, AbortSignal.timeout(grabLimitMs)]) }
    const { jpeg, size } = await grabJpeg(runner, source, media, time, { width: side, height: side }, limited)
    return { facts: { ...size, time }, bytes: jpeg }
  }

  async function makeStrip(
    recording: RecordingSummary,
    request: FilmstripRequest,
    signal: AbortSignal,
  ): Promise<{ facts: z.infer<typeof filmstripFacts>; bytes: Buffer }> {
    const { video } = withVideo(recording)
    const strip = await withFeatures(library, recording, (features) =>
      makeFilmstrip({ times: features.pictureTimes, read: features.readPictures }, request, { signal }),
    )
    if (strip === null) {
      throw new ClutchcutError('input/no-streams', 'No picture of the recording could be read.')
    }
    const { i420, columns, rows, times } = strip
    // Kept pictures are 16:9 whatever the recording is.
    const tile = fit(
      { width: video.width * 100, height: video.height * 100 },
      { width: PICTURE_WIDTH, height: PICTURE_HEIGHT },
    )
    const sheet = { width: columns * PICTURE_WIDTH, height: rows * PICTURE_HEIGHT }
    const scaled = { width: columns * tile.width, height: rows * tile.height }
    const bytes = await encodeJpeg(await options.runner(), i420, sheet, scaled, { signal })
    return { facts: { columns, rows, tile, times }, bytes }
  }

  return {
    thumbnail(request, asked): Promise<Thumbnail> {
      const { recording, moment } = momentOf(request)
      const { start, end, peak } = moment
      const key = ['thumbnail', recording.fingerprint, start, end, peak, request.side]
      return inTurn(
        (signal) => cached(key, thumbnailFacts, () => makeThumbnail(recording, moment, request.side, signal)),
        asked,
      )
    },

    filmstrip(request, asked): Promise<Filmstrip> {
      const recording = recordingOf(library, request.recordingId)
      const { from, to, count, columns } = request
      const key = ['filmstrip', recording.fingerprint, ANALYSE_VERSION, from, to, count, columns]
      return inTurn((signal) => cached(key, filmstripFacts, () => makeStrip(recording, request, signal)), asked)
    },

    // Takes milliseconds, and need not wait for pictures.
    async waveform(request, asked) {
      asked?.throwIfAborted()
      const reading = withFeatures(library, recordingOf(library, request.recordingId), (features) =>
        readWaveform(features, request),
      )
      const { low, high } = await remembered(reading)
      return { low: Array.from(low), high: Array.from(high) }
    },

    async close() {
      closed.abort(new ClutchcutError('job/cancelled', 'Cancelled.'))
      await Promise.all(running)
    },
  }
}
