import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import { ownPartsOnly, uneditedClip } from '../../src-shared/domain/edits/edited-clip.ts'
import { sidecarPath, sidecarText } from '../../src-shared/domain/sidecar.ts'
import { cutClip, type CutClipResult, type EncodeOptions } from '../adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../adapters/ffmpeg/cut-index.ts'
import { keyframeBefore } from '../adapters/ffmpeg/keyframes-near.ts'
import { findDamage } from '../adapters/ffmpeg/find-damage.ts'
import { encodesAtOnce, rendersAtOnce } from '../adapters/ffmpeg/renders-at-once.ts'
import { listFilters } from '../adapters/ffmpeg/list-filters.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import { edgeCodecs } from '../adapters/ffmpeg/smart-edge.ts'
import { readSmartSource, type SmartSource, type SmartVideo } from '../adapters/ffmpeg/smart-source.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { verifyMade } from '../adapters/ffmpeg/verify-made.ts'
import { explainWriting } from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { RenderDeps } from '../stages/render/deps.ts'
import { connectEncoders } from './connect-encoders.ts'
import { connectOutput } from './connect-output.ts'
import { createTurns } from '../stages/stills/turns.ts'

export interface ConnectRendererOptions {
  library: Library
  platform: NodeJS.Platform
  /** Changes when a graphics driver does. */
  machine: () => Promise<string>
  log: (warning: string) => void
  owner: ProcessIdentity
  runner: FfmpegRunner
  source: SourceFile
  /** Where the fonts of captions lie. */
  fonts: string
  /** What is drawn onto clips, how they are framed, and what is heard of them. */
  look: Pick<RenderDeps, 'look' | 'layout' | 'mix'>
}

/** Rendering over the real FFmpeg, disk and library. */
export function connectRenderer({
  library,
  platform,
  machine,
  log,
  owner,
  runner,
  source,
  fonts,
  look,
}: ConnectRendererOptions): RenderDeps {
  const { builtIn, encoding } = connectEncoders({ library, platform, machine, log, runner })
  let filters: Promise<ReadonlySet<string>> | undefined
  let turns: ReturnType<typeof createTurns> | undefined
  let stream: Promise<SmartSource> | undefined
  const streamOf = (video: SmartVideo, options: { signal: AbortSignal }): Promise<SmartSource> => {
    stream ??= readSmartSource(runner, source, video, options)
    // Told to the clip that needs it.
    stream.catch(() => (stream = undefined))
    return stream
  }
  return {
    ...look,
    edits: (clip) => ownPartsOnly(library.clipEdits.state(clip.id)?.edits ?? uneditedClip(clip)),
    media: {
      keyframeBefore: ({ media }, time, options) => keyframeBefore(runner, source, media, time, options),
      cutIndex({ media }, span, options) {
        // A smart cut asks for it next: it may be read meanwhile.
        if (media.video !== null) void streamOf(media.video, options).catch(() => {})
        return readCutIndex(runner, source, media, span, options)
      },
      atOnce: rendersAtOnce(availableParallelism()),
      edgeCodecs: async (options) => edgeCodecs(await builtIn(options)),
      filters: (options) => (filters ??= listFilters(runner, options)),
      async cut({ media }, plan, files, options) {
        const cutting = (encode: EncodeOptions): Promise<CutClipResult> =>
          cutClip(runner, source, media, plan, files, { ...options, fonts, ...encode }).catch(
            explainWriting(dirname(files.output), options.signal),
          )
        const { video } = media
        if (plan.video.action !== 'encode') {
          return cutting(video === null ? {} : { smartSource: () => streamOf(video, options) })
        }
        const encode = await encoding(options)
        turns ??= createTurns(encodesAtOnce(encode.encoders?.[0], availableParallelism()))
        return turns.run(() => cutting(encode), options.signal)
      },
      verify: ({ media }, plan, made, files, options) =>
        verifyMade(runner, source, media, plan, made, files, { ...options, fonts }),
      damage: ({ media }, span, options) => findDamage(runner, source, media, span, options),
    },
    renders: library.renders,
    sidecar: {
      path: sidecarPath,
      text({ recording, media }, clip, render) {
        const row = library.recordings.byFingerprint(recording.fingerprint)
        const about = {
          durationSeconds: row?.durationSeconds ?? null,
          title: row?.title ?? '',
          game: row?.game ?? null,
          recordedAt: row?.recordedAt ?? media.recordedAt,
        }
        const model = row === undefined ? undefined : library.segments.latestModel(row.id)
        const edits = library.clipEdits.state(clip.id)?.edits ?? uneditedClip(clip)
        return sidecarText({ recording, about, clip, edits, render, model: model ?? null })
      },
    },
    ...connectOutput({ library, platform, owner }),
  }
}
