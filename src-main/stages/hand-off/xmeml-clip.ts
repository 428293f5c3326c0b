import { formatScore, listReasons } from './describe.ts'
import { fileUrl } from './file-url.ts'
import type { Timeline, TimelineClip, TimelineSource } from './timeline.ts'
import type { Lane } from './xmeml-lanes.ts'
import { motionFilter } from './xmeml-motion.ts'
import { onRemap, remapFilter } from './xmeml-remap.ts'
import { rateElement, timecodeElement } from './xmeml-rate.ts'
import { tag, xml, type Xml } from './xml.ts'

/** One cut on one lane, linked with the same cut on the others. */
export function clipItem(clip: TimelineClip, lane: Lane, timeline: Timeline, links: readonly Xml[]): Xml {
  const { source } = clip
  // Where a time remap changes the speed, they count frames as they pass.
  const scaled = (frame: number): number => onRemap(clip, frame)
  const isVideo = lane.kind === 'video'
  const attributes = { id: itemId(clip, lane), ...channelType(clip, lane) }
  return xml('clipitem', attributes, [
    tag('masterclipid', `masterclip-${source.number}`),
    tag('name', clip.title),
    tag('enabled', 'TRUE'),
    tag('duration', scaled(source.frames)),
    rateElement(source.rate),
    tag('start', clip.start),
    tag('end', clip.end),
    tag('in', scaled(clip.in)),
    tag('out', scaled(clip.in) + Math.max(1, scaled(clip.out - clip.in))),
    ...(isVideo ? [tag('alphatype', 'none'), tag('pixelaspectratio', 'square'), tag('anamorphic', 'FALSE')] : []),
    isFirstMention(clip, lane) ? fileElement(source, timeline) : xml('file', { id: `file-${source.number}` }),
    remapFilter(clip, lane.kind),
    isVideo ? motionFilter(clip, timeline) : sourceTrack(clip, lane),
    ...links,
    tag('logginginfo', [tag('lognote', `Score ${formatScore(clip.score)}`), tag('good', 'FALSE')]),
    tag('comments', [
      tag('mastercomment1', listReasons(clip.reasons).join('; ')),
      tag('mastercomment2', clip.tags.join(', ')),
    ]),
  ])
}

function itemId(clip: TimelineClip, lane: Lane): string {
  return `clipitem-${lane.kind}-${lane.number}-${lane.items.get(clip) ?? 0}`
}

function channelType({ source }: TimelineClip, lane: Lane): Record<string, string> {
  if (lane.kind === 'video') return {}
  const channels = source.audio[lane.sound]?.channels
  return { premiereChannelType: channels === 2 ? 'stereo' : channels === 6 && lane.together === 6 ? '5.1' : 'mono' }
}

/** Premiere Pro counts the channels of a file through all its tracks. */
function sourceTrack({ source }: TimelineClip, lane: Lane & { kind: 'audio' }): Xml {
  const before = source.audio.slice(0, lane.sound).reduce((sum, { channels }) => sum + channels, 0)
  return tag('sourcetrack', [tag('mediatype', 'audio'), tag('trackindex', before + lane.channel + 1)])
}

/** The same list for every item of a cut, itself among them; indices from 1, of the lane and the item on it. */
export function linkElements(clip: TimelineClip, lanes: readonly Lane[]): Xml[] {
  return lanes.flatMap((lane) => {
    const index = lane.items.get(clip)
    if (index === undefined) return []
    return [
      tag('link', [
        tag('linkclipref', itemId(clip, lane)),
        tag('mediatype', lane.kind),
        tag('trackindex', lane.number),
        tag('clipindex', index),
        lane.kind === 'audio' ? tag('groupindex', 1) : null,
      ]),
    ]
  })
}

/** A file is described where it is named first, and only named from then on. */
function isFirstMention({ source, isFirstOfSource }: TimelineClip, lane: Lane): boolean {
  const isFirstLane = lane.kind === 'video' || (source.size === null && lane.sound === 0 && lane.channel === 0)
  return isFirstOfSource && isFirstLane
}

function fileElement(source: TimelineSource, { platform }: Timeline): Xml {
  return xml('file', { id: `file-${source.number}` }, [
    tag('name', source.name),
    tag('pathurl', pathUrl(source.path, platform)),
    rateElement(source.rate),
    tag('duration', source.frames),
    timecodeElement(source.origin, source.rate, source.dropFrame),
    tag('media', [
      source.size && pictureElement(source, source.size),
      ...source.audio.map(({ sampleRate, channels }) =>
        tag('audio', [
          tag('samplecharacteristics', [tag('depth', 16), tag('samplerate', sampleRate)]),
          tag('channelcount', channels),
        ]),
      ),
    ]),
  ])
}

function pictureElement({ rate }: TimelineSource, { width, height }: { width: number; height: number }): Xml {
  return tag('video', [
    tag('samplecharacteristics', [
      rateElement(rate),
      tag('width', width),
      tag('height', height),
      tag('anamorphic', 'FALSE'),
      tag('pixelaspectratio', 'square'),
      tag('fielddominance', 'none'),
    ]),
  ])
}

/** Premiere Pro names the host `localhost` and encodes the colon of a drive: `file://localhost/D%3a/media/a.mov`. */
function pathUrl(path: string, platform: NodeJS.Platform): string {
  return fileUrl(path, platform)
    .replace(/^file:\/\/\//, 'file://localhost/')
    .replace(/^(file:\/\/localhost\/[A-Za-z]):/, '$1%3a')
}
