import type { SoundEdits } from '../../contract/sound.ts'
import type { Span } from '../clip-timeline.ts'

type Bleep = SoundEdits['bleeps'][number]
type Track = SoundEdits['tracks'][number]

/** Bleeps never overlap: a new one takes the place of what was there; null leaves the span to be heard. */
export function setBleep(
  bleeps: readonly Bleep[],
  { start, end, with: sound }: Span & { with: Bleep['with'] | null },
): Bleep[] {
  const others = bleeps.flatMap((bleep) =>
    [
      { ...bleep, end: Math.min(bleep.end, start) },
      { ...bleep, start: Math.max(bleep.start, end) },
    ].filter((rest) => rest.start < rest.end),
  )
  return [...others, ...(sound === null ? [] : [{ start, end, with: sound }])].toSorted((a, b) => a.start - b.start)
}

/** A track of which nothing is said is heard as it is. */
export function setTrack(tracks: readonly Track[], track: Track): Track[] {
  const others = tracks.filter((other) => other.track !== track.track)
  const isChanged = track.muted || track.gainDb !== 0
  return [...others, ...(isChanged ? [track] : [])].toSorted((a, b) => a.track - b.track)
}
