import { writeFile } from 'node:fs/promises'
import type { MixPlan } from '../../../src-shared/contract/sound.ts'
import { ptsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'
import { alignTracks, showFor } from './align-tracks.ts'
import { fitLoudness, measureMix } from './measure-loudness.ts'
import { musicInput } from './montage-music.ts'
import { STEM_RATE } from './montage-stems.ts'
import { metadataArgs, mp4Output } from './output-args.ts'
import type { FfmpegRunner } from './runner.ts'
import { soundGraph, type LoudnessFix } from './sound-graph.ts'
import { fileUrl } from './source-file.ts'

/** Sound of a montage; each bed as long as it is, but for music, which is repeated. */
export interface MontageBed {
  readonly path: string
  readonly kind: 'stems' | 'music'
  readonly gainDb: number
  /** It goes down under voices, and which beds are voices. */
  readonly part: 'music' | 'voices' | 'rest'
}

export interface MontageChapter {
  readonly start: Ticks
  readonly end: Ticks
  readonly title: string
}

export interface MontageParts {
  /** The picture, as `makeMontagePicture` leaves it. */
  readonly picture: string
  readonly beds: readonly MontageBed[]
  readonly length: Ticks
  /** Of the end, over which music goes. */
  readonly fadeOut: Ticks
  readonly loudness: MixPlan['loudness']
  readonly chapters: readonly MontageChapter[]
  readonly title: string
}

/**
 * Puts picture, sound and chapters together. The picture is taken as it is; sound is mixed, brought to its loudness as a
 * whole, and encoded once. `scratch` may be used meanwhile. Returns what is to be said of it.
 * @throws FfmpegError
 */
export async function muxMontage(
  runner: FfmpegRunner,
  parts: MontageParts,
  { output, scratch }: { output: string; scratch: string },
  { signal, onProgress }: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<string[]> {
  const notes: string[] = []
  let fix: LoudnessFix = { gainDb: 0, ceiling: null }
  if (parts.beds.length > 0 && parts.loudness !== null) {
    const inputs = parts.beds.flatMap(bedInput)
    const fitted = await fitLoudness(
      (trial) => measureMix(runner, inputs, mixGraph(parts, 0, trial), mixOf(parts), { fix: trial, signal }),
      parts.loudness,
    )
    fix = fitted.fix
    if (fitted.note !== null) notes.push(fitted.note)
  }
  onProgress(0.5)
  if (parts.chapters.length > 0) await writeFile(scratch, chapterFile(parts.chapters))
  await runner.run(muxArgs(parts, fix, { output, scratch }), { signal })
  await showFor(output, parts.length)
  await alignTracks(output, { editLists: true })
  onProgress(1)
  return notes
}

/** Pure. */
export function muxArgs(
  parts: MontageParts,
  fix: LoudnessFix,
  { output, scratch }: { output: string; scratch: string },
): string[] {
  const { beds, chapters, title } = parts
  const sound = mixGraph(parts, 1, fix)
  return [
    ...['-protocol_whitelist', 'file', '-f', 'mov', '-i', fileUrl(parts.picture)],
    ...beds.flatMap(bedInput),
    ...(chapters.length === 0 ? [] : ['-protocol_whitelist', 'file', '-f', 'ffmetadata', '-i', fileUrl(scratch)]),
    ...(beds.length === 0 ? [] : ['-filter_complex', sound.graph]),
    ...['-map', '0:v:0', '-c:v', 'copy'],
    ...(beds.length === 0
      ? ['-an']
      : ['-map', `[${sound.output}]`, '-c:a', 'aac', '-b:a', String(BIT_RATE), '-ar', String(STEM_RATE)]),
    ...metadataArgs({ title, comment: '' }, chapters.length === 0 ? null : beds.length + 1),
    ...mp4Output(output),
  ]
}

const BIT_RATE = 192_000

function bedInput({ path, kind }: MontageBed): string[] {
  if (kind === 'music') return ['-stream_loop', '-1', ...musicInput(path)]
  const format = ['-f', 'f32le', '-ar', String(STEM_RATE), '-ac', '2']
  return ['-protocol_whitelist', 'file', ...format, '-i', fileUrl(path)]
}

/** All beds as one track, music under the voices. `first`: of the command line's inputs, the first bed's. */
function mixGraph(parts: MontageParts, first: number, fix: LoudnessFix | null): { graph: string; output: string } {
  const inputs = parts.beds.map((_, i) => ({ track: i, label: `${first + i}:a`, channels: 2 }))
  return soundGraph(mixOf(parts), inputs, { length: parts.length, fix })
}

function mixOf({ beds, loudness, fadeOut }: MontageParts): MixPlan {
  const of = (part: MontageBed['part']): number[] => beds.flatMap((bed, i) => (bed.part === part ? [i] : []))
  const [music, speech] = [of('music'), of('voices')]
  return {
    action: 'mix',
    sources: beds.map(({ gainDb }, track) => ({ track, gainDb })),
    duck: music.length > 0 && speech.length > 0 ? { music, speech } : null,
    bleeps: [],
    fadeIn: 0,
    fadeOut,
    loudness,
    codec: 'aac',
    bitRate: BIT_RATE,
    sampleRate: STEM_RATE,
  }
}

/** Chapters in FFmpeg's own format, which escapes what it gives a meaning to. Pure. */
export function chapterFile(chapters: readonly MontageChapter[]): string {
  const unit = { num: 1, den: 1_000_000 }
  const escaped = (text: string): string => text.replace(/[\p{Cc}]+/gu, ' ').replace(/[=;#\\]/g, String.raw`\$&`)
  return [
    ';FFMETADATA1',
    ...chapters.flatMap(({ start, end, title }) => [
      '[CHAPTER]',
      'TIMEBASE=1/1000000',
      `START=${ptsFromTicks(start, unit)}`,
      `END=${ptsFromTicks(end, unit)}`,
      `title=${escaped(title)}`,
    ]),
    '',
  ].join('\n')
}
