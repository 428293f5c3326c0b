import { formatSubRip } from '../../../src-shared/domain/captions-subtitles.ts'
import { ticksFromFrame } from '../../../src-shared/domain/timecode.ts'
import { onTimeline, type Timeline } from './timeline.ts'

/**
 * The captions as SubRip, timed on the timeline from zero: for the formats that cannot hold them. Null where nothing
 * is said.
 */
export function formatSrt(timeline: Timeline): string | null {
  const cues = timeline.clips.flatMap((clip) =>
    clip.captions.map(({ from, to, text }) => ({
      start: ticksFromFrame(onTimeline(clip, from, timeline), timeline.rate),
      end: ticksFromFrame(onTimeline(clip, to, timeline), timeline.rate),
      text,
    })),
  )
  return cues.length === 0 ? null : formatSubRip(cues)
}
