import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFeatures } from '../../src-main/adapters/features/read-features.ts'
import { createFeaturesFile } from '../../src-main/adapters/features/write-features.ts'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { decodeExtraFrames } from '../../src-main/adapters/ffmpeg/decode-extra-frames.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import { streamAnalysis } from '../../src-main/adapters/ffmpeg/stream-analysis.ts'
import { analyse } from '../../src-main/stages/analyse/analyse.ts'
import type { TrackRole } from '../../src-shared/contract/media-info.ts'
import type { Signals } from '../../src-shared/domain/signal.ts'
import type { Ticks } from '../../src-shared/domain/time.ts'

export interface Measured {
  readonly signals: Signals
  readonly roles: readonly TrackRole[]
  readonly duration: Ticks
  readonly cuts: readonly Ticks[]
}

/** A recording's signals, measured as the engine does it, without a library. */
export async function measureRecording(runner: FfmpegRunner, path: string): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'clutchcut-evaluation-'))
  try {
    const file = await checkSource(path)
    const media = await probe(runner, file)
    const recording = { fingerprint: '0'.repeat(64), path: file.path, size: file.size, mtimeMs: file.mtimeMs }
    const { featuresFile, duration, cuts } = await analyse(
      {
        stream: (_source, sink, options) => streamAnalysis(runner, file, media, sink, options),
        extraFrames: (_source, request, onFrame, options) =>
          decodeExtraFrames(runner, file, media, request, onFrame, options),
        createFeatures: (name) => createFeaturesFile({ folder, name }),
      },
      { recording, media, signal: new AbortController().signal },
    )
    const features = await openFeatures(join(folder, featuresFile))
    await features.close()
    return { signals: features.signals, roles: media.audio.map(({ role }) => role), duration, cuts }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
