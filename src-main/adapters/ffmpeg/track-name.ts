import type { TrackRole } from '../../../src-shared/contract/media-info.ts'

/**
 * The name a person gave to a track: OBS writes it as `title` (Matroska, MP4), `name` (its own MP4 writer) or
 * `handler_name` (older MP4); muxers put their own name in the last one, which says nothing. Empty when there is none.
 */
export function trackTitle(tags: Readonly<Record<string, string>> = {}): string {
  const byName = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]))
  for (const key of ['title', 'name', 'handler_name']) {
    const value = clean(byName.get(key) ?? '')
    if (value !== '' && !(key === 'handler_name' && isGenericHandler(value))) return value
  }
  return ''
}

/** Names that muxers give on their own: SoundHandler, "OBS Audio Handler", "Core Media Audio", "#Mainconcept …". */
function isGenericHandler(name: string): boolean {
  return /handler|core media|iso media|mainconcept|^(soun|vide|sound|video|audio|stereo|mono|default|data)$|^\W*$/i.test(
    name,
  )
}

/** One line, no control characters, of bearable length. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text
    .replace(/[\0-\x1f\x7f]+/g, ' ')
    .trim()
    .slice(0, 200)
}

/** In this order: "voice chat" is the party's, not the microphone's; "game mix" is the game's. */
const roles: readonly (readonly [TrackRole, RegExp])[] = [
  ['chat', /discord|teamspeak|ts3|mumble|skype|\b(voice ?chat|party|voip|comms?|chat|friends|call)\b/i],
  ['mic', /\b(mic|mikro|micro|aux)|microphone|\b(voice|headset|stimme|voix|voz|commentary)\b/i],
  ['music', /\b(music|musik|musique|música|musica|spotify|dmca|bgm|songs?)\b/i],
  ['game', /\b(game|gameplay|spiel|jeu|juego|desktop|system|computer|pc)\b|game (audio|sound)|desktop/i],
  ['mix', /\b(mix|master|all|everything|full|stream|main|combined|vod)\b/i],
]

/** What a track carries, guessed from its name. Track 1 of several is OBS's mix by habit only, so it stays unknown. */
export function trackRole(title: string, trackCount: number): TrackRole {
  for (const [role, pattern] of roles) if (pattern.test(title)) return role
  return trackCount === 1 ? 'mix' : 'unknown'
}
