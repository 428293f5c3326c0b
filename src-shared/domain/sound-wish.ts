import { ClutchcutError } from '../contract/errors.ts'
import type { AudioTrack, TrackRole } from '../contract/media-info.ts'
import type { SoundEdits, SoundWish } from '../contract/sound.ts'

/** A clip's edits with what is asked for all clips: gains add up, and what one of both mutes, is muted. */
export function withSoundWish(edits: SoundEdits, wish: SoundWish | null, tracks: readonly AudioTrack[]): SoundEdits {
  if (wish === null) return edits
  const changed = tracks.flatMap(({ index, role }) => {
    const own = edits.tracks.find(({ track }) => track === index)
    const asked = wish.gains.find((gain) => gain.role === role)?.gainDb ?? 0
    const muted = (own?.muted ?? false) || wish.muted.includes(role)
    const gainDb = Math.min(24, Math.max(-60, (own?.gainDb ?? 0) + asked))
    return own === undefined && !muted && gainDb === 0 ? [] : [{ track: index, gainDb, muted }]
  })
  return {
    ...edits,
    tracks: changed,
    bleeps: [...edits.bleeps, ...wish.bleeps],
    duckMusic: edits.duckMusic && wish.duckMusic,
    normalise: edits.normalise && wish.normalise,
  }
}

/**
 * Throws where a track is to be changed that the recording does not have, so that nobody posts the music that was to be
 * left out.
 * @throws ClutchcutError `input/unsupported`
 */
export function checkSoundWish(wish: SoundWish | null, tracks: readonly AudioTrack[]): void {
  const roles = new Set([...(wish?.muted ?? []), ...(wish?.gains.map(({ role }) => role) ?? [])])
  const missing = [...roles].filter((role) => !tracks.some((track) => track.role === role))
  if (missing.length === 0) return
  const names = tracks.map(({ index, title }) => (title === '' ? `track ${index + 1} without a name` : `"${title}"`))
  const has = names.length === 0 ? 'It has no sound.' : `It has ${names.join(', ')}.`
  throw new ClutchcutError(
    'input/unsupported',
    `This recording has no track that is named as ${missing.map((role) => spoken[role]).join(' or ')}. ${has} Name the tracks in your recorder, or leave the option out.`,
  )
}

const spoken: Readonly<Record<TrackRole, string>> = {
  mix: 'the mix',
  game: 'the game',
  mic: 'a microphone',
  music: 'music',
  chat: 'a voice chat',
  unknown: 'unknown',
}
