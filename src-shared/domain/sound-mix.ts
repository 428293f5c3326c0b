import type { AudioTrack, TrackRole } from '../contract/media-info.ts'
import type { MixPlan, SoundEdits } from '../contract/sound.ts'
import { WHOLE_MIX, type TrackFacts } from './sound-tracks.ts'

/** What platforms turn other loudness into; above it they turn it down. */
export const SHARE_LOUDNESS = { integrated: -14, truePeak: -1 } as const

export interface MixChoice {
  /** Empty: nothing of the recording is to be heard. */
  readonly sources: MixPlan['sources']
  readonly duck: MixPlan['duck']
  /** Why it sounds otherwise than somebody may expect, in sentences. */
  readonly notes: readonly string[]
}

/**
 * Which tracks are heard in a file with one track of sound, and how loud. No sound is heard twice: of copies one is
 * taken; where one track is the mix of others, either it alone is taken, as it was mixed, or, where something of it is
 * to change (a track muted or changed, music that goes down under speech), its parts, as far as they are all of it.
 * `facts`: null where nothing was measured; titles alone decide then.
 */
export function chooseMix(
  tracks: readonly AudioTrack[],
  edits: Pick<SoundEdits, 'tracks' | 'duckMusic'>,
  facts: TrackFacts | null,
): MixChoice {
  const copies = new Set(facts?.copies.map(({ track }) => track))
  const apart = tracks.filter(({ index }) => !copies.has(index))
  const mix = findMix(apart, facts)
  const roleOf = (index: number): TrackRole => tracks.find((track) => track.index === index)?.role ?? 'unknown'
  const editOf = (index: number): SoundEdits['tracks'][number] | undefined => {
    // What somebody did to a copy, they did to what is heard of it.
    const same = [index, ...(facts?.copies.filter(({ of }) => of === index).map(({ track }) => track) ?? [])]
    return edits.tracks.find(({ track }) => same.includes(track))
  }
  const isEdited = (index: number): boolean => {
    const edit = editOf(index)
    return edit !== undefined && (edit.muted || edit.gainDb !== 0)
  }
  const speaks = (index: number): boolean => roleOf(index) === 'mic' || roleOf(index) === 'chat'
  const ducks = (indices: readonly number[]): boolean =>
    edits.duckMusic && indices.some((index) => roleOf(index) === 'music') && indices.some(speaks)

  const notes: string[] = []
  let chosen = apart.map(({ index }) => ({ track: index, gainDb: 0 }))
  if (mix !== null) {
    const parts = mix.parts.map(({ track }) => track)
    const others = chosen.filter(({ track }) => track !== mix.track && !parts.includes(track))
    const wanted = parts.some(isEdited) || ducks([...parts, ...others.map(({ track }) => track)])
    if (wanted && mix.isWhole && !isEdited(mix.track)) {
      chosen = [...mix.parts.map(({ track, gainDb }) => ({ track, gainDb })), ...others].toSorted(
        (a, b) => a.track - b.track,
      )
    } else {
      chosen = chosen.filter(({ track }) => !parts.includes(track))
      const lost = parts.filter(isEdited)
      if (lost.length > 0) {
        const names = lost.map((index) => nameOf(tracks.find((track) => track.index === index)!)).join(', ')
        notes.push(
          `${names} could not be changed: ${nameOf(tracks.find(({ index }) => index === mix.track)!)} already holds it, and not everything in it has a track of its own.`,
        )
      }
    }
  }
  const sources = chosen.flatMap(({ track, gainDb }) => {
    const edit = editOf(track)
    return edit?.muted === true ? [] : [{ track, gainDb: gainDb + (edit?.gainDb ?? 0) }]
  })
  const heard = sources.map(({ track }) => track)
  return {
    sources,
    duck: ducks(heard)
      ? { music: heard.filter((index) => roleOf(index) === 'music'), speech: heard.filter(speaks) }
      : null,
    notes,
  }
}

interface FoundMix {
  readonly track: number
  readonly parts: readonly { readonly track: number; readonly gainDb: number }[]
  /** Its parts are all of it. */
  readonly isWhole: boolean
}

/**
 * The track that holds others: as measured; tracks that were silent meanwhile are taken to be in it where its title, or
 * OBS's habit (the first track has everything), says so.
 */
function findMix(tracks: readonly AudioTrack[], facts: TrackFacts | null): FoundMix | null {
  if (tracks.length < 2) return null
  const measured = facts?.mixes.toSorted((a, b) => b.parts.length - a.parts.length || b.explained - a.explained)[0]
  const silent = tracks.filter(({ index }) => facts === null || facts.silent.includes(index))
  if (measured !== undefined) {
    const held = new Set(measured.parts.map(({ track }) => track))
    const quiet = silent.filter(({ index }) => index !== measured.track && !held.has(index))
    return {
      track: measured.track,
      parts: [
        ...measured.parts.map(({ track, gainDb }) => ({ track, gainDb: Math.abs(gainDb) < 1 ? 0 : gainDb })),
        ...quiet.map(({ index }) => ({ track: index, gainDb: 0 })),
      ],
      isWhole: measured.explained >= WHOLE_MIX,
    }
  }
  const titled = tracks.find(({ role }) => role === 'mix') ?? habitualMix(tracks)
  if (titled === undefined) return null
  // Tracks that were heard, and are not in it, are sound of their own.
  const isSilent = facts?.silent.includes(titled.index) ?? false
  const parts = isSilent ? [] : silent.filter(({ index }) => index !== titled.index)
  if (parts.length === 0) return null
  const isWhole = parts.length === tracks.length - 1 && parts.some(({ role }) => role === 'game')
  return { track: titled.index, parts: parts.map(({ index }) => ({ track: index, gainDb: 0 })), isWhole }
}

/** OBS: everything in the first track, which has no name, and what it is made of in the others. */
function habitualMix(tracks: readonly AudioTrack[]): AudioTrack | undefined {
  const [first, ...others] = tracks
  return first?.role === 'unknown' && others.length >= 2 && others.every(({ role }) => role !== 'unknown')
    ? first
    : undefined
}

function nameOf({ index, title }: AudioTrack): string {
  return title === '' ? `Track ${index + 1}` : `"${title}"`
}
