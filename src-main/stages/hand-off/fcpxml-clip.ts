import type { TrackRole } from '../../../src-shared/contract/media-info.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'
import { formatScore, listReasons } from './describe.ts'
import { seconds } from './fcpxml-time.ts'
import { atSpeed, changeRate, sameRate } from './frame-rates.ts'
import type { Timeline, TimelineClip } from './timeline.ts'
import { tag, xml, type Xml } from './xml.ts'

/** One cut in the spine, with all that is attached to it; times inside count in the source's own time. */
export function clipElement(clip: TimelineClip, index: number, timeline: Timeline): Xml {
  const { source } = clip
  return xml(
    'asset-clip',
    {
      ref: `a${source.number}`,
      name: clip.title,
      offset: seconds(timeline.origin + clip.start, timeline.rate),
      start: local(clip, clip.in),
      duration: seconds(clip.end - clip.start, timeline.rate),
      tcFormat: source.dropFrame ? 'DF' : 'NDF',
    },
    [
      tag('note', [`Score ${formatScore(clip.score)}`, ...listReasons(clip.reasons)].join('\n')),
      conformRate(source.rate, timeline.rate),
      timeMap(clip),
      ...transform(clip, timeline),
      ...clip.captions.map((line, number) => caption(clip, line, `ts${index + 1}-${number + 1}`, timeline)),
      ...clip.markers.map(({ at, name, note }) =>
        xml('marker', { start: local(clip, at), duration: seconds(1, source.rate), value: name, note }),
      ),
      ...clip.tags.map((value) =>
        xml('keyword', {
          start: local(clip, clip.in),
          duration: seconds(clip.out - clip.in, atSpeed(source.rate, clip.speed)),
          value,
        }),
      ),
      ...audioSources(clip),
    ],
  )
}

/** A frame of the source as the clip counts: from the first one's timecode, at the pace at which frames pass. */
function local({ source, speed }: TimelineClip, frame: number): string {
  if (speed === 1) return seconds(source.origin + frame, source.rate)
  const { num, den } = source.rate
  const percent = Math.round(speed * 100)
  return seconds(source.origin * percent + frame * 100, { num: num * percent, den })
}

/** The whole recording at one speed; `time` is what the clip counts, `value` the recording's own time. */
function timeMap(clip: TimelineClip): Xml | null {
  const { source, speed } = clip
  if (speed === 1) return null
  const point = (frame: number): Xml =>
    xml('timept', { time: local(clip, frame), value: seconds(source.origin + frame, source.rate), interp: 'linear' })
  return tag('timeMap', [point(0), point(source.frames)])
}

/** The rates that the DTD lists, by the name it gives them. */
const CONFORMED: readonly (readonly [string, Rational])[] = [
  ['23.98', { num: 24_000, den: 1001 }],
  ['24', { num: 24, den: 1 }],
  ['25', { num: 25, den: 1 }],
  ['29.97', { num: 30_000, den: 1001 }],
  ['30', { num: 30, den: 1 }],
  ['48', { num: 48, den: 1 }],
  ['50', { num: 50, den: 1 }],
  ['59.94', { num: 60_000, den: 1001 }],
  ['60', { num: 60, den: 1 }],
]

/** At another rate than the timeline, the clip keeps its speed. */
function conformRate(source: Rational, timeline: Rational): Xml | null {
  if (sameRate(source, timeline)) return null
  const name = CONFORMED.find(([, rate]) => sameRate(rate, source))?.[0]
  return xml('conform-rate', { scaleEnabled: 0, ...(name === undefined ? {} : { srcFrameRate: name }) })
}

/**
 * The picture fills the frame (`adjust-conform`), and from there is moved and scaled. Positions are percent of the
 * project's height, up being positive. Keys of a position take no interpolation: Final Cut Pro refuses it.
 */
function transform(clip: TimelineClip, { size: frame }: Timeline): Xml[] {
  const picture = clip.source.size
  if (picture === null) return []
  const fill = Math.max(frame.width / picture.width, frame.height / picture.height)
  const percent = (part: number, length: number): number => (part * length * fill * 100) / frame.height
  const keys = clip.reframe.map(({ at, x, y, scale }) => ({
    time: local(clip, at),
    position: pair(percent(0.5 - x, picture.width) * scale, percent(y - 0.5, picture.height) * scale),
    scale: pair(scale, scale),
  }))
  const [first] = keys
  if (first === undefined) return []
  const animated = (name: 'position' | 'scale', linear: Record<string, string>): Xml =>
    xml('param', { name }, [
      tag(
        'keyframeAnimation',
        keys.map((key) => xml('keyframe', { time: key.time, value: key[name], ...linear })),
      ),
    ])
  return [
    xml('adjust-conform', { type: 'fill' }),
    xml(
      'adjust-transform',
      { position: first.position, scale: first.scale },
      keys.length === 1 ? [] : [animated('position', {}), animated('scale', { curve: 'linear' })],
    ),
  ]
}

function pair(a: number, b: number): string {
  return `${number(a)} ${number(b)}`
}

/** Six digits, no exponent, no negative zero. */
function number(value: number): string {
  return String(Number(value.toFixed(6)) + 0)
}

function caption(clip: TimelineClip, line: TimelineClip['captions'][number], style: string, timeline: Timeline): Xml {
  const length = changeRate(line.to - line.from, atSpeed(clip.source.rate, clip.speed), timeline.rate)
  return xml(
    'caption',
    {
      lane: 1,
      offset: local(clip, line.from),
      name: line.text.split('\n')[0] ?? '',
      duration: seconds(Math.max(1, length), timeline.rate),
      role: `iTT?captionFormat=ITT.${timeline.language}`,
    },
    [
      xml('text', { placement: 'bottom' }, [xml('text-style', { ref: style }, line.text)]),
      xml('text-style-def', { id: style }, [
        xml('text-style', { font: '.AppleSystemUIFont', fontSize: 13, fontFace: 'Regular', fontColor: '1 1 1 1' }),
      ]),
    ],
  )
}

/** Final Cut Pro's own roles, with what the recorder called the track as a subrole. */
const ROLES: Readonly<Record<TrackRole, string>> = {
  mix: 'dialogue',
  game: 'effects',
  mic: 'dialogue',
  music: 'music',
  chat: 'dialogue',
  unknown: 'dialogue',
}

function audioSources({ source }: TimelineClip): Xml[] {
  let channel = 0
  return source.audio.map((track, index) => {
    const channels = Array.from({ length: track.channels }, () => ++channel)
    // A dot and a question mark mean something in a role.
    const subrole = (track.title || `${track.role} ${index + 1}`).replace(/[.?]/g, ' ').trim()
    return xml('audio-channel-source', {
      srcCh: channels.join(', '),
      role: `${ROLES[track.role]}.${subrole}`,
      ...(track.muted ? { enabled: 0 } : {}),
    })
  })
}
