import type { MixPlan } from '../../../src-shared/contract/sound.ts'
import { secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { bleepFilter } from './sound-bleeps.ts'

/** A track as it comes in: on the clip's timeline, cut and at its speed. */
export interface SoundInput {
  readonly track: number
  /** Of the filter graph, without brackets: `0:1`, `part3`. */
  readonly label: string
  readonly channels: number
}

/** What brings a mix to its loudness, as `fitLoudness` finds it. */
export interface LoudnessFix {
  readonly gainDb: number
  /** Peaks are held below this, dBTP; null where none reaches it. */
  readonly ceiling: number | null
}

export interface SoundGraphOptions {
  /** Of the clip: what is missing at the ends is silence, what is more is cut. */
  readonly length: Ticks
  /** null: as it is, with silence in place of tones, which is what is measured. */
  readonly fix: LoudnessFix | null
}

/** How far music goes down while somebody speaks. */
export const DUCK_DB = 12
/** The tone's loudness where nothing else says how loud the clip is, LUFS. */
const TONE_LEVEL = -20
const RATE_LIMITED = 192_000
/** Milliseconds that the limiter looks ahead, and by which it delays. */
const LOOKAHEAD_MS = 5

/**
 * The filter graph that makes one track of sound out of several, and the name of its output. Pure. Sums are made in
 * floating point and never scaled down (`normalize=0`): nothing clips before the limiter, and a track is as loud as it
 * was whatever the others do.
 * @throws Error when a source of the mix is not among the inputs.
 */
export function soundGraph(
  mix: Omit<MixPlan, 'codec' | 'bitRate' | 'action'>,
  inputs: readonly SoundInput[],
  { length, fix }: SoundGraphOptions,
): { graph: string; output: string } {
  const samples = Math.max(1, Math.round(secondsFromTicks(length) * mix.sampleRate))
  const chains = mix.sources.map(({ track, gainDb }) => {
    const input = inputs.find((candidate) => candidate.track === track)
    if (input === undefined) throw new Error(`track ${track} is not there to be mixed`)
    return `[${input.label}]${sourceFilters(input, gainDb, mix.sampleRate, samples)}[track${track}]`
  })
  const tracks = mix.sources.map(({ track }) => `[track${track}]`)
  const mixed = mix.duck === null ? sum(tracks, 'sum') : duck(mix.duck, tracks)
  const toneLevel = mix.loudness?.integrated ?? TONE_LEVEL
  const filters = [
    ...(fix === null ? [] : loudnessFilters(fix, mix.sampleRate, samples)),
    ...bleepFilter(mix.bleeps, fix === null ? null : toneLevel),
    ...fades(mix, length),
    `aformat=sample_fmts=fltp:sample_rates=${mix.sampleRate}:channel_layouts=stereo`,
  ]
  return { graph: [...chains, ...mixed, `[sum]${filters.join(',')}[sound]`].join(';'), output: 'sound' }
}

/**
 * One track in stereo at the mix's rate, as long as the clip. A single channel goes to both sides at full level, as
 * recorders and players do; more than two are mixed down in floating point, which keeps the middle, where people
 * speak, 3 dB below the sides. `async` fills holes and late beginnings with silence.
 */
function sourceFilters({ channels }: SoundInput, gainDb: number, rate: number, samples: number): string {
  return [
    'aformat=sample_fmts=fltp',
    channels === 1 ? 'pan=stereo|c0=c0|c1=c0' : 'aformat=sample_fmts=fltp:channel_layouts=stereo',
    `aresample=${rate}:async=1:first_pts=0`,
    `apad=whole_len=${samples}`,
    `atrim=end_sample=${samples}`,
    ...(gainDb === 0 ? [] : [`volume=${decibels(gainDb)}dB`]),
  ].join(',')
}

function sum(labels: readonly string[], output: string): string[] {
  if (labels.length === 1) return [`${labels[0]!}anull[${output}]`]
  return [`${labels.join('')}amix=inputs=${labels.length}:normalize=0:duration=longest[${output}]`]
}

/**
 * Music under speech. What listens to the speech is a copy of it that is so loud that it is clipped: whether somebody
 * whispers or shouts, the music goes down equally far, and noise of a room (more than 44 dB below full scale) moves
 * nothing.
 */
function duck({ music, speech }: NonNullable<MixPlan['duck']>, tracks: readonly string[]): string[] {
  const label = (track: number): string => `[track${track}]`
  const ducked = [...music, ...speech].map(label)
  const threshold = 10 ** (-DUCK_DB / 20)
  return [
    ...sum(music.map(label), 'music'),
    ...sum(speech.map(label), 'voices'),
    '[voices]asplit[speech][heard]',
    `[heard]highpass=f=120,lowpass=f=5000,volume=32dB,asoftclip=type=hard[key]`,
    `[music][key]sidechaincompress=threshold=${threshold.toFixed(6)}:ratio=20:attack=5:release=500:knee=1:link=maximum:detection=peak[ducked]`,
    ...sum(['[ducked]', '[speech]', ...tracks.filter((track) => !ducked.includes(track))], 'sum'),
  ]
}

/**
 * A gain, and peaks held below the ceiling where it needs to be. The limiter works at four times the rate, so that it
 * sees the peaks between samples, and is given what it holds back at the end.
 */
function loudnessFilters({ gainDb, ceiling }: LoudnessFix, rate: number, samples: number): string[] {
  const gain = gainDb === 0 ? [] : [`volume=${decibels(gainDb)}dB`]
  if (ceiling === null) return gain
  const late = (rate * LOOKAHEAD_MS) / 1000
  return [
    ...gain,
    `apad=pad_len=${2 * late}`,
    `aresample=${RATE_LIMITED}`,
    `alimiter=limit=${(10 ** (ceiling / 20)).toFixed(6)}:attack=${LOOKAHEAD_MS}:release=50:level=0`,
    `aresample=${rate}`,
    `atrim=start_sample=${late}:end_sample=${late + samples}`,
    'asetpts=PTS-STARTPTS',
  ]
}

/**
 * Shorter than anybody hears as a fade: a clip that begins in the middle of a sound would click, and the encoder turns
 * such an edge into peaks up to 3 dB above it.
 */
const EDGE: Ticks = TICKS_PER_SECOND / 200

function fades({ fadeIn, fadeOut }: Pick<MixPlan, 'fadeIn' | 'fadeOut'>, length: Ticks): string[] {
  const [into, out] = [fadeIn, fadeOut].map((fade) => Math.min(Math.max(fade, EDGE), length))
  const seconds = (ticks: Ticks): string => (ticks / TICKS_PER_SECOND).toFixed(6)
  return [`afade=t=in:st=0:d=${seconds(into!)}`, `afade=t=out:st=${seconds(length - out!)}:d=${seconds(out!)}`]
}

function decibels(value: number): string {
  return String(Math.round(value * 100) / 100)
}
