import { formatTimecode } from '../../../src-shared/domain/timecode.ts'
import { formatScore, oneLine } from './describe.ts'
import { changeRate } from './frame-rates.ts'
import { onTimeline, type Timeline, type TimelineClip, type TimelineSource } from './timeline.ts'

/** Events are numbered with three digits. */
export const MAX_EVENTS = 999

/**
 * A CMX 3600 edit decision list: one cut per clip, end to end from record time 01:00:00:00, all counted at the
 * timeline's rate; another speed is a motion effect (M2). The format knows only reels of eight letters and digits and 999 events, so names go into
 * `FROM CLIP NAME` comments (which editors use to relink) and more events are refused.
 *
 * @throws RangeError over 999 clips
 */
export function formatEdl(timeline: Timeline): string {
  const { title, clips, sources, dropFrame } = timeline
  if (clips.length > MAX_EVENTS) throw new RangeError(`an EDL holds at most ${MAX_EVENTS} events, not ${clips.length}`)
  const reels = reelNames(sources)
  const lines = [
    `TITLE: ${oneLine(title).slice(0, 70)}`,
    `FCM: ${dropFrame ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
    ...clips.flatMap((clip, index) => [...event(clip, index, reels.get(clip.source) ?? 'AX', timeline), '']),
  ]
  return lines.join('\n')
}

function event(clip: TimelineClip, index: number, reel: string, timeline: Timeline): string[] {
  const { rate, dropFrame, origin } = timeline
  const { source } = clip
  const code = (frame: number): string => formatTimecode(frame, rate, dropFrame)
  const from = changeRate(source.origin + clip.in, source.rate, rate)
  const shown = clip.speed === 1 ? clip.end - clip.start : changeRate(clip.out - clip.in, source.rate, rate)
  const times = [from, from + shown, origin + clip.start, origin + clip.end].map(code).join(' ')
  const channels = source.audio.length === 0 ? 'V' : source.size === null ? 'AA' : 'AA/V'
  return [
    `${String(index + 1).padStart(3, '0')}  ${reel.padEnd(8)} ${channels.padEnd(5)} C        ${times}`,
    ...(clip.speed === 1
      ? []
      : [`M2   ${reel.padEnd(8)} ${framesASecond(clip, timeline)}                ${code(from)}`]),
    `* FROM CLIP NAME: ${oneLine(source.name)}`,
    `* SOURCE FILE: ${oneLine(source.path)}`,
    `* COMMENT: ${oneLine(clip.title)} (score ${formatScore(clip.score)})`,
    ...(index === 0 ? timeline.notes.map((note) => `* COMMENT: ${oneLine(note)}`) : []),
    ...clip.markers.map(({ at, name }) => {
      const frame = Math.min(onTimeline(clip, at, timeline), clip.end - 1)
      return `* LOC: ${code(origin + frame)} RED     ${oneLine(name)}`
    }),
  ]
}

/** What a motion effect counts: frames of the source that pass in a second, to a tenth, as `047.9`. */
function framesASecond({ speed }: TimelineClip, { rate }: Timeline): string {
  return ((rate.num / rate.den) * speed).toFixed(1).padStart(5, '0')
}

/** The first eight letters and digits of each file's name; where two agree, a number ends them: `202611R2`. */
function reelNames(sources: readonly TimelineSource[]): Map<TimelineSource, string> {
  const taken = new Set<string>()
  return new Map(
    sources.map((source) => {
      const stem = source.name.replace(/\.[^.]*$/, '').toUpperCase()
      const letters = stem.replace(/[^A-Z0-9]/g, '') || 'REEL'
      let reel = letters.slice(0, 8)
      for (let n = 2; taken.has(reel); n++) reel = `${letters.slice(0, 7 - String(n).length)}R${n}`
      taken.add(reel)
      return [source, reel]
    }),
  )
}
