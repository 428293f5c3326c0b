import { mediaInfoSchema } from '../../src-shared/contract/media-info.ts'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import {
  deviceUseSchema,
  modelRefSchema,
  scoresSchema,
  segmentSchema,
  type ModelRef,
} from '../../src-shared/contract/segment.ts'
import { z } from 'zod'
import { sensitivityOf } from '../../src-shared/domain/sensitivity.ts'
import { checkSoundWish } from '../../src-shared/domain/sound-wish.ts'
import { readCaptions } from '../adapters/captions/read-captions.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { probe } from '../adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import { checkFolder } from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { PipelineStages } from '../jobs/run-pipeline.ts'
import { checkRenderable } from '../stages/render/plan-render.ts'
import type { LearnedTaste } from '../stages/select/apply-learning.ts'
import { decoderSettings } from '../stages/select/decoder-settings.ts'
import { selectSegments } from '../stages/select/select-segments.ts'
import { askWhy } from './ask-why.ts'
import { connectAnalysis } from './connect-analysis.ts'
import { connectChat, type Chat } from './connect-chat.ts'
import { connectMarkers } from './connect-markers.ts'
import { connectRender } from './connect-render.ts'
import { connectImport } from './connect-import.ts'
import { connectLearning } from './connect-learning.ts'
import { connectMontageStage } from './connect-montage-stage.ts'
import type { LayoutFinder } from './connect-layout.ts'
import type { Inference } from './inference.ts'
import type { Analysis } from './measure.ts'
import type { RecordingFiles } from './recording-files.ts'

export type { Analysis } from './measure.ts'

/** Each grows with every change that makes the stage's results differ; kept results of older ones are left alone. */
const versions = { probe: 1, score: 2, select: 3, montage: 2 }

export interface ConnectStagesOptions {
  library: Library
  files: RecordingFiles
  inference: Inference
  platform: NodeJS.Platform
  /** Changes when a graphics driver does. */
  machine: () => Promise<string>
  owner: ProcessIdentity
  log: (warning: string) => void
  /** Where the fonts of captions lie. */
  fonts: string
  layouts: LayoutFinder
  runner: () => Promise<FfmpegRunner>
  /** Told of each file that was made, at once: the recording that it is of, or null for a montage. */
  onFile?: (recordingId: number | null) => void
}

const scoreResultSchema = z.object({ scores: scoresSchema, model: modelRefSchema, device: deviceUseSchema })

/** The stages of the pipeline over the real adapters. */
export function connectStages(options: ConnectStagesOptions): PipelineStages<Analysis, Chat> {
  const { library, inference, platform } = options
  const source = (recording: Pick<Recording, 'path'>) => checkSource(recording.path, { platform })
  const analysis = connectAnalysis({ ...options, source })
  const chats = connectChat()
  const markings = connectMarkers()
  const learning = connectLearning(library, inference.scorer.model)
  /** How many moments, and how sure, as the settings say. */
  const wishes = (): { perHour: number; threshold: number } => {
    const { sensitivity, clipsPerHour } = library.settings.get()
    return sensitivityOf(sensitivity, { threshold: decoderSettings.threshold, perHour: clipsPerHour })
  }
  let taste: LearnedTaste | null = null
  let unexplained = false
  return {
    importRecording: connectImport(options),

    probe: {
      version: versions.probe,
      options: () => null,
      parse: (kept) => mediaInfoSchema.parse(kept),
      run: async (recording, { signal }) => probe(await options.runner(), await source(recording), { signal }),
    },

    analyse: analysis.stage,

    score: {
      version: versions.score,
      heavy: true,
      options: ({ device }) => ({ device, model: inference.scorer.model }),
      parse: (kept) => scoreResultSchema.parse(kept),
      // What the signals scored in place of a model that failed is not kept for the day it works again.
      usable: async ({ model }) => isSameModel(model, inference.scorer.model),
      async run({ recording, media, analysis: analysed }, { signal, job, onProgress }) {
        const { scorer } = inference
        const input = await analysis.read(recording, analysed)
        const roles = media.audio.map((track) => track.role)
        try {
          const { signals, mel, pictures } = input
          const scoring = { device: job.spec.device, signal, onProgress }
          const { scores, model, device } = await scorer.score({ signals, mel, pictures, roles }, scoring)
          return { scores: { rate: 2, values: Array.from(scores) }, model, device }
        } finally {
          await input.close()
        }
      },
    },

    chat: chats.stage,
    checkChat: chats.check,
    markers: markings.stage,

    select: {
      version: versions.select,
      // Who asks a model why needs as much as who asks it how good.
      heavy: inference.scorer.explain !== undefined,
      options({ top }) {
        unexplained = false
        // What the key says is what is used, whatever somebody decides meanwhile.
        taste = learning.taste()
        const { perHour, threshold } = wishes()
        const told = { top, perHour, ...(threshold !== decoderSettings.threshold && { threshold }) }
        return { ...told, ...(taste !== null && { learned: taste }) }
      },
      parse: (kept) => z.array(segmentSchema).parse(kept),
      // Reasons that the model could not give are not kept for the day it can.
      usable: async () => !unexplained,
      async run({ recording, analysis: analysed, scored, chat, markers }, { job, signal }) {
        const roles =
          library.recordings.byFingerprint(recording.fingerprint)?.media?.audio.map(({ role }) => role) ?? []
        const settings = { ...decoderSettings, ...wishes() }
        const isModels = isSameModel(scored.model, inference.scorer.model)
        const marked = markers === null ? null : markings.marks(markers)
        const added = [...(chat === null ? [] : chats.curves(chat)), ...(marked === null ? [] : [marked.curve])]
        const { scores } = scored
        const { duration, cuts } = analysed
        const { signals, mel, pictures, close } = await analysis.read(recording, analysed)
        const scorer = isModels ? inference.scorer : {}
        const asking = { scores: scores.values, duration, settings, signal }
        const asked = askWhy(scorer, { signals, mel, pictures, roles }, asking)
        try {
          await asked
        } finally {
          await close()
        }
        const { causes, warning } = await asked
        if (warning !== null) options.log(warning)
        unexplained = warning !== null
        return selectSegments(
          {
            ...{ scores, roles, duration, cuts, causes },
            signals: { ...signals, curves: [...signals.curves, ...added] },
            marks: marked?.marks ?? [],
            top: job.spec.top,
            // It was learned from what this model says; the signals that stand in for it say something else.
            learned: isModels ? taste : null,
          },
          settings,
        )
      },
    },

    async checkRenderable(media, spec) {
      checkRenderable(media)
      checkSoundWish(spec.sound ?? null, media.audio)
      // What is wrong with it is better said now than after the analysis.
      if (spec.captions?.path != null) await readCaptions(spec.captions.path)
      if (spec.outputFolder !== null) await checkFolder(spec.outputFolder)
    },

    montage: { version: versions.montage, ...connectMontageStage(options) },
    render: connectRender({ ...options, sourceOf: source }),
  }
}

function isSameModel(a: ModelRef, b: ModelRef): boolean {
  return a.id === b.id && a.version === b.version
}
