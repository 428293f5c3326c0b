import type { Timeline, TimelineClip } from './timeline.ts'

/** A track of the sequence. */
export type Lane = {
  /** Among those of its kind, from 1. */
  number: number
  /** Its cuts, and where each stands on it, from 1. */
  items: ReadonlyMap<TimelineClip, number>
  muted: boolean
} & (
  | { kind: 'video' }
  | {
      kind: 'audio'
      /** Which sound track of the recordings. */
      sound: number
      /** Which channel of it, from 0. */
      channel: number
      /** How many channels are one track to the editor. */
      together: number
    }
)

/** One lane for the pictures, and one for every channel of every sound track. */
export function layLanes({ clips, sources }: Timeline): Lane[] {
  const pictured = clips.filter(({ source }) => source.size !== null)
  const lanes: Lane[] =
    pictured.length === 0 ? [] : [{ kind: 'video', number: 1, items: numbered(pictured), muted: false }]
  const sounds = Math.max(0, ...sources.map(({ audio }) => audio.length))
  let number = 0
  for (let sound = 0; sound < sounds; sound++) {
    const heard = sources.flatMap((source) => source.audio[sound] ?? [])
    const channels = Math.max(...heard.map((track) => track.channels))
    // Stereo and 5.1 stay together; the channels of anything else stand alone.
    const together = channels === 2 || channels === 6
    for (let channel = 0; channel < channels; channel++) {
      lanes.push({
        kind: 'audio',
        number: ++number,
        sound,
        channel,
        together: together ? channels : 1,
        muted: heard.some(({ muted }) => muted),
        items: numbered(clips.filter(({ source }) => (source.audio[sound]?.channels ?? 0) > channel)),
      })
    }
  }
  return lanes
}

function numbered(clips: readonly TimelineClip[]): Map<TimelineClip, number> {
  return new Map(clips.map((clip, index) => [clip, index + 1]))
}
