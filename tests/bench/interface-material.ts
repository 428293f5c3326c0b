import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { createFeaturesFile } from '../../src-main/adapters/features/write-features.ts'
import type { Library } from '../../src-main/adapters/library/open-library.ts'
import { recordingFiles } from '../../src-main/engine/recording-files.ts'
import { ANALYSE_VERSION } from '../../src-main/stages/analyse/analyse.ts'
import type { Marker } from '../../src-shared/contract/markers.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import type { Segment } from '../../src-shared/contract/segment.ts'
import { clipOfSegment } from '../../src-shared/domain/clip.ts'
import type { SignalCurve } from '../../src-shared/domain/signal.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { WAVE_RATE, wavePyramid } from '../../src-shared/domain/waveform.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { seededRandom } from '../helpers/fill-library.ts'
import type { MaterialOptions } from './material.ts'
import { measure } from './measure.ts'

interface LoopOptions {
  readonly minutes: number
  readonly container: 'mp4' | 'mkv'
}

/** A minute over and over, by stream copy, kept between runs. */
export async function loop(minute: string, options: LoopOptions, { ffmpeg, cache }: MaterialOptions): Promise<string> {
  const { minutes, container } = options
  const name = path.basename(minute, path.extname(minute))
  const file = path.join(cache, `${name}-${minutes}.${container}`)
  if (existsSync(file)) return file
  mkdirSync(cache, { recursive: true })
  const format = container === 'mp4' ? 'mp4' : 'matroska'
  await measure(ffmpeg, [
    ...['-y', '-v', 'error', '-nostdin', '-stream_loop', String(minutes - 1), '-i', minute],
    ...['-map', '0', '-c', 'copy', '-f', format, `${file}.part`],
  ])
  renameSync(`${file}.part`, file)
  return file
}

/** The same minute in HEVC, which browsers mostly do not play: what is seen of it is encoded on the way. */
export async function inHevc(minute: string, { ffmpeg, cache }: MaterialOptions): Promise<string> {
  const file = path.join(
    cache,
    `hevc-${createHash('sha256').update(path.basename(minute)).digest('hex').slice(0, 16)}.mkv`,
  )
  if (existsSync(file)) return file
  await measure(ffmpeg, [
    ...['-y', '-v', 'error', '-nostdin', '-i', minute, '-map', '0', '-c:v', 'libx265', '-preset', 'ultrafast'],
    ...['-x265-params', 'log-level=error:keyint=250:min-keyint=250:scenecut=0', '-b:v', '400k', '-c:a', 'copy'],
    ...['-f', 'matroska', `${file}.part`],
  ])
  renameSync(`${file}.part`, file)
  return file
}

/** Puts a file into the library as if it had just been recorded, with what FFmpeg says of it. */
async function add(library: Library, file: string, title: string): Promise<RecordingSummary> {
  const runner = await testRunner()
  const info = await probe(runner, await checkSource(file))
  const saved = library.recordings.save(await recordingFiles().fingerprint(file), Date.now(), { title, game: 'Bench' })
  library.recordings.saveMedia(saved.fingerprint, info)
  library.recordings.setState(saved.fingerprint, 'analysed')
  return library.recordings.get(saved.id)!
}

/** A recording with so many clips to decide about, spread over it. Returns its id. */
export async function addReviewed(library: Library, file: string, title: string, clips: number): Promise<number> {
  const recording = await add(library, file, title)
  saveClips(library, recording, clips)
  return recording.id
}

function saveClips(library: Library, { fingerprint, durationSeconds }: RecordingSummary, count: number): void {
  const apart = (durationSeconds ?? 0) / (count + 1)
  const found = Array.from({ length: count }, (_, i): Segment => {
    const start = (i + 0.5) * apart
    const reasons = [{ signal: 'audio.onset', weight: 1, text: 'Made for the bench' }]
    return {
      start: ticksFromSeconds(start),
      peak: ticksFromSeconds(start + 4),
      end: ticksFromSeconds(start + 12),
      ...{ score: 0.95 - (0.5 * i) / count, selected: true, reasons },
    }
  })
  const clips = found.map((segment) => clipOfSegment(fingerprint, segment, null))
  library.clips.saveFound(fingerprint, clips, Date.now())
}

/** Signals as an analysis keeps them of one track and the picture. */
const signals = [
  ...['audio.rms', 'audio.onset', 'audio.centroid', 'audio.speech', 'audio.highFrequency', 'audio.crest'],
  ...['picture.luma', 'picture.variance', 'picture.histogram', 'picture.blocks', 'picture.saturation', 'packet.rate'],
]

const crowded = { clips: 400, markers: 5000, words: 60_000 }

/**
 * A long recording with all that a timeline can show: waves, curves, scores, chat, markers, words and clips. Written
 * into the library as an analysis would leave it, without one: nobody waits for hours of video. Returns its id.
 */
export async function addLong(library: Library, file: string, title: string): Promise<number> {
  const recording = await add(library, file, title)
  const { fingerprint, durationSeconds } = recording
  const seconds = durationSeconds ?? 0
  const slots = Math.ceil(seconds * 2)
  const random = seededRandom(7)
  const wander = (): Float32Array => {
    let value = 0
    return Float32Array.from({ length: slots }, () => (value = 0.95 * value + (random() - 0.5) * 2))
  }
  const curves = signals.map((id): SignalCurve => {
    const z = wander()
    const track = id.startsWith('audio') ? 0 : null
    return { id, track, unit: 'dB', values: z.map((value) => value * 5 - 30), z, valid: new Uint8Array(slots).fill(1) }
  })
  const level = new Uint8Array(2 * Math.ceil(seconds * WAVE_RATE)).map(() => 20 + 200 * random() ** 3)
  const writer = await createFeaturesFile({
    folder: library.folder.features,
    name: `${fingerprint}-${ANALYSE_VERSION}.features`,
  })
  const duration = ticksFromSeconds(seconds)
  const waves = [{ track: 0, levels: wavePyramid(level) }]
  const kept = await writer.finish({ slots, duration, cuts: [], curves, waves })
  library.features.save({ fingerprint, version: ANALYSE_VERSION, ...kept, lastUsedAt: Date.now() })

  const markers = Array.from({ length: crowded.markers }, (_, i): Marker => {
    const start = (i + random()) * (seconds / crowded.markers)
    const end = i % 50 === 0 ? start + 30 * random() : start
    return { start, end, kind: 'hotkey', label: `Marker ${i + 1}`, weight: 1 }
  })
  library.analyses.save(fingerprint, {
    scores: wander().map((value) => 1 / (1 + Math.exp(3 - 1.5 * value))),
    chatRate: wander().map((value) => Math.max(0, 30 + 12 * value)),
    markers: markers.toSorted((a, b) => a.start - b.start),
    madeAt: Date.now(),
  })
  const words = 'and then he came around the corner with one bullet left what a shot no way'.split(' ')
  const perLine = 6
  const lines = Array.from({ length: crowded.words / perLine }, (_, i) => {
    const start = i * perLine * (seconds / crowded.words)
    const text = Array.from({ length: perLine }, () => words[Math.floor(random() * words.length)]).join(' ')
    return {
      start: ticksFromSeconds(start),
      end: ticksFromSeconds(start + 0.8 * perLine * (seconds / crowded.words)),
      text,
    }
  })
  library.transcripts.replace(fingerprint, lines)
  saveClips(library, recording, crowded.clips)
  return recording.id
}
