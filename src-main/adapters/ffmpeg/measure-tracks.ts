import type { Readable } from 'node:stream'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { LISTEN_RATE, type HeardWindow } from '../../../src-shared/domain/sound-tracks.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { secondsDown } from './output-args.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/** Long enough for a few words. */
export const WINDOW: Ticks = 2 * TICKS_PER_SECOND
const MAX_WINDOWS = 6

/**
 * Where to listen, on the recording's timeline: in the middle of the clips, since that is what is rendered, and spread
 * over the rest. Pure.
 */
export function listeningPlaces(
  duration: Ticks | null,
  clips: readonly { readonly start: Ticks; readonly end: Ticks }[],
): Ticks[] {
  const step = Math.max(1, Math.ceil(clips.length / (MAX_WINDOWS - 2)))
  const inClips = clips
    .filter((_, i) => i % step === 0)
    .map(({ start, end }) => Math.max(start, Math.round((start + end - WINDOW) / 2)))
  const last = Math.max(0, (duration ?? 0) - WINDOW)
  const count = Math.min(MAX_WINDOWS - inClips.length, Math.ceil((duration ?? 1) / WINDOW))
  const spread = Array.from({ length: count }, (_, i) => Math.round((last * (i + 0.5)) / count))
  // The same sound twice says nothing more.
  const isApart = (kept: readonly Ticks[], place: Ticks): boolean =>
    kept.every((one) => Math.abs(place - one) >= WINDOW)
  const places: Ticks[] = []
  for (const place of [...inClips, ...spread]) if (isApart(places, place)) places.push(place)
  return places.toSorted((a, b) => a - b)
}

/**
 * A few seconds of every track at the given places, mono, at `LISTEN_RATE`, below 1 kHz, in step with each other. Places that cannot
 * be read are left out. Memory: places × tracks × 64 KB.
 */
export async function hearTracks(
  runner: Pick<FfmpegRunner, 'spawn'>,
  source: SourceFile,
  media: Pick<MediaInfo, 'audio' | 'origin'>,
  places: readonly Ticks[],
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<HeardWindow[]> {
  const windows: HeardWindow[] = []
  for (const place of places) {
    try {
      const running = runner.spawn(hearArgs(source, media, place), { pipes: media.audio.length, signal })
      const heard = await Promise.all(running.pipes.map(readSamples))
      await running.done
      windows.push({ tracks: media.audio.map(({ index }, i) => ({ track: index, samples: heard[i]! })) })
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof FfmpegError) || error.code !== 'ffmpeg/failed') throw error
    }
  }
  return windows
}

/** Pure. Silence stands where a track has not begun, or has a hole, so that all of them stay in step. */
export function hearArgs(
  source: SourceFile,
  { audio, origin }: Pick<MediaInfo, 'audio' | 'origin'>,
  place: Ticks,
): string[] {
  const length = secondsDown(WINDOW)
  return [
    ...['-seek_timestamp', '1', '-ss', secondsDown(place + origin)],
    ...inputArgs(source),
    ...audio.flatMap(({ streamIndex }, i) => [
      ...['-map', `0:${streamIndex}`, '-af', `aresample=${LISTEN_RATE}:async=1:first_pts=0,lowpass=f=1000`, '-ac', '1'],
      ...['-t', length, '-c:a', 'pcm_f32le', '-f', 'f32le', `pipe:${i + 3}`],
    ]),
  ]
}

async function readSamples(pipe: Readable): Promise<Float32Array> {
  const limit = (LISTEN_RATE * WINDOW) / TICKS_PER_SECOND
  const samples = new Float32Array(limit)
  const bytes = new Uint8Array(samples.buffer)
  let at = 0
  for await (const chunk of pipe) {
    const piece = (chunk as Buffer).subarray(0, bytes.length - at)
    bytes.set(piece, at)
    at += piece.length
  }
  return samples.subarray(0, at >> 2)
}
