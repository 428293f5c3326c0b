import type { ChatReport } from '../../src-shared/contract/chat.ts'
import type { Clip, Render } from '../../src-shared/contract/clip.ts'
import type { MarkersReport } from '../../src-shared/contract/markers.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { MontageFile } from '../../src-shared/contract/montage.ts'
import type { Fingerprint, Recording } from '../../src-shared/contract/recording.ts'
import type { DeviceUse, ModelRef, Scores, Segment } from '../../src-shared/contract/segment.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { stageNames, type JobSpec, type StageName } from '../../src-shared/contract/job.ts'
import { clipOfSegment, type NewClip } from '../../src-shared/domain/clip.ts'
import { secondsFromTicks, type Ticks } from '../../src-shared/domain/time.ts'
import {
  runStage,
  runUnkept,
  skipStage,
  waitForSlot,
  type JobRun,
  type StageContext,
  type StageStep,
} from './run-stage.ts'

/** What the pipeline itself needs to know of an analysis; the rest goes from analyse to score and select unread. */
export interface AnalysisLike {
  readonly duration: Ticks
  readonly warnings: readonly string[]
}

export interface ScoreResult {
  readonly scores: Scores
  readonly model: ModelRef
  readonly device: DeviceUse
}

/** What a chat makes of the scores; the rest goes to select unread. */
export interface ChatResult {
  readonly scores: Scores
  readonly report: ChatReport
}

/** What may mark the recording, read; only the stage itself looks into it. */
export interface FoundMarkers {
  readonly warnings: readonly string[]
}

/** What markers make of the scores; the rest goes to select unread. */
export interface MarkersResult {
  readonly scores: Scores
  readonly report: MarkersReport
}

/** Reads markers before the recording is analysed, and adds what they say once it is scored. */
export interface MarkersStage extends StageStep<{ media: MediaInfo; scored: ScoreResult }, MarkersResult> {
  /** Null where nothing marks the recording: then the stage does not run. Throws where a file that was named cannot be used. */
  find(media: MediaInfo, spec: JobSpec, context: { signal: AbortSignal }): Promise<FoundMarkers | null>
}

export interface RenderedClip {
  /** Position among the segments; of a render job, among the clips that it was given. */
  readonly segment: number
  readonly clip: Clip
  readonly renders: readonly Render[]
}

/** The stages, each as a plain function with its version; connected by a composition root. */
export interface PipelineStages<Analysis extends AnalysisLike, Chat extends ChatResult = ChatResult> {
  importRecording(path: string, context: { signal: AbortSignal }): Promise<Recording>
  probe: StageStep<Recording, MediaInfo>
  analyse: StageStep<{ recording: Recording; media: MediaInfo }, Analysis>
  score: StageStep<{ recording: Recording; media: MediaInfo; analysis: Analysis }, ScoreResult>
  /** Adds what a chat says to the scores. Runs only where the job names a chat, and needs none of it otherwise. */
  chat: StageStep<{ recording: Recording; media: MediaInfo; scored: ScoreResult }, Chat>
  markers?: MarkersStage
  select: StageStep<
    {
      recording: Recording
      analysis: Analysis
      scored: ScoreResult
      chat: Chat | null
      markers: MarkersResult | null
    },
    Segment[]
  >
  /** Throws when the chat that the job names cannot be used: better said before the recording is analysed. */
  checkChat?(media: MediaInfo, spec: JobSpec, context: { signal: AbortSignal }): Promise<void>
  /**
   * Throws when clips of this recording cannot be rendered at all, or not into that folder: better said before the
   * recording is analysed. Creates nothing.
   */
  checkRenderable?(media: MediaInfo, spec: JobSpec): void | Promise<void>
  /** Renders the clips that are not there yet; its files are its results, so it always runs. */
  render(
    input: { recording: Recording; media: MediaInfo; clips: readonly Clip[]; spec: JobSpec; outputFolder: string },
    context: StageContext,
  ): Promise<readonly (readonly Render[])[]>
  /** Of a job of this kind only: several clips as one; the recording is that of the first. */
  montage?: StageStep<{ spec: JobSpec; outputFolder: string }, readonly MontageFile[]>
}

/** Where results become part of the library. Every call may be repeated, and then changes nothing. */
export interface PipelineLibrary<Analysis> {
  imported(recording: Recording): void
  probed(recording: Recording, media: MediaInfo): void
  selected(
    recording: Recording,
    found: {
      media: MediaInfo
      analysis: Analysis
      /** With what the chat and the markers add. */
      scored: ScoreResult
      chat: ChatResult | null
      markers: MarkersResult | null
      segments: readonly Segment[]
    },
  ): void
  /** Keeps the clips (one of the same recording and span stays the one it is) and returns them in the same order. */
  keepClips(recording: Recording, clips: readonly NewClip[]): Clip[]
  /** Those of these clips that are there, and of this recording, in the same order. */
  clips(recording: Recording, ids: readonly number[]): Clip[]
}

export interface PipelineDeps<Analysis extends AnalysisLike> {
  stages: PipelineStages<Analysis>
  library: PipelineLibrary<Analysis>
  /** Says which recording the job turned out to be about. */
  setRecording: (fingerprint: Fingerprint) => void
}

export interface PipelineResult<Analysis> {
  readonly recording: Recording
  readonly media: MediaInfo
  readonly analysis: Analysis
  /** With what the chat and the markers add, if there are any. */
  readonly scored: ScoreResult
  /** Null without a chat. */
  readonly chat: ChatReport | null
  /** Null without markers. */
  readonly markers: MarkersReport | null
  readonly segments: readonly Segment[]
  readonly clips: readonly RenderedClip[]
  readonly timing: {
    readonly wallSeconds: number
    /** Wall seconds of the stages that ran; one taken from its checkpoint is absent. */
    readonly stages: Partial<Record<StageName, number>>
  }
}

export type PipelineOutcome<Analysis> =
  | { readonly kind: 'done'; readonly result: PipelineResult<Analysis> }
  | { readonly kind: 'rendered'; readonly clips: readonly RenderedClip[] }
  | { readonly kind: 'montage'; readonly files: readonly MontageFile[] }
  | { readonly kind: 'needs-input'; readonly message: string; readonly data: Record<string, unknown> }

/** The stages that a job of this kind goes through, in order. */
export function stagesOf(spec: Pick<JobSpec, 'kind' | 'chat'> & Partial<JobSpec>): readonly StageName[] {
  if (spec.kind === 'montage') return ['import', 'montage']
  if (spec.kind === 'render') return ['import', 'probe', 'render']
  return stageNames.filter(
    (name) =>
      name !== 'montage' &&
      (name !== 'render' || spec.kind === 'process') &&
      (name !== 'chat' || hasChat(spec)) &&
      (name !== 'markers' || mayHaveMarkers(spec)),
  )
}

/** Whether there are any is known once the recording is looked into. */
function mayHaveMarkers({ markers }: Partial<JobSpec>): boolean {
  return markers == null || markers.automatic || markers.files.length > 0
}

/** Jobs that were queued before there were chats say nothing of one. */
function hasChat({ chat }: { chat?: JobSpec['chat'] }): boolean {
  return chat != null
}

/** One job from its path to its clips. The only place that knows the order of the stages. */
export async function runPipeline<Analysis extends AnalysisLike>(
  run: JobRun,
  { stages, library, setRecording }: PipelineDeps<Analysis>,
): Promise<PipelineOutcome<Analysis>> {
  const { spec } = run.job
  const { outputFolder } = spec
  const startedAt = run.clock.monotonic()
  if (spec.kind !== 'analyze' && outputFolder === null) {
    return { kind: 'needs-input', message: 'Say where the clips should go.', data: { field: 'outputFolder' } }
  }

  const importStep = { run: ({ signal }: StageContext) => stages.importRecording(spec.path, { signal }) }
  const recording = await runUnkept(run, 'import', importStep, null)
  setRecording(recording.fingerprint)
  library.imported(recording)
  if (spec.kind === 'montage' && outputFolder !== null && stages.montage) {
    const made = await runStage(run, 'montage', stages.montage, { spec, outputFolder }, recording, null)
    return { kind: 'montage', files: made.value }
  }

  const probed = await runStage(run, 'probe', stages.probe, recording, recording, null)
  const media = probed.value
  library.probed(recording, media)
  if (spec.kind !== 'analyze') await stages.checkRenderable?.(media, spec)
  if (spec.kind === 'render' && outputFolder !== null) {
    return { kind: 'rendered', clips: await renderGiven(run, { stages, library }, recording, media, outputFolder) }
  }
  if (hasChat(spec)) await stages.checkChat?.(media, spec, { signal: run.held.signal })
  const looking = { signal: run.held.signal }
  const marked = mayHaveMarkers(spec) ? ((await stages.markers?.find(media, spec, looking)) ?? null) : null
  run.progress.setDuration(media.duration === null ? null : secondsFromTicks(media.duration))

  const analysed = await runStage(run, 'analyse', stages.analyse, { recording, media }, recording, probed.key)
  const analysis = analysed.value
  run.progress.setDuration(secondsFromTicks(analysis.duration))

  const scoring = { recording, media, analysis }
  const scoredStage = await runStage(run, 'score', stages.score, scoring, recording, analysed.key)
  const listening = { recording, media, scored: scoredStage.value }
  const chatStage = hasChat(spec)
    ? await runStage(run, 'chat', stages.chat, listening, recording, scoredStage.key)
    : null
  const chat = chatStage?.value ?? null
  const heard = chat === null ? scoredStage.value : { ...scoredStage.value, scores: chat.scores }

  const heardKey = chatStage?.key ?? scoredStage.key
  const markersStage =
    marked !== null && stages.markers
      ? await runStage(run, 'markers', stages.markers, { media, scored: heard }, recording, heardKey)
      : null
  if (markersStage === null && mayHaveMarkers(spec)) skipStage(run, 'markers')
  const markers = markersStage?.value ?? null
  const scored = markers === null ? heard : { ...heard, scores: markers.scores }

  const selecting = { recording, analysis, scored, chat, markers }
  const after = markersStage?.key ?? heardKey
  const selected = await runStage(run, 'select', stages.select, selecting, recording, after)
  const segments = selected.value
  library.selected(recording, { media, analysis, scored, chat, markers, segments })

  const chosen = segments.flatMap((segment, index) => (segment.selected ? [{ segment, index }] : []))
  const keep = (): Clip[] =>
    library.keepClips(
      recording,
      chosen.map(({ segment }) => clipOfSegment(recording.fingerprint, segment, analysis.duration)),
    )
  let clips: RenderedClip[] = []
  if (spec.kind === 'process' && outputFolder !== null) {
    // Clips are kept inside the slot: another job over this recording might take ours for outdated before they
    // have files.
    const step = {
      heavy: true,
      run: async (context: StageContext) => {
        const kept = keep()
        const renders = await stages.render({ recording, media, clips: kept, spec, outputFolder }, context)
        return kept.map((clip, i) => ({ segment: chosen[i]?.index ?? i, clip, renders: renders[i] ?? [] }))
      },
    }
    clips = await runUnkept(run, 'render', step, recording)
  } else {
    const release = isContested(run, recording) ? await waitForSlot(run) : undefined
    try {
      clips = keep().map((clip, i) => ({ segment: chosen[i]?.index ?? i, clip, renders: clip.renders }))
    } finally {
      release?.()
    }
  }
  const wallSeconds = (run.clock.monotonic() - startedAt) / 1000
  const timing = { wallSeconds, stages: run.progress.timings() }
  return {
    kind: 'done',
    result: {
      ...{ recording, media, analysis, scored, segments, clips, timing },
      chat: chat?.report ?? null,
      markers: markers?.report ?? null,
    },
  }
}

/** Clips that somebody chose, whatever an analysis would find today. Those that were removed meanwhile are left out. */
async function renderGiven<Analysis extends AnalysisLike>(
  run: JobRun,
  { stages, library }: Pick<PipelineDeps<Analysis>, 'stages' | 'library'>,
  recording: Recording,
  media: MediaInfo,
  outputFolder: string,
): Promise<RenderedClip[]> {
  const { spec } = run.job
  run.progress.setDuration(media.duration === null ? null : secondsFromTicks(media.duration))
  const step = {
    heavy: true,
    run: async (context: StageContext) => {
      const clips = library.clips(recording, spec.clipIds ?? [])
      if (clips.length === 0) {
        throw new ClutchcutError(
          'library/not-found',
          'The clips that were to be rendered are no longer in the library.',
        )
      }
      const renders = await stages.render({ recording, media, clips, spec, outputFolder }, context)
      return clips.map((clip, i) => ({ segment: i, clip, renders: renders[i] ?? [] }))
    },
  }
  return runUnkept(run, 'render', step, recording)
}

function isContested({ store, job }: JobRun, { fingerprint }: Recording): boolean {
  return store.list({ states: ['running'] }).some((other) => other.id !== job.id && other.recording === fingerprint)
}
