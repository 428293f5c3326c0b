import type { ClipPart } from '../../src-shared/contract/edits.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { MixPlan, SoundEdits } from '../../src-shared/contract/sound.ts'
import { planMix } from '../../src-shared/domain/sound-plan.ts'
import { judgeTracks, type TrackFacts } from '../../src-shared/domain/sound-tracks.ts'
import { hearTracks, listeningPlaces } from '../adapters/ffmpeg/measure-tracks.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'

export interface ConnectSoundOptions {
  readonly runner: FfmpegRunner
  readonly source: SourceFile
}

/**
 * How the sound of this recording's clips becomes one track. What its tracks hold is listened to once, at the first
 * clip that asks.
 */
export function connectSound({
  runner,
  source,
}: ConnectSoundOptions): (
  recording: { readonly media: MediaInfo },
  clip: { readonly parts: readonly ClipPart[]; readonly sound: SoundEdits },
  options: { signal: AbortSignal },
) => Promise<{ mix: MixPlan | null; notes: readonly string[] }> {
  let heard: TrackFacts | null = null
  return async ({ media }, { parts, sound }, { signal }) => {
    // Clips are made side by side: two that listen at once find the same.
    if (heard === null && media.audio.length > 1) {
      const places = listeningPlaces(media.duration, parts)
      heard = judgeTracks(await hearTracks(runner, source, media, places, { signal }))
    }
    return planMix(media.audio, sound, parts, heard)
  }
}
