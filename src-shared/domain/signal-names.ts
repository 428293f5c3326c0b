import type { CurveGroup } from '../contract/curves.ts'
import type { TrackRole } from '../contract/media-info.ts'

const names: Readonly<Record<string, string>> = {
  'audio.rms': 'Loudness',
  'audio.onset': 'Sudden sounds',
  'audio.centroid': 'Brightness of the sound',
  'audio.speech': 'Speech',
  'audio.highFrequency': 'Sharpness of the sound',
  'audio.crest': 'Peaks of the sound',
  'picture.luma': 'Brightness',
  'picture.variance': 'Contrast',
  'picture.histogram': 'Change of colours',
  'picture.blocks': 'Change of the picture',
  'picture.saturation': 'Strength of colours',
  'picture.red': 'Red in the picture',
  'picture.cut': 'Scene changes',
  'packet.rate': 'Movement',
  'chat.rate': 'Chat messages a minute',
  markers: 'Markers',
}

const roles: Readonly<Record<TrackRole, string | null>> = {
  mix: 'everything',
  game: 'game',
  mic: 'microphone',
  chat: 'voice chat',
  music: 'music',
  unknown: null,
}

export interface NamedTrack {
  readonly title: string
  readonly role: TrackRole
}

/** What a curve is called, in plain English: with its track, where there are several. */
export function curveName(id: string, track: number | null, tracks: readonly NamedTrack[]): string {
  const name = names[id] ?? id
  if (track === null || tracks.length < 2) return name
  const { title, role } = tracks[track] ?? { title: '', role: 'unknown' as const }
  return `${name} (${title.trim() || roles[role] || `track ${track + 1}`})`
}

export function curveGroup(id: string): CurveGroup {
  if (id === 'markers') return 'markers'
  const [family] = id.split('.')
  if (family === 'audio') return 'sound'
  if (family === 'picture' || family === 'chat') return family
  return 'data'
}

/** `audio.onset` on the first track, `audio[1].onset` on the second: as reasons name signals. */
export function signalName(id: string, track: number | null): string {
  return track === null || track === 0 ? id : id.replace('.', `[${track}].`)
}
