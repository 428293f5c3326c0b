import { onTimeline, type Timeline, type TimelineClip } from './timeline.ts'
import { clipItem, linkElements } from './xmeml-clip.ts'
import { layLanes, type Lane } from './xmeml-lanes.ts'
import { rateElement, timecodeElement } from './xmeml-rate.ts'
import { tag, writeXml, xml, type Xml } from './xml.ts'

/**
 * Final Cut Pro 7 XML (XMEML 5), which Premiere Pro and DaVinci Resolve read: one sequence. Everything counts whole
 * frames: `start` and `end` on the timeline, `in` and `out` in the source, both ends as in EDLs (the end is the
 * first frame after). Stereo tracks are written "exploded", a track for each channel, as Premiere Pro itself does.
 */
export function formatXmeml(timeline: Timeline): string {
  const lanes = layLanes(timeline)
  // The lists of links are the bulk of the file: made once for each cut.
  const links = new Map(timeline.clips.map((clip) => [clip, linkElements(clip, lanes)]))
  const tracks = (kind: Lane['kind']): Xml[] =>
    lanes.filter((lane) => lane.kind === kind).map((lane) => track(lane, timeline, links))
  const sequence = xml('sequence', { id: 'sequence-1', explodedTracks: 'true' }, [
    tag('name', timeline.title),
    tag('duration', timeline.length),
    rateElement(timeline.rate),
    timecodeElement(timeline.origin, timeline.rate, timeline.dropFrame),
    tag('media', [video(timeline, tracks('video')), audio(timeline, tracks('audio'))]),
    ...markers(timeline),
  ])
  return writeXml(xml('xmeml', { version: '5' }, [sequence]))
}

function video(timeline: Timeline, tracks: readonly Xml[]): Xml {
  return tag('video', [
    tag('format', [
      tag('samplecharacteristics', [
        rateElement(timeline.rate),
        tag('width', timeline.size.width),
        tag('height', timeline.size.height),
        tag('anamorphic', 'FALSE'),
        tag('pixelaspectratio', 'square'),
        tag('fielddominance', 'none'),
      ]),
    ]),
    ...tracks,
  ])
}

function audio(timeline: Timeline, tracks: readonly Xml[]): Xml {
  const output = (index: number): Xml =>
    tag('group', [tag('index', index), tag('numchannels', 1), tag('downmix', 0), tag('channel', [tag('index', index)])])
  return tag('audio', [
    tag('numOutputChannels', 2),
    tag('format', [tag('samplecharacteristics', [tag('depth', 16), tag('samplerate', timeline.sampleRate)])]),
    tag('outputs', [output(1), output(2)]),
    ...tracks,
  ])
}

const TRACK_TYPES: Readonly<Record<number, string>> = { 2: 'Stereo', 6: '5.1' }

function track(lane: Lane, timeline: Timeline, links: ReadonlyMap<TimelineClip, readonly Xml[]>): Xml {
  return xml('track', lane.kind === 'video' ? {} : explodedTrack(lane), [
    ...[...lane.items.keys()].map((clip) => clipItem(clip, lane, timeline, links.get(clip) ?? [])),
    tag('enabled', lane.muted ? 'FALSE' : 'TRUE'),
    tag('locked', 'FALSE'),
    lane.kind === 'audio' ? tag('outputchannelindex', (lane.channel % 2) + 1) : null,
  ])
}

function explodedTrack({ channel, together }: Lane & { kind: 'audio' }): Xml['attributes'] {
  return {
    currentExplodedTrackIndex: channel % together,
    totalExplodedTrackCount: together,
    premiereTrackType: TRACK_TYPES[together] ?? 'Mono',
  }
}

/** On the timeline, where Premiere Pro shows them. `out` -1: a moment, not a span. */
function markers(timeline: Timeline): Xml[] {
  return timeline.clips.flatMap((clip) =>
    clip.markers.map(({ at, name, note }) =>
      tag('marker', [
        tag('name', name),
        tag('comment', note),
        tag('in', Math.min(onTimeline(clip, at, timeline), clip.end - 1)),
        tag('out', -1),
      ]),
    ),
  )
}
