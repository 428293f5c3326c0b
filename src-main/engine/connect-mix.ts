import { judgeTracks, type TrackFacts } from '../../src-shared/domain/sound-tracks.ts'
import { planMix } from '../../src-shared/domain/sound-plan.ts'
import type { Ticks } from '../../src-shared/domain/time.ts'
import { hearTracks, listeningPlaces } from '../adapters/ffmpeg/measure-tracks.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import type { RenderDeps } from '../stages/render/deps.ts'

/** One track of sound for shares. Tracks are listened to once for all clips, where there are several. */
export function connectMix(
  runner: FfmpegRunner,
  source: SourceFile,
  clips: readonly { readonly start: Ticks; readonly end: Ticks }[],
): RenderDeps['mix'] {
  let heard: Promise<TrackFacts | null> | undefined
  return async ({ media }, { parts, sound }, { signal }) => {
    const listen = async (): Promise<TrackFacts | null> => {
      if (media.audio.length < 2) return null
      const places = listeningPlaces(media.duration, clips)
      return judgeTracks(await hearTracks(runner, source, media, places, { signal }))
    }
    return planMix(media.audio, sound, parts, await (heard ??= listen()))
  }
}
