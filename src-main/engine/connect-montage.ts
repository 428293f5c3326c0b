import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Montage, MontageKind } from '../../src-shared/contract/montage.ts'
import type { PicturePlan } from '../../src-shared/contract/render-plan.ts'
import { captionFilter, captionFilterName } from '../../src-shared/domain/captions-filter.ts'
import { SHARE_LOUDNESS } from '../../src-shared/domain/sound-mix.ts'
import { spanOfParts } from '../../src-shared/domain/edits/edited-clip.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { checkMusic, findMusic, listenToMusic } from '../adapters/ffmpeg/montage-music.ts'
import { muxMontage } from '../adapters/ffmpeg/montage-mux.ts'
import { makeMontagePicture, PieceFailed, type MontageJob } from '../adapters/ffmpeg/montage-picture.ts'
import { frameTime } from '../adapters/ffmpeg/montage-shot.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { verifyMontage } from '../adapters/ffmpeg/verify-montage.ts'
import { translate } from '../adapters/files/output-error.ts'
import { explainWriting, removeFile } from '../adapters/files/publish-file.ts'
import { makeAss } from '../stages/captions/make-captions.ts'
import { widthOf } from '../stages/captions/measure.ts'
import { cardTexts } from '../stages/montage/card-texts.ts'
import { detectBeats } from '../stages/montage/detect-beats.ts'
import type { MontageDeps } from '../stages/montage/make-montage.ts'
import { BEAT_RATE } from '../stages/montage/onset-curve.ts'
import type { MontagePlan, MusicBeats } from '../stages/montage/plan-montage.ts'
import { connectEncoders } from './connect-encoders.ts'
import { connectOutput } from './connect-output.ts'
import type { ConnectStagesOptions } from './connect-stages.ts'
import { about, createMontageClips, type MontageClipSource } from './montage-clips.ts'
import { makeBeds } from './montage-sound.ts'

/** As music fades at the end. */
const FADE_OUT_SECONDS = 1.5

/** Montages over the real FFmpeg, disk and library. */
export function connectMontage(options: ConnectStagesOptions, runner: FfmpegRunner, montage: Montage): MontageDeps {
  const { library, platform, owner } = options
  const clips = createMontageClips(options, runner, montage)
  const encoders = connectEncoders({ ...options, runner })
  let sources: readonly MontageClipSource[] = []
  let chosen: Promise<SourceFile> | undefined
  const music = async (signal: AbortSignal): Promise<SourceFile | null> => {
    if (montage.music === null) return null
    return (chosen ??= chooseMusic(montage.music.path, signal))
  }
  const chooseMusic = async (path: string, signal: AbortSignal): Promise<SourceFile> => {
    const file = await findMusic(path, choiceOf(montage), { platform, signal })
    await checkMusic(runner, file, { signal })
    return file
  }

  /** The filter that draws a document, which is written into a scratch file. */
  const drawn = async (text: string | null, temp: () => string): Promise<string | null> => {
    if (text === null) return null
    const path = temp()
    await writeFile(path, text).catch(translate(dirname(path)))
    return captionFilter(path, options.fonts, platform)
  }

  async function jobOf(plan: MontagePlan, temp: () => string, signal: AbortSignal): Promise<MontageJob> {
    const { frame, fps, match } = plan
    const filters = await sources[0]?.opened.renderer.media.filters({ signal })
    if (filters?.has(captionFilterName) === false && montage.clips.some(({ card }) => card !== null)) {
      throw new ClutchcutError(
        'ffmpeg/missing',
        'This FFmpeg cannot draw title cards: it was built without libass. Install a full build of FFmpeg, or leave the cards out.',
      )
    }
    const made: MontageJob['clips'][number][] = []
    for (const [i, one] of sources.entries()) {
      const { clip, opened, edits, parts, picture, copyable } = one
      const { fit, copies } = plan.clips[i]!
      const shape = { kind: plan.kind, frame, parts, platform: null, texts: edits.texts }
      const { overlay } = await opened.renderer.look(opened.of, clip, shape, { signal })
      made.push({
        ...{ source: opened.file, media: opened.of.media, parts },
        picture: { ...(picture ?? noPicture), fps, frame, layout: layoutOf(plan.kind, fit, picture), overlay: null },
        overlay: await drawn(overlay?.text ?? null, temp),
        card: await drawn(cardOf(i, plan), temp),
        copy: copies ? copyable : null,
      })
    }
    const like = match === null ? null : sources[match]!
    const encoding = like === null ? await encoders.encoding({ signal }) : {}
    return {
      ...{ clips: made, pieces: plan.timeline.pieces, fps, frame },
      match: like?.copyable ? { video: like.opened.of.media.video, stream: like.copyable.stream } : null,
      encoders: encoding.encoders ?? [],
    }
  }

  function cardOf(index: number, { frame, fps, timeline }: MontagePlan): string | null {
    const card = montage.clips[index]?.card ?? null
    if (card === null) return null
    const length = frameTime(timeline.frames, fps)
    const texts = cardTexts(card, frame, length, widthOf)
    const request = { words: [], parts: [{ start: 0, end: length, speed: 1 }], texts }
    return makeAss(request, { style: library.settings.get().captionStyle, frame, platform: 'none' })
  }

  return {
    async clips(kind, asking) {
      sources = await clips.of(kind, asking)
      return { clips: sources.map(({ facts }) => facts), notes: sources.flatMap(({ notes }) => notes) }
    },

    async beats({ signal }): Promise<MusicBeats | null> {
      const file = await music(signal)
      if (file === null) return null
      const samples = await listenToMusic(runner, file, BEAT_RATE, { signal })
      const beats = detectBeats(samples.samples)
      return beats && { times: beats.times, loop: samples.isWhole ? samples.samples.length / BEAT_RATE : 0 }
    },

    async make(plan, { output, temp }, { signal, onProgress }) {
      const folder = dirname(output)
      const { fps, timeline } = plan
      try {
        const file = await music(signal)
        const job = await jobOf(plan, temp, signal)
        const picture = temp()
        const made = await makeMontagePicture(runner, job, picture, {
          signal,
          onProgress: (fraction) => onProgress(0.7 * fraction),
          onEncoderFailed: (await encoders.encoding({ signal })).onEncoderFailed,
        })
        const release = async (path: string): Promise<void> => void (await removeFile(path, { platform }))
        const bed = montage.music !== null && file !== null ? { wish: montage.music, file } : null
        const { beds, notes } = await makeBeds({ runner, plan, clips: sources, music: bed, temp, release }, { signal })
        onProgress(0.8)
        const length = frameTime(timeline.frames, fps)
        const chapters = !montage.chapters
          ? []
          : timeline.chapters.map(({ at, title }, i) => ({
              start: frameTime(at, fps),
              end: frameTime(timeline.chapters[i + 1]?.at ?? timeline.frames, fps),
              title,
            }))
        const said = await muxMontage(
          runner,
          {
            ...{ picture, beds, length, chapters, title: montage.title },
            fadeOut: bed === null ? 0 : Math.min(ticksFromSeconds(FADE_OUT_SECONDS), Math.floor(length / 2)),
            loudness: { ...SHARE_LOUDNESS },
          },
          { output, scratch: temp() },
          { signal, onProgress: (fraction) => onProgress(0.8 + 0.15 * fraction) },
        )
        const facts = {
          ...{ fps, frames: timeline.frames, hasSound: beds.length > 0, copied: made.copied },
          joins: timeline.pieces.slice(1).map(({ at }) => at),
        }
        const problems = await verifyMontage(runner, output, facts, { signal })
        await checkSources()
        onProgress(1)
        const copiedFrames = made.copied.reduce((sum, { hashes }) => sum + hashes.length, 0)
        return { problems, notes: [...made.notes, ...notes, ...said], copiedFrames }
      } catch (thrown) {
        signal.throwIfAborted()
        await checkSources()
        if (thrown instanceof PieceFailed) throw await explained(thrown, signal)
        return explainWriting(folder, signal)(thrown)
      }
    },

    ...connectOutput({ library, platform, owner }),
  }

  /** The job looks after the recording of the first clip only. @throws ClutchcutError that names the clip. */
  async function checkSources(): Promise<void> {
    for (const { clip, opened } of sources) {
      const { path, size, mtimeMs } = opened.of.recording
      const now = await options.files.statIfThere(path)
      if (now?.size === size && now.mtimeMs === mtimeMs) continue
      throw about(
        clip,
        now === null
          ? new ClutchcutError('input/not-found', `Its recording has gone meanwhile: ${path}`)
          : new ClutchcutError(
              'input/changed',
              `Its recording changed meanwhile: ${path}. Try again when it is finished.`,
            ),
      )
    }
  }

  /** Which clip could not be shown, and what is wrong with its recording. */
  async function explained({ piece, message }: PieceFailed, signal: AbortSignal): Promise<ClutchcutError> {
    for (const shot of [piece.shot, ...(piece.into === null ? [] : [piece.into])]) {
      const { clip, opened, parts } = sources[shot.clip]!
      const damage = await opened.renderer.media.damage(opened.of, spanOfParts(parts), { index: null, signal })
      if (damage !== null) return about(clip, new ClutchcutError('input/not-media', damage))
    }
    const { clip } = sources[piece.shot.clip]!
    return about(
      clip,
      new ClutchcutError(
        'ffmpeg/failed',
        `It cannot be put into the montage (${message}). Leave it out, or render it alone first.`,
      ),
    )
  }
}

const noPicture: PicturePlan = { toneMap: null, fps: null, frame: null, layout: null, zoom: [], overlay: null }

function layoutOf(kind: MontageKind, fit: MontagePlan['clips'][number]['fit'], picture: PicturePlan | null) {
  if (kind !== 'landscape') return picture?.layout ?? { kind: 'blur' as const }
  return fit === 'blur' ? { kind: 'blur' as const } : null
}

/** Another montage gets other music of a folder; the same one always the same. */
function choiceOf({ clips, title }: Montage): number {
  const hash = createHash('sha256').update(JSON.stringify([title, clips.map(({ clipId }) => clipId)]))
  return hash.digest().readUInt32BE(0)
}
