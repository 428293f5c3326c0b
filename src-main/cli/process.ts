import { basename, resolve } from 'node:path'
import type { CutMode } from '../../src-shared/contract/clip.ts'
import type { ProcessDocument } from '../../src-shared/contract/documents.ts'
import { ClutchcutError, errorCodes, exitCodeOf, isErrorCode } from '../../src-shared/contract/errors.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import { processedRecording } from './documents.ts'
import { formatClips } from './moments.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { writeThumbnails } from './thumbnails.ts'
import { chatSpecOf } from './chat-option.ts'
import { markersSpecOf, type MarkersOptions } from './markers-option.ts'
import { renderSpecOf, type RenderOptions } from './render-options.ts'
import { runSpec } from './run-spec.ts'
import { soundWishOf, type SoundOptions } from './sound-option.ts'
import { withEngine } from './with-engine.ts'

export interface ProcessOptions extends CommonOptions, MarkersOptions, RenderOptions, SoundOptions {
  out?: string
  top?: number
  cut?: CutMode
  name?: string
  device: JobSpec['device']
  cache: boolean
  chat?: string
  chatOffset?: number
  thumbnails?: boolean
}

/** One recording after the other; one that fails does not stop the next. */
export async function processFiles(files: string[], options: ProcessOptions, context: ProgramContext): Promise<void> {
  if (options.chatOffset !== undefined && files.length > 1) {
    throw new ClutchcutError('usage', '--chat-offset is the offset of one recording: process them one by one.')
  }
  if (Array.isArray(options.markers) && files.length > 1) {
    throw new ClutchcutError(
      'usage',
      '--markers are those of one recording: process them one by one, or lay each file of markers beside its recording as NAME.markers.csv.',
    )
  }
  if (options.captions !== undefined && files.length > 1) {
    throw new ClutchcutError('usage', '--captions are those of one recording: process them one by one.')
  }
  if (options.bleep !== undefined && files.length > 1) {
    throw new ClutchcutError('usage', '--bleep is about one recording: process them one by one.')
  }
  const sound = await soundWishOf(options)
  await withEngine(options, async (engine) => {
    const settings = engine.api.settings.get()
    const outputFolder = options.out ?? settings.outputFolder
    const document: ProcessDocument = { version: 1, recordings: [], failures: [] }
    for (const file of files) {
      const spec = {
        kind: 'process',
        path: file,
        device: options.device,
        useCache: options.cache,
        top: options.top ?? null,
        chat: chatSpecOf(options),
        markers: markersSpecOf(options),
        outputFolder: outputFolder === null ? null : resolve(outputFolder),
        cut: options.cut ?? settings.cut,
        nameTemplate: options.name ?? settings.nameTemplate,
        ...renderSpecOf(options, settings),
        sound,
      } as const
      const outcome = await runSpec(engine, spec, context.signal)
      if (outcome.kind === 'done') {
        const recording = processedRecording(outcome.result)
        if (options.thumbnails) await writeThumbnails(engine, outcome.result, recording, context.signal)
        document.recordings.push(recording)
        if (!options.json) printText(`${basename(file)}\n${formatClips(recording)}`)
      } else {
        const { code, message } =
          outcome.kind === 'failed'
            ? outcome.error
            : new ClutchcutError('job/needs-input', outcome.message, { data: outcome.data })
        document.failures.push({ path: file, code, message })
        process.stderr.write(`clutchcut: ${basename(file)}: ${message}\n`)
      }
    }
    if (options.json) printJson(document)
    process.exitCode = exitCodeOfAll(document)
  })
}

/** 0 when all went well, 5 when some of several failed, else the failures' own code (1 when they differ). */
export function exitCodeOfAll({ recordings, failures }: ProcessDocument): number {
  const codes = new Set(failures.map(({ code }) => (isErrorCode(code) ? errorCodes[code].exit : 1)))
  if (codes.size === 0) return 0
  if (recordings.length > 0) return 5
  const [only] = codes
  return codes.size === 1 && only !== undefined ? only : exitCodeOf(new ClutchcutError('internal', ''))
}
