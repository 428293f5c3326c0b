import { createHash } from 'node:crypto'
import type { Clip } from '../../src-shared/contract/clip.ts'
import type { ClipEdits, ClipPart } from '../../src-shared/contract/edits.ts'
import { ClutchcutError, toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MediaInfo, VideoStream } from '../../src-shared/contract/media-info.ts'
import type { Montage, MontageKind } from '../../src-shared/contract/montage.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import type { PicturePlan } from '../../src-shared/contract/render-plan.ts'
import { clipLength, clipTimesOf, isOwn } from '../../src-shared/domain/clip-timeline.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../src-shared/domain/time.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import type { CopyableClip } from '../adapters/ffmpeg/montage-picture.ts'
import { probe } from '../adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import { readSmartSource } from '../adapters/ffmpeg/smart-source.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import type { PlannableClip } from '../stages/montage/plan-montage.ts'
import type { RenderDeps, RenderSource } from '../stages/render/deps.ts'
import { checkRenderable, planRender } from '../stages/render/plan-render.ts'
import { wishOfClip } from '../stages/render/wish-of-clip.ts'
import { connectFraming } from './connect-framing.ts'
import type { LayoutFinder } from './connect-layout.ts'
import { connectLook } from './connect-look.ts'
import { connectMix } from './connect-mix.ts'
import { connectRenderer } from './connect-renderer.ts'
import { connectImport } from './connect-import.ts'
import type { ConnectStagesOptions } from './connect-stages.ts'
import { findClip, type FoundClip } from './hand-off.ts'
import { editsOfClip, joinClip } from './join-clip.ts'

/** A recording that clips of a montage are taken from, opened. */
export interface OpenRecording {
  readonly of: RenderSource & { readonly media: { readonly video: VideoStream } }
  readonly file: SourceFile
  readonly renderer: RenderDeps
}

/** A clip as a montage of one shape is made from it. */
export interface MontageClipSource {
  readonly clip: Clip
  readonly opened: OpenRecording
  readonly edits: ClipEdits
  readonly parts: readonly ClipPart[]
  /** As an encode of it alone would be; the montage has a frame and a rate of its own. */
  readonly picture: PicturePlan | null
  readonly copyable: CopyableClip | null
  readonly facts: PlannableClip
  readonly notes: readonly string[]
}

/** What a person is told when a clip is in the way, whatever the reason. */
export function about(clip: Pick<Clip, 'title' | 'id'>, thrown: unknown): ClutchcutError {
  const { code, message, data } = toClutchcutError(thrown)
  if (code === 'job/cancelled' || data['clip'] !== undefined) return toClutchcutError(thrown)
  return new ClutchcutError(code, `“${clip.title}” (clip ${clip.id}): ${message}`, {
    data: { ...data, clip: clip.id },
    cause: thrown,
  })
}

/** Where names for files come from that are needed until the montage is made. */
interface Asking {
  readonly signal: AbortSignal
  readonly temp: () => string
}

/** A clip, what it plays, and what that is taken from: its recording, or a file that was joined for it. */
interface Shown {
  readonly clip: Clip
  readonly edits: ClipEdits
  readonly from: OpenRecording
  readonly notes: readonly string[]
}

/** Opens the recordings of clips, each once, and finds out about clips. */
export function createMontageClips(options: ConnectStagesOptions, runner: FfmpegRunner, { clips }: Montage) {
  const { library, platform } = options
  const found = clips.map(({ clipId }) => findClip(library, clipId))
  const opening = new Map<string, Promise<OpenRecording>>()

  /** `layouts`: where a camera is looked for, which a file that was joined does not say. */
  function openFile(
    { recording, media, file, layouts }: Opened & { readonly layouts: LayoutFinder },
    shown: readonly Clip[],
  ): OpenRecording {
    checkRenderable(media)
    const look = {
      look: connectLook({ captions: null, settings: library.settings.get(), imported: () => [] }),
      layout: connectFraming({ runner, source: file, layouts }),
      mix: connectMix(runner, file, shown),
    }
    const renderer = connectRenderer({ ...options, runner, source: file, look })
    return { of: { recording, media: { ...media, video: media.video! } }, file, renderer }
  }

  async function open({ recording, clip }: FoundClip, signal: AbortSignal): Promise<OpenRecording> {
    const now = await connectImport(options)(recording.path, { signal })
    if (now.fingerprint !== clip.recording) {
      throw new ClutchcutError(
        'input/changed',
        `${recording.path} is not the recording any more that it was found in. "clutchcut library relink" finds that again.`,
        { data: { path: recording.path } },
      )
    }
    const file = await checkSource(now.path, { platform })
    const media = recording.media ?? (await probe(runner, file, { signal }))
    const own = found.filter((one) => one.clip.recording === clip.recording).map((one) => one.clip)
    return openFile({ recording: now, media, file, layouts: options.layouts }, own)
  }

  /** A recording that could not be opened may be there next time. */
  const opened = (one: FoundClip, signal: AbortSignal): Promise<OpenRecording> => {
    const { fingerprint } = one.recording
    const known = opening.get(fingerprint) ?? open(one, signal)
    opening.set(fingerprint, known)
    known.catch(() => opening.delete(fingerprint))
    return known
  }

  /** A clip that goes on in another file is taken from one that holds all of it, as a render of it is. */
  async function showing(one: FoundClip, { signal, temp }: Asking): Promise<Shown> {
    const { clip } = one
    const own = await opened(one, signal)
    const edits = editsOfClip(library, clip)
    if (edits.parts.every(isOwn)) return { clip, edits, from: own, notes: [] }
    const { recording, media } = own.of
    const asked = { library, platform, runner, output: temp(), signal }
    const result = await joinClip(clip, { ...asked, own: { recording, source: own.file, media } })
    if (result.kind === 'own') return { clip, edits: result.edits, from: own, notes: [result.note] }
    const { joined } = result
    const layouts: LayoutFinder = { facecamOf: (of, _media, asking) => options.layouts.facecamOf(of, media, asking) }
    const from = openFile({ recording, media: joined.media, file: joined.source, layouts }, [joined.clip])
    return { clip: joined.clip, edits: joined.edits, from, notes: [joined.note] }
  }

  async function factsOf(one: FoundClip, kind: MontageKind, asking: Asking): Promise<MontageClipSource> {
    const { signal } = asking
    const { clip, edits, from, notes } = await showing(one, asking)
    const { of, file } = from
    const renderer = { ...from.renderer, edits: () => edits }
    const look = { cut: null, layout: 'auto', platform: null } as const
    const { wish, notes: said } = await wishOfClip(renderer, of, clip, kind, look, { signal })
    // Sound is mixed for all clips together.
    const { sound: _sound, ...pictures } = wish
    const planned = planRender(pictures)
    const whole = planRender({ ...pictures, cut: 'encode' })
    const { video } = of.media
    const stream =
      planned.video.action === 'smart' && isPlain(video) && wish.index !== null && isEven(wish.index.frames, video)
        ? await readSmartSource(runner, file, video, { signal })
        : null
    const copyable = stream?.kind === 'ok' && wish.index !== null ? { index: wish.index, stream } : null
    const [first, last] = [copyable?.index.frames[0], copyable?.index.frames.at(-1)]
    const parts = first && last ? [{ start: first.time, end: last.end, speed: 1 }] : whole.parts
    return {
      ...{ clip, opened: from, edits, parts, copyable },
      picture: whole.video.action === 'encode' ? whole.video.picture : null,
      facts: {
        title: clip.title,
        video,
        length: clipLength(parts),
        peak: clipTimesOf(parts, clip.peak)[0] ?? null,
        copy: copyable && { stream: streamKey(video, copyable), frames: copyable.index.frames.length },
      },
      notes: [...notes, ...said].map((note) => `“${clip.title}”: ${note}`),
    }
  }

  return {
    found,
    /** @throws ClutchcutError that names the clip. */
    async of(kind: MontageKind, asking: Asking): Promise<MontageClipSource[]> {
      const facts: MontageClipSource[] = []
      for (const one of found) {
        try {
          facts.push(await factsOf(one, kind, asking))
        } catch (thrown) {
          asking.signal.throwIfAborted()
          throw about(one.clip, thrown)
        }
      }
      return facts
    },
  }
}

interface Opened {
  readonly recording: Recording
  readonly media: MediaInfo
  readonly file: SourceFile
}

/** Pictures that are shown as they are stored, at one rate, in colours that need not be changed. */
function isPlain({ rotation, sampleAspectRatio: { num, den }, variableFrameRate, hdr }: VideoStream): boolean {
  return rotation === 0 && num === den && !variableFrameRate && hdr === 'none'
}

/** Milliseconds in Matroska and FLV are rounded by half of one; more is a picture that was lost. */
const UNEVEN: Ticks = 0.003 * TICKS_PER_SECOND

function isEven(frames: readonly { readonly time: Ticks }[], { fps }: VideoStream): boolean {
  const begin = frames[0]?.time ?? 0
  return frames.every(({ time }, i) => Math.abs(time - begin - (i * TICKS_PER_SECOND * fps.den) / fps.num) <= UNEVEN)
}

/** Equal for streams whose packets may stand in one file: same parameter sets, same colours. */
function streamKey({ codec, pixelFormat, colour }: VideoStream, { stream }: CopyableClip): string {
  const hash = createHash('sha256').update(JSON.stringify([codec, pixelFormat, colour]))
  for (const set of stream.format.parameterSets) hash.update(`${set.length};`).update(set)
  return hash.digest('hex')
}
