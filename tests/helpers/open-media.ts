import { connectMedia, type Media } from '../../src-main/engine/connect-media.ts'
import { recordingFiles } from '../../src-main/engine/recording-files.ts'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import type { RunnerEvent } from '../../src-main/adapters/ffmpeg/runner.ts'
import { openLibrary, type Library } from '../../src-main/adapters/library/open-library.ts'
import type { MediaAnswer } from '../../src-shared/contract/media-answer.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import { testRunner } from './ffmpeg.ts'

/** Media over a library of its own, without an engine. */
export interface OpenedMedia {
  readonly media: Media
  readonly library: Library
  /** Every FFmpeg that was started and ended. */
  readonly events: RunnerEvent[]
  /** Told of each of them as it happens. */
  onEvent: (event: RunnerEvent) => void
  /** Puts a file into the library. */
  add(file: string): Promise<{ id: number; info: MediaInfo }>
  get(path: string, headers?: Record<string, string>, signal?: AbortSignal): Promise<MediaAnswer>
  close(): Promise<void>
}

export async function openMedia(dataDir: string): Promise<OpenedMedia> {
  const library = openLibrary(dataDir)
  const events: RunnerEvent[] = []
  const runner = await testRunner({
    onEvent(event) {
      events.push(event)
      opened.onEvent(event)
    },
  })
  const files = recordingFiles()
  const media = connectMedia({
    library,
    files,
    platform: process.platform,
    machine: async () => 'test',
    runner: async () => runner,
    log: () => {},
  })
  const opened: OpenedMedia = {
    media,
    library,
    events,
    onEvent: () => {},
    async add(file) {
      const info = await probe(runner, await checkSource(file))
      const { id, fingerprint } = library.recordings.save(await files.fingerprint(file), Date.now())
      library.recordings.saveMedia(fingerprint, info)
      return { id, info }
    },
    get: (path, headers = {}, signal = new AbortController().signal) =>
      media.answer({ method: 'GET', path, headers }, signal),
    async close() {
      await media.close()
      library.close()
    },
  }
  return opened
}
