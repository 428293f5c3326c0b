import { basename } from 'node:path'
import type { AudioTrack, TrackRole } from '../../src-shared/contract/media-info.ts'
import type { MontageMusic } from '../../src-shared/contract/montage.ts'
import type { MixPlan } from '../../src-shared/contract/sound.ts'
import { sliceParts } from '../../src-shared/domain/clip-timeline.ts'
import { SHARE_LOUDNESS } from '../../src-shared/domain/sound-mix.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../src-shared/domain/time.ts'
import { writeMusic } from '../adapters/ffmpeg/montage-music.ts'
import type { MontageBed } from '../adapters/ffmpeg/montage-mux.ts'
import { frameTime } from '../adapters/ffmpeg/montage-shot.ts'
import { layStems, measureStem, STEM_RATE, writeStem, type LaidStem } from '../adapters/ffmpeg/montage-stems.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import type { MontagePlan } from '../stages/montage/plan-montage.ts'
import type { MontageClipSource } from './montage-clips.ts'

/** A clip is made this much louder or quieter at most, so that all are about as loud. */
const MOST_LEVELLING_DB = 12

export interface MontageSoundRequest {
  readonly runner: FfmpegRunner
  readonly plan: MontagePlan
  readonly clips: readonly MontageClipSource[]
  /** The file that was chosen, where there is to be music. */
  readonly music: { readonly wish: MontageMusic; readonly file: SourceFile } | null
  readonly temp: () => string
  /** Scratch that is not needed any more. */
  readonly release: (path: string) => Promise<void>
}

/** The sound of a montage as files on its timeline, ready to be mixed; and what is to be said of it. */
export async function makeBeds(
  { runner, plan, clips, music, temp, release }: MontageSoundRequest,
  { signal }: { signal: AbortSignal },
): Promise<{ beds: MontageBed[]; notes: string[] }> {
  const { fps, timeline } = plan
  const total = samplesIn(frameTime(timeline.frames, fps))
  const ducks = music?.wish.duck === true
  const parts = new Map<MontageBed['part'], LaidStem[]>()
  const notes: string[] = []
  for (const sound of timeline.sounds) {
    const { clip, edits, opened, parts: whole } = clips[sound.clip]!
    const span = { start: frameTime(sound.from, fps), end: frameTime(sound.to, fps) }
    const played = sliceParts(whole, span)
    const mixed = await opened.renderer.mix(opened.of, { parts: played, sound: edits.sound }, { signal })
    notes.push(...mixed.notes.map((note) => `“${clip.title}”: ${note}`))
    if (mixed.mix === null) continue
    const stem = { source: opened.file, media: opened.of.media, parts: played }
    const gainDb = edits.sound.normalise ? levelling(await measureStem(runner, stem, mixed.mix, { signal })) : 0
    const lengths = {
      fadeIn: samplesIn(frameTime(sound.fadeIn, fps)),
      fadeOut: samplesIn(frameTime(sound.fadeOut, fps)),
    }
    for (const [part, mix] of groups(mixed.mix, opened.of.media.audio, ducks)) {
      const path = temp()
      await writeStem(runner, stem, mix, path, { signal })
      const at = samplesIn(frameTime(sound.at, fps))
      const laid = {
        path,
        at,
        samples: samplesIn(frameTime(sound.at + sound.to - sound.from, fps)) - at,
        gainDb,
        ...lengths,
      }
      parts.set(part, [...(parts.get(part) ?? []), laid])
    }
  }
  const beds: MontageBed[] = []
  for (const [part, stems] of parts) {
    const path = temp()
    await layStems(path, stems, total, { signal })
    for (const stem of stems) await release(stem.path)
    beds.push({ path, kind: 'stems', gainDb: 0, part })
  }
  if (music !== null) {
    const path = temp()
    const { loudness } = await writeMusic(runner, music.file, total / STEM_RATE, path, { signal })
    const level = loudness.integrated === null ? 0 : SHARE_LOUDNESS.integrated - loudness.integrated
    beds.push({ path, kind: 'music', gainDb: level + music.wish.gainDb, part: ducks ? 'music' : 'rest' })
    notes.push(
      `Music: ${basename(music.file.path)}${loudness.integrated === null ? ', in which nothing is heard' : ''}.`,
    )
  }
  return { beds, notes }
}

/**
 * What goes into which bed. Voices that have tracks of their own are what music goes down for; where they have none, all
 * of the clip is. Without music there is nothing to part, and the clip sounds as it does alone.
 */
function groups(mix: MixPlan, tracks: readonly AudioTrack[], ducks: boolean): [MontageBed['part'], MixPlan][] {
  if (!ducks) return [['rest', mix]]
  const roleOf = (index: number): TrackRole => tracks.find((track) => track.index === index)?.role ?? 'unknown'
  const voices = mix.sources.filter(({ track }) => ['mic', 'chat'].includes(roleOf(track)))
  const music = mix.sources.filter(({ track }) => roleOf(track) === 'music')
  const rest = mix.sources.filter((source) => !voices.includes(source) && !music.includes(source))
  if (voices.length === 0) return [['voices', mix]]
  const all = [
    ['voices', voices],
    ['music', music],
    ['rest', rest],
  ] as const
  return all.flatMap(([part, sources]) =>
    sources.length === 0 ? [] : [[part, { ...mix, sources: [...sources], duck: null }]],
  )
}

function levelling({ integrated }: { integrated: number | null }): number {
  if (integrated === null) return 0
  return Math.max(-MOST_LEVELLING_DB, Math.min(MOST_LEVELLING_DB, SHARE_LOUDNESS.integrated - integrated))
}

function samplesIn(ticks: Ticks): number {
  return Math.round((ticks * STEM_RATE) / TICKS_PER_SECOND)
}
