import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../src-shared/contract/render-plan.ts'
import { audioFitsMp4 } from '../../src-shared/domain/render-plan.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'

/** A render plan for a span in seconds. */
export function makePlan(media: MediaInfo, cut: 'copy' | 'encode', start: number, end: number): RenderPlan {
  const span = { start: ticksFromSeconds(start), end: ticksFromSeconds(end) }
  return {
    version: 4,
    recording: '0'.repeat(64),
    kind: 'landscape',
    cut,
    asked: span,
    span,
    parts: [{ ...span, speed: 1 }],
    container: 'mp4',
    editLists: true,
    video:
      cut === 'copy'
        ? { action: 'copy' }
        : {
            action: 'encode',
            codec: 'h264',
            crf: 18,
            preset: 'ultrafast',
            pixelFormat: 'yuv420p',
            bitRate: null,
            picture: null,
          },
    audio: media.audio.map((track) =>
      cut === 'copy' && audioFitsMp4(track)
        ? { track: track.index, action: 'copy' }
        : { track: track.index, action: 'encode', codec: 'aac', bitRate: 128_000, sampleRate: null },
    ),
    metadata: { title: 'Ace = "4" kills', comment: 'Loud burst' },
    note: null,
    hash: '0'.repeat(64),
  }
}
