import type { Rational } from '../../../src-shared/domain/time.ts'
import { fileUrl } from './file-url.ts'
import { changeRate } from './frame-rates.ts'
import type { Timeline, TimelineClip, TimelineSource } from './timeline.ts'

/**
 * OpenTimelineIO as JSON (schemas of 0.15 and later): one video track, and one audio track for every sound track.
 * Times count from the source's timecode, as `available_range` says. What OpenTimelineIO has no schema for
 * (reasons, captions, the reframing) lies under `metadata.clutchcut`, in frames of the source.
 */
export function formatOtio(timeline: Timeline): string {
  const tracks = Math.max(0, ...timeline.sources.map(({ audio }) => audio.length))
  const document = {
    OTIO_SCHEMA: 'Timeline.1',
    name: timeline.title,
    global_start_time: rationalTime(timeline.origin, timeline.rate),
    metadata: { clutchcut: { notes: timeline.notes, drop_frame: timeline.dropFrame, frame: timeline.size } },
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      name: 'tracks',
      ...bare,
      source_range: null,
      children: [
        ...(timeline.clips.some(({ source }) => source.size) ? [videoTrack(timeline)] : []),
        ...Array.from({ length: tracks }, (_, index) => audioTrack(timeline, index)),
      ],
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

const bare = { effects: [], markers: [], enabled: true, metadata: {} }

function videoTrack(timeline: Timeline) {
  return track('Video', 'Video', true, [
    ...timeline.clips.map((clip) =>
      clip.source.size === null ? gap(clip, timeline) : { ...cut(clip, timeline), ...why(clip) },
    ),
  ])
}

/** Enabled unless some recording has a mix of all its tracks and this is not it. */
function audioTrack(timeline: Timeline, index: number) {
  const [heard] = timeline.sources.flatMap(({ audio }) => audio[index] ?? [])
  const muted = timeline.sources.some(({ audio }) => audio[index]?.muted)
  const children = timeline.clips.map((clip) => {
    const sound = clip.source.audio[index]
    if (sound === undefined) return gap(clip, timeline)
    return {
      ...cut(clip, timeline),
      markers: [],
      metadata: { clutchcut: { audio_track: index, role: sound.role, channels: sound.channels } },
    }
  })
  return track(heard?.title || `Audio ${index + 1}`, 'Audio', !muted, children)
}

function track(name: string, kind: 'Video' | 'Audio', enabled: boolean, children: readonly object[]) {
  return { OTIO_SCHEMA: 'Track.1', name, kind, ...bare, enabled, source_range: null, children }
}

function cut(clip: TimelineClip, timeline: Timeline) {
  return {
    OTIO_SCHEMA: 'Clip.2',
    name: clip.title,
    ...bare,
    effects: clip.speed === 1 ? [] : [timeWarp(clip.speed)],
    source_range: shown(clip, timeline),
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1',
        name: clip.source.name,
        target_url: fileUrl(clip.source.path, timeline.platform),
        available_range: range(clip.source, 0, clip.source.frames),
        available_image_bounds: null,
        metadata: {},
      },
    },
    active_media_reference_key: 'DEFAULT_MEDIA',
  }
}

function why(clip: TimelineClip) {
  const { source, score, reasons, tags, captions, reframe } = clip
  return {
    markers: clip.markers.map(({ at, name, note }) => ({
      OTIO_SCHEMA: 'Marker.2',
      name,
      comment: note,
      color: 'RED',
      marked_range: range(source, at, at + 1),
      metadata: {},
    })),
    metadata: { clutchcut: { score, reasons, tags, captions, reframe } },
  }
}

/** Where a recording lacks the track, as long as its cut. */
function gap(clip: TimelineClip, timeline: Timeline) {
  const { duration } = shown(clip, timeline)
  return {
    OTIO_SCHEMA: 'Gap.1',
    name: '',
    ...bare,
    source_range: {
      OTIO_SCHEMA: 'TimeRange.1',
      start_time: rationalTime(0, clip.source.rate),
      duration,
    },
  }
}

/** An effect does not change how long an item is: at another speed the range begins where it did, and lasts shorter. */
function shown(clip: TimelineClip, { rate }: Timeline) {
  const { source } = clip
  if (clip.speed === 1) return range(source, clip.in, clip.out)
  return range(source, clip.in, clip.in + Math.max(1, changeRate(clip.end - clip.start, rate, source.rate)))
}

function timeWarp(speed: number) {
  const name = 'LinearTimeWarp'
  return { OTIO_SCHEMA: 'LinearTimeWarp.1', name, metadata: {}, effect_name: name, time_scalar: speed }
}

function range(source: TimelineSource, from: number, to: number) {
  return {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: rationalTime(source.origin + from, source.rate),
    duration: rationalTime(to - from, source.rate),
  }
}

function rationalTime(value: number, { num, den }: Rational) {
  return { OTIO_SCHEMA: 'RationalTime.1', value, rate: num / den }
}
