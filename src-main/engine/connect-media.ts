import { basename, extname, join } from 'node:path'
import { ClutchcutError, errorCodes, toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MediaAnswer, MediaRequest } from '../../src-shared/contract/media-answer.ts'
import type { Playback, PlaybackRequest } from '../../src-shared/contract/playback.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { probe } from '../adapters/ffmpeg/probe.ts'
import { answerFile } from '../adapters/files/answer-file.ts'
import { createStillCache } from '../adapters/stills/still-cache.ts'
import { assertSourceUnchanged } from '../jobs/source-unchanged.ts'
import { createPieces } from '../stages/playback/pieces.ts'
import { createTurns } from '../stages/stills/turns.ts'
import { connectProxy, type ConnectProxyOptions, type Playable } from './connect-proxy.ts'
import type { RecordingFiles } from './recording-files.ts'

export interface ConnectMediaOptions extends ConnectProxyOptions {
  readonly files: Pick<RecordingFiles, 'stat'>
}

/** What people look at: recordings, renders, and proxies of what their browser cannot play. */
export interface Media {
  playback(request: PlaybackRequest, signal: AbortSignal | undefined): Promise<Playback>
  /** Never throws: what fails is answered with the error. Aborting ends work that nobody else waits for. */
  answer(request: MediaRequest, signal: AbortSignal): Promise<MediaAnswer>
  close(): Promise<void>
}

/** Some 40 minutes of encoded 1080p60. */
export const PLAYBACK_BYTES = 2 * 1024 * 1024 * 1024
const atATime = 2

export function connectMedia(options: ConnectMediaOptions): Media {
  const { library, platform } = options
  const cache = createStillCache({
    folder: join(library.folder.root, 'playback'),
    maxBytes: PLAYBACK_BYTES,
    onProblem: (problem) => options.log(`A piece of a proxy was not kept. ${String(problem)}`),
  })
  const pieces = createPieces({ cache, atOnce: atATime, turns: createTurns(atATime) })
  const proxy = connectProxy(options)

  function recordingOf(id: number): RecordingSummary {
    const recording = library.recordings.get(id)
    if (recording !== undefined) return recording
    throw new ClutchcutError('library/not-found', `There is no recording ${id} in the library.`, { data: { id } })
  }

  /** Looked at once more, where it is in the library without anyone having done so. */
  async function playableOf(id: number, signal?: AbortSignal): Promise<Playable> {
    const recording = recordingOf(id)
    const source = await checkSource(recording.path, { platform })
    await assertSourceUnchanged(recording, options.files.stat)
    if (recording.media !== null) return { recording, source, media: recording.media }
    const media = await probe(await options.runner(), source, { signal })
    library.recordings.saveMedia(recording.fingerprint, media)
    return { recording, source, media }
  }

  async function answerRender(request: MediaRequest, id: number): Promise<MediaAnswer> {
    const render = library.renders.get(id)
    if (render === undefined) {
      throw new ClutchcutError('library/not-found', `There is no rendered file ${id} in the library.`, { data: { id } })
    }
    const info = await options.files.stat(render.path)
    return answerFile(request, { path: render.path, type: 'video/mp4', tag: `${info.size}-${info.mtimeMs}` })
  }

  async function route(request: MediaRequest, signal: AbortSignal): Promise<MediaAnswer> {
    const { pathname, searchParams } = new URL(request.path, 'media://host')
    const [, root, what, ...rest] = pathname.split('/')
    const [id, second, third] = rest.map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : Number.NaN))
    if (root !== 'media' || id === undefined || rest.some((part) => !/^\d{1,15}$/.test(part))) throw nothingThere()
    if (request.method !== 'GET' && request.method !== 'HEAD') throw nothingThere()
    if (what === 'recording' && rest.length === 1) {
      const recording = recordingOf(id)
      const { size, mtimeMs } = await options.files.stat(recording.path)
      // The path alone does not make it that recording.
      if (size !== recording.size) await assertSourceUnchanged(recording, options.files.stat)
      const type = mimeType(recording)
      return answerFile(request, {
        path: recording.path,
        type,
        tag: `${recording.fingerprint.slice(0, 32)}-${mtimeMs}`,
      })
    }
    if (what === 'render' && rest.length === 1) return answerRender(request, id)
    if (what === 'video' && rest.length === 2 && second !== undefined) {
      const encodeAll = searchParams.get('encode') === '1'
      return piece(request, proxy.video(await playableOf(id, signal), encodeAll), second, signal)
    }
    if (what === 'sound' && rest.length === 3 && second !== undefined && third !== undefined) {
      return piece(request, proxy.sound(await playableOf(id, signal), second), third, signal)
    }
    throw nothingThere()
  }

  async function piece(
    { method }: MediaRequest,
    track: Parameters<typeof pieces.get>[0],
    n: number,
    signal: AbortSignal,
  ): Promise<MediaAnswer> {
    if (n >= track.total) throw nothingThere()
    const headers = { 'Content-Type': 'video/mp4', 'Cache-Control': 'no-store' }
    if (method === 'HEAD') return { status: 200, headers, body: null }
    const bytes = await pieces.get(track, n, signal)
    return {
      status: 200,
      headers: { ...headers, 'Content-Length': String(bytes.length) },
      body: { kind: 'bytes', bytes },
    }
  }

  return {
    async playback(request, signal) {
      return proxy.playback(await playableOf(request.id, signal), request)
    },
    async answer(request, signal) {
      try {
        return await route(request, signal)
      } catch (thrown) {
        const { code, message } = toClutchcutError(thrown)
        if (code === 'internal') options.log(`Could not answer a request for media. ${message}`)
        const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }
        const bytes = new TextEncoder().encode(JSON.stringify({ error: { code, message } }))
        return {
          status: errorCodes[code].status,
          headers,
          body: request.method === 'HEAD' ? null : { kind: 'bytes', bytes },
        }
      }
    },
    close: () => pieces.close(),
  }
}

function nothingThere(): ClutchcutError {
  return new ClutchcutError('library/not-found', 'There is nothing to play at this address.')
}

const types: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  // Chromium plays what is in them, but knows no QuickTime.
  '.mov': 'video/mp4',
  '.mkv': 'video/x-matroska',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.aac': 'audio/aac',
}

function mimeType({ path }: RecordingSummary): string {
  return types[extname(basename(path)).toLowerCase()] ?? 'application/octet-stream'
}
