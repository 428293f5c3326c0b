import { randomBytes } from 'node:crypto'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import { sidecarPath, sidecarText } from '../../src-shared/domain/sidecar.ts'
import { cutClip } from '../adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../adapters/ffmpeg/cut-index.ts'
import { keyframeBefore } from '../adapters/ffmpeg/keyframes-near.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import { edgeCodecs } from '../adapters/ffmpeg/smart-edge.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { verifyClip } from '../adapters/ffmpeg/verify-clip.ts'
import {
  nameIsTaken,
  prepareFolder,
  publishFile,
  removeFile,
  statFile,
  syncFile,
  writeSynced,
} from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { RenderDeps } from '../stages/render/deps.ts'

export interface ConnectRendererOptions {
  library: Library
  platform: NodeJS.Platform
  owner: ProcessIdentity
  runner: FfmpegRunner
  source: SourceFile
}

/** Rendering over the real FFmpeg, disk and library. */
export function connectRenderer({ library, platform, owner, runner, source }: ConnectRendererOptions): RenderDeps {
  let edges: Promise<ReadonlySet<string>> | undefined
  return {
    media: {
      keyframeBefore: ({ media }, time, options) => keyframeBefore(runner, source, media, time, options),
      cutIndex: ({ media }, span, options) => readCutIndex(runner, source, media, span, options),
      edgeCodecs: (options) => (edges ??= edgeCodecs(runner, options)),
      cut: ({ media }, plan, files, options) => cutClip(runner, source, media, plan, files, options),
      verify: ({ media }, plan, made, output, options) =>
        verifyClip(runner, source, media, plan, made, output, options),
    },
    files: {
      prepareFolder,
      stat: statFile,
      nameIsTaken,
      sync: syncFile,
      publish: (temp, final) => publishFile(temp, final, { platform }),
      remove: (path) => removeFile(path, { platform }),
      writeSynced,
    },
    tempFiles: {
      record: (path, jobId) => library.tempFiles.record(path, owner, jobId),
      remove: (path) => library.tempFiles.remove(path),
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
        return sidecarText({ recording, about, clip, render, model: model ?? null })
      },
    },
    randomName: () => randomBytes(6).toString('hex'),
  }
}
