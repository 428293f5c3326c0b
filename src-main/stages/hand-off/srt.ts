import { rescale } from '../../../src-shared/domain/time.ts'
import { onTimeline, type Timeline } from './timeline.ts'

/**
 * The captions as SubRip, timed on the timeline from zero: for the formats that cannot hold them. Null where nothing
 * is said.
 */
export function formatSrt(timeline: Timeline): string | null {
  const { num, den } = timeline.rate
  const lines = timeline.clips.flatMap((clip) =>
    clip.captions.map(({ from, to, text }) => ({
      from: onTimeline(clip, from, timeline),
      to: onTimeline(clip, to, timeline),
      text,
    })),
  )
  if (lines.length === 0) return null
  const clock = (frame: number): string => {
    const ms = rescale(frame, { num: den, den: num }, { num: 1, den: 1000 })
    const pad = (n: number, width = 2): string => String(Math.floor(n)).padStart(width, '0')
    return `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1000) % 60)},${pad(ms % 1000, 3)}`
  }
  // An empty line ends a caption, so none may be inside one.
  return lines
    .map(
      (line, index) =>
        `${index + 1}\n${clock(line.from)} --> ${clock(line.to)}\n${line.text.replace(/\s*\n\s*/g, '\n')}\n`,
    )
    .join('\n')
}
