import { access, constants } from 'node:fs/promises'
import path from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { fromSystemError } from './check-source.ts'
import { inspectEnd } from './containers/inspect-end.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { ffprobeSchema, streamStart, type FfprobeJson } from './ffprobe-json.ts'
import { earliestTimes, firstPacketTime, isUneven, readVideoTimes } from './first-times.ts'
import { pickVideo } from './normalise-video.ts'
import { normaliseProbe } from './normalise-probe.ts'
import { readPackets } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, totalSize, type SourceFile } from './source-file.ts'

/**
 * What is in a recording. Reads the headers, the first packets and, by a few small reads of our own, the file's end.
 * @throws ClutchcutError `input/truncated` (an MP4 without its index), `input/no-streams`, `input/not-media`,
 *   `input/not-found` (it vanished).
 */
export async function probe(
  runner: FfmpegRunner,
  source: SourceFile,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<MediaInfo> {
  const name = path.basename(source.path)
  try {
    const end = await inspectEnd(source).catch((error: unknown) => {
      throw fromSystemError(error, source.path)
    })
    if (end.indexMissing) throw missingIndex(source)
    const [answer, times] = await Promise.all([
      runner.probe([...headerArgs, ...inputArgs(source)], options).then(parseHeaders),
      readVideoTimes(runner, source, options),
    ])
    // MP3 and others say no start; an audio track that begins late may not either.
    const silent = answer.streams.some((stream) => stream.codec_type === 'audio' && streamStart(stream) === null)
    const firstPackets = silent
      ? earliestTimes((await readPackets(runner, source, { first: 600 }, options)).packets)
      : new Map()
    const video = pickVideo(answer.streams)
    const firstVideo = times.frame ?? (video === undefined ? null : firstPacketTime(times.packets, streamStart(video)))
    return normaliseProbe({
      probe: answer,
      format: source.format,
      totalSize: totalSize(source),
      end,
      firstVideo,
      unevenFrames: isUneven(times.packets),
      firstPackets,
      name,
    })
  } catch (error) {
    throw await explain(error, source)
  }
}

const headerArgs = ['-show_format', '-show_streams', '-show_chapters', '-of', 'json']

function parseHeaders(json: string): FfprobeJson {
  return ffprobeSchema.parse(JSON.parse(json))
}

function missingIndex(source: SourceFile): ClutchcutError {
  return new ClutchcutError(
    'input/truncated',
    `${path.basename(source.path)} was never finished: the recorder stopped before it wrote the file's index, so it cannot be read. ` +
      'It can often be repaired with untrunc and a healthy recording made with the same settings. ' +
      'To be safe in future, let OBS record Hybrid MP4 or MKV.',
    { data: { path: source.path, hint: 'untrunc', missing: 'moov' } },
  )
}

/** Says in the input's terms what ffprobe's failure means. */
async function explain(error: unknown, source: SourceFile): Promise<unknown> {
  if (!(error instanceof FfmpegError) || error.code !== 'ffmpeg/failed') return error
  // It may have vanished, or been locked, since it was checked.
  const gone = await access(source.path, constants.R_OK).then(
    () => null,
    (reason: unknown) => fromSystemError(reason, source.path),
  )
  if (gone !== null) return gone
  const text = error.failure.stderr.join('\n')
  const name = path.basename(source.path)
  const options = { data: { path: source.path, ...error.data }, cause: error }
  if (/moov atom not found/.test(text)) return missingIndex(source)
  if (/Unknown input format/.test(text)) {
    return new ClutchcutError(
      'input/unsupported',
      `This build of FFmpeg cannot read ${source.format} files. Install a full build of FFmpeg.`,
      options,
    )
  }
  if (/Cannot allocate memory/.test(text)) {
    return new ClutchcutError('input/refused', `${name} asks for an absurd amount of memory and was refused.`, options)
  }
  return new ClutchcutError(
    'input/not-media',
    `${name} cannot be read as a recording: it is damaged, or cut off near its start.`,
    options,
  )
}
