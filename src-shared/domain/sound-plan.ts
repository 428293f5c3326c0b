import type { ClipPart } from '../contract/edits.ts'
import type { AudioTrack } from '../contract/media-info.ts'
import type { PlatformId, PresetId } from '../contract/preset.ts'
import type { MixPlan, SoundEdits } from '../contract/sound.ts'
import { clipLength, placeSpans } from './clip-timeline.ts'
import { chooseMix, SHARE_LOUDNESS } from './sound-mix.ts'
import type { TrackFacts } from './sound-tracks.ts'

/** Stereo of AAC that nobody hears to be encoded. */
const BIT_RATE = 192_000
/** What AAC, video and every platform are at home with. */
const SAMPLE_RATE = 48_000

/**
 * Whether a file gets one track of sound: players play only the first, so what is shared has everything in it. A
 * landscape file for no platform is for an editing program, and keeps all tracks as they are, unless the sound itself
 * was edited.
 */
export function wantsMix(preset: PresetId, platform: PlatformId | null, edits: SoundEdits): boolean {
  return preset !== 'landscape' || platform !== null || isSoundEdited(edits)
}

function isSoundEdited({ tracks, bleeps, fadeIn, fadeOut }: SoundEdits): boolean {
  return tracks.some(({ gainDb, muted }) => muted || gainDb !== 0) || bleeps.length > 0 || fadeIn > 0 || fadeOut > 0
}

/**
 * How all of a recording's sound becomes one track; null where nothing of it is to be heard. `parts`: what the clip
 * plays. `facts`: what was measured of the tracks, null where nothing was.
 */
export function planMix(
  tracks: readonly AudioTrack[],
  edits: SoundEdits,
  parts: readonly ClipPart[],
  facts: TrackFacts | null,
): { mix: MixPlan | null; notes: readonly string[] } {
  const { sources, duck, notes } = chooseMix(tracks, edits, facts)
  if (sources.length === 0) return { mix: null, notes }
  const length = clipLength(parts)
  const fadeIn = Math.min(edits.fadeIn, length)
  const mix: MixPlan = {
    action: 'mix',
    sources,
    duck,
    bleeps: apart(placeSpans(parts, edits.bleeps)),
    fadeIn,
    fadeOut: Math.min(edits.fadeOut, length - fadeIn),
    loudness: edits.normalise ? { ...SHARE_LOUDNESS } : null,
    codec: 'aac',
    bitRate: BIT_RATE,
    sampleRate: SAMPLE_RATE,
  }
  return { mix, notes }
}

/** `bleeps` by start. What overlaps becomes one; a tone and silence that overlap stand one behind the other. */
function apart(bleeps: MixPlan['bleeps']): MixPlan['bleeps'] {
  const list: MixPlan['bleeps'] = []
  for (const bleep of bleeps) {
    const last = list.at(-1)
    if (last === undefined || bleep.start > last.end) list.push(bleep)
    else if (bleep.with === last.with) list[list.length - 1] = { ...last, end: Math.max(last.end, bleep.end) }
    else if (bleep.end > last.end) list.push({ ...bleep, start: last.end })
  }
  return list
}
