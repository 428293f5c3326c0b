import { basename, resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import { analysisDocument } from './documents.ts'
import { createProgressLine } from './progress-line.ts'
import { formatMoments } from './moments.ts'
import { withEngine, type Engine } from './with-engine.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { chatSpecOf } from './chat-option.ts'
import { markersSpecOf, type MarkersOptions } from './markers-option.ts'
import { runSpec } from './run-spec.ts'

export interface AnalyzeOptions extends CommonOptions, MarkersOptions {
  top?: number
  device: JobSpec['device']
  cache: boolean
  chat?: string
  chatOffset?: number
  dumpFeatures?: string
}

export async function analyzeFile(file: string, options: AnalyzeOptions, context: ProgramContext): Promise<void> {
  if (options.dumpFeatures !== undefined) return dumpFeatures(file, options.dumpFeatures, options, context)
  await withEngine(options, async (engine: Engine) => {
    const spec = {
      kind: 'analyze',
      path: file,
      device: options.device,
      useCache: options.cache,
      top: options.top ?? null,
      chat: chatSpecOf(options),
      markers: markersSpecOf(options),
    } as const
    const outcome = await runSpec(engine, spec, context.signal)
    if (outcome.kind === 'failed') throw outcome.error
    if (outcome.kind === 'needs-input') {
      throw new ClutchcutError('job/needs-input', outcome.message, { data: outcome.data })
    }
    const document = analysisDocument(outcome.result)
    if (options.json) printJson(document)
    else printText(`${basename(file)}\n${formatMoments(document)}`)
  })
}

async function dumpFeatures(
  file: string,
  folder: string,
  { device, ...options }: AnalyzeOptions,
  { version, signal }: ProgramContext,
): Promise<void> {
  await withEngine(options, async (engine) => {
    const line = createProgressLine(process.stderr)
    const onProgress = (fraction: number): void =>
      line.show(basename(file), {
        stage: 'analyse',
        ...{ fraction, stageFraction: fraction },
        ...{ etaSeconds: null, stageEtaSeconds: null, waitingFor: null },
      })
    const request = { path: resolve(file), folder: resolve(folder), device, program: version, signal, onProgress }
    const document = await engine.dumpFeatures(request).finally(() => line.clear())
    if (options.json) printJson(document)
    else printText(`${folder}: ${document.slots} half seconds, ${document.pictureTimes.length} pictures`)
  })
}
