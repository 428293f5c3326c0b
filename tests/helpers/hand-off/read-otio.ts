import type { ReadBack, ReadClip } from './read-back.ts'

interface Time {
  OTIO_SCHEMA: string
  value: number
  rate: number
}
interface Range {
  OTIO_SCHEMA: string
  start_time: Time
  duration: Time
}
interface Item {
  OTIO_SCHEMA: string
  name: string
  source_range: Range
  effects: { OTIO_SCHEMA: string; effect_name: string; time_scalar: number }[]
  markers: { OTIO_SCHEMA: string; name: string; comment: string; marked_range: Range }[]
  media_references?: Record<string, { OTIO_SCHEMA: string; target_url: string; available_range: Range }>
  active_media_reference_key?: string
  metadata: {
    clutchcut?: {
      captions: { from: number; to: number; text: string }[]
      reframe: { at: number; x: number; y: number; scale: number }[]
    }
  }
}
interface Track {
  OTIO_SCHEMA: string
  kind: string
  enabled: boolean
  children: Item[]
}

export interface ReadOtio extends ReadBack {
  /** As they stand, for what the common shape leaves out. */
  tracks: Track[]
}

/** The clips of the first track; throws where a schema is not the one that we say we write. */
export function readOtio(file: string): ReadOtio {
  const document = JSON.parse(file) as {
    OTIO_SCHEMA: string
    name: string
    global_start_time: Time
    metadata: { clutchcut: { drop_frame: boolean } }
    tracks: { OTIO_SCHEMA: string; children: Track[] }
  }
  expectSchema(document, 'Timeline.1')
  expectSchema(document.tracks, 'Stack.1')
  const { rate } = document.global_start_time
  let end = 0
  const [first] = document.tracks.children
  const clips = (first?.children ?? []).map((item): ReadClip => {
    expectSchema(item, 'Clip.2')
    const media = item.media_references?.[item.active_media_reference_key ?? '']
    if (media === undefined) throw new Error('no active media reference')
    expectSchema(media, 'ExternalReference.1')
    const [shown, there] = [range(item.source_range), range(media.available_range)]
    const start = end
    end += shown.to - shown.from
    const [warp] = item.effects
    if (warp !== undefined) expectSchema(warp, 'LinearTimeWarp.1')
    const speed = warp?.time_scalar ?? 1
    const last = shown.from + Math.round((shown.to - shown.from) * speed)
    if (shown.from < there.from || last > there.to) throw new Error('beyond the end of the media')
    return {
      name: item.name,
      file: media.target_url,
      in: shown.from - there.from,
      out: last - there.from,
      ...(warp !== undefined && { speed }),
      start,
      end,
      markers: item.markers.map((marker) => {
        expectSchema(marker, 'Marker.2')
        const { from } = range(marker.marked_range)
        return { at: start + Math.round((from - shown.from) / speed), name: marker.name, note: marker.comment }
      }),
      captions: item.metadata.clutchcut?.captions ?? [],
      reframe: (item.metadata.clutchcut?.reframe ?? []).map(({ at, x, y, scale }) => ({
        at,
        position: [x, y] as [number, number],
        scale,
      })),
    }
  })
  return {
    title: document.name,
    rate: { nominal: Math.round(rate), ntsc: !Number.isInteger(rate) },
    dropFrame: document.metadata.clutchcut.drop_frame,
    clips,
    tracks: document.tracks.children,
  }
}

function range(given: Range): { from: number; to: number } {
  expectSchema(given, 'TimeRange.1')
  expectSchema(given.start_time, 'RationalTime.1')
  expectSchema(given.duration, 'RationalTime.1')
  return { from: given.start_time.value, to: given.start_time.value + given.duration.value }
}

function expectSchema(value: { OTIO_SCHEMA: string }, schema: string): void {
  if (value.OTIO_SCHEMA !== schema) throw new Error(`${value.OTIO_SCHEMA} where ${schema} belongs`)
}
