import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Clip, Render } from '../../src-shared/contract/clip.ts'
import type { ClipEdits } from '../../src-shared/contract/edits.ts'
import type { SpokenLine } from '../../src-shared/domain/captions-lines.ts'
import { isOwn } from '../../src-shared/domain/clip-timeline.ts'
import { withSoundWish } from '../../src-shared/domain/sound-wish.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { prepareFolder, removeFile } from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { PipelineStages } from '../jobs/run-pipeline.ts'
import { renderClips } from '../stages/render/render-clips.ts'
import type { RecordedRender, RenderDeps } from '../stages/render/deps.ts'
import { checkClips } from '../stages/render/wish-of-clip.ts'
import { connectFraming } from './connect-framing.ts'
import type { LayoutFinder } from './connect-layout.ts'
import { connectLook } from './connect-look.ts'
import { connectMix } from './connect-mix.ts'
import { connectRenderer, type ConnectRendererOptions } from './connect-renderer.ts'
import { editsOfClip, joinClip, type JoinedClip } from './join-clip.ts'
import type { Analysis } from './measure.ts'

type RenderStage = PipelineStages<Analysis>['render']
type Input = Parameters<RenderStage>[0]
type Context = Parameters<RenderStage>[1]

export interface ConnectRenderOptions extends Omit<ConnectRendererOptions, 'runner' | 'source' | 'look'> {
  readonly library: Library
  readonly layouts: LayoutFinder
  readonly runner: () => Promise<FfmpegRunner>
  readonly sourceOf: (recording: { path: string }) => Promise<SourceFile>
  readonly onFile?: (recordingId: number | null) => void
}

/** What clips are made from: their recording, or one that was joined for one of them. */
interface From {
  readonly source: SourceFile
  readonly joined: JoinedClip | null
  readonly clips: readonly Clip[]
  /** From 1, as their names count them. */
  readonly numbers: readonly number[]
  readonly edits: (clip: Clip) => ClipEdits
  readonly notes: (clip: Clip) => readonly string[]
}

/** The stage that makes files of clips, over the real adapters. */
export function connectRender(options: ConnectRenderOptions): RenderStage {
  return async (input, context) => {
    const { library, platform } = options
    const { recording, media, clips, outputFolder } = input
    const runner = await options.runner()
    const source = await options.sourceOf(recording)
    const look = { cut: input.spec.cut, layout: input.spec.layout, platform: input.spec.platform }
    checkClips(
      { edits: (clip) => editsOfClip(library, clip) },
      { recording, media },
      clips,
      input.spec.renderKinds,
      look,
    )
    await prepareFolder(outputFolder)
    const own = new Map<number, { edits: ClipEdits; note: string | null }>()
    const renders = new Map<number, readonly Render[]>()
    const numbered = clips.map((clip, i) => ({ clip, number: i + 1 }))
    const across = numbered.filter(({ clip }) => editsOfClip(library, clip).parts.some((part) => !isOwn(part)))
    let done = 0
    const progress = (share: number) => (fraction: number) =>
      context.onProgress(Math.min(1, (done + share * fraction) / Math.max(1, clips.length)))
    for (const { clip, number } of across) {
      const output = join(outputFolder, `.clutchcut-${context.job.id}-${randomBytes(6).toString('hex')}.partial.joined`)
      library.tempFiles.record(output, options.owner, context.job.id)
      try {
        const { signal } = context
        const found = await joinClip(clip, {
          ...{ library, platform, runner, output, signal },
          own: { recording, source, media },
        })
        if (found.kind === 'own') {
          own.set(clip.id, found)
          continue
        }
        const { joined } = found
        const from = { source: joined.source, joined, clips: [clip], numbers: [number] }
        const said = { edits: () => joined.edits, notes: () => [joined.note] }
        const [made] = await renderFrom(
          options,
          runner,
          input,
          { ...from, ...said },
          {
            ...context,
            onProgress: progress(1),
          },
        )
        renders.set(clip.id, made ?? [])
        done += 1
      } finally {
        if ((await removeFile(output, { platform })) !== 'unreachable') library.tempFiles.remove(output)
      }
    }
    const rest = numbered.filter(({ clip }) => !renders.has(clip.id))
    if (rest.length > 0) {
      const from: From = {
        ...{ source, joined: null, clips: rest.map(({ clip }) => clip), numbers: rest.map(({ number }) => number) },
        edits: (clip) => own.get(clip.id)?.edits ?? editsOfClip(library, clip),
        notes: (clip) => [own.get(clip.id)?.note].filter((note) => note != null),
      }
      const made = await renderFrom(options, runner, input, from, { ...context, onProgress: progress(rest.length) })
      for (const [i, { clip }] of rest.entries()) renders.set(clip.id, made[i] ?? [])
    }
    return clips.map((clip) => renders.get(clip.id) ?? [])
  }
}

async function renderFrom(
  options: ConnectRenderOptions,
  runner: FfmpegRunner,
  { recording, media, spec, outputFolder }: Input,
  from: From,
  { job, signal, onProgress, checkLease }: Context,
): Promise<readonly (readonly Render[])[]> {
  const { library, platform } = options
  const { source, joined } = from
  const { game } = library.recordings.byFingerprint(recording.fingerprint) ?? { game: null }
  const own = joined?.files.find((file) => file.recording === undefined)?.offset ?? 0
  const shown = joined === null ? from.clips : [joined.clip]
  const look = {
    look: connectLook({
      captions: spec.captions,
      settings: library.settings.get(),
      imported: () => linesOf(library, recording.fingerprint, joined),
      later: own,
    }),
    layout: connectFraming({
      ...{ runner, source },
      // Where its camera is, the recording itself says, of which there is more.
      layouts: { facecamOf: (of, _media, asking) => options.layouts.facecamOf(of, media, asking) },
    }),
    mix: connectMix(runner, source, shown),
  }
  const renderer = connectRenderer({ ...options, runner, source, look })
  const deps: RenderDeps = {
    ...renderer,
    notes: from.notes,
    onFile({ id }) {
      const clip = library.clips.get(id)
      if (clip !== undefined) options.onFile?.(clip.recordingId)
    },
    edits(clip) {
      const edits = from.edits(clip)
      return { ...edits, sound: withSoundWish(edits.sound, spec.sound ?? null, media.audio) }
    },
    ...(joined !== null && { ...inOwnTime(renderer, from.clips[0]!, media, own) }),
  }
  const { renderKinds: kinds, cut, layout, platform: share, nameTemplate } = spec
  const made = await renderClips(
    deps,
    {
      ...{ recording, media: joined?.media ?? media, clips: shown, kinds, cut, layout, platform: share },
      ...{ outputFolder, game, nameTemplate, jobId: job.id, numbers: from.numbers },
    },
    { signal, onProgress, checkLease, platform },
  )
  return joined === null ? made : made.map((renders) => renders.map((render) => moved(render, -own)))
}

/** What is remembered of a clip's files, and written beside them, goes by its own recording's time. */
function inOwnTime(renderer: RenderDeps, clip: Clip, media: Input['media'], own: number): Partial<RenderDeps> {
  const { renders, sidecar } = renderer
  return {
    renders: {
      ...renders,
      list: (clipId) => renders.list(clipId).map((render) => moved(render, own)),
      save: (clipId, render) => renders.save(clipId, moved(render, -own)),
    },
    sidecar: {
      ...sidecar,
      text: ({ recording }, _clip, render) => sidecar.text({ recording, media }, clip, moved(render, -own)),
    },
  }
}

function moved<R extends Render | RecordedRender>(render: R, by: number): R {
  return { ...render, start: render.start + by, end: render.end + by }
}

/** What the library knows to be said in what is rendered. */
function linesOf(library: Library, fingerprint: string, joined: JoinedClip | null): readonly SpokenLine[] {
  const files = joined?.files ?? [{ recording: undefined, offset: 0 }]
  return files.flatMap(({ recording, offset }) => {
    const id = library.recordings.byFingerprint(recording ?? fingerprint)?.id
    const lines = id === undefined ? [] : library.transcripts.list(id)
    return lines.map((line) => ({ ...line, start: line.start + offset, end: line.end + offset }))
  })
}
