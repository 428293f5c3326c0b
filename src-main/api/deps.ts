import type { EditState } from '../../src-shared/contract/clip-edit.ts'
import type { StoredClip } from '../../src-shared/contract/clip.ts'
import type { EngineEvent, EventPlace } from '../../src-shared/contract/events.ts'
import type { FacecamAnswer, FacecamSetting } from '../../src-shared/contract/facecam.ts'
import type { Job, JobSpec } from '../../src-shared/contract/job.ts'
import type { LearningReport } from '../../src-shared/contract/learning.ts'
import type { Playback, PlaybackRequest } from '../../src-shared/contract/playback.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import type { Contract, contract } from '../../src-shared/contract/router.ts'
import type { Segment } from '../../src-shared/contract/segment.ts'
import type { Settings, SettingsChange } from '../../src-shared/contract/settings.ts'
import type {
  Filmstrip,
  FilmstripRequest,
  Thumbnail,
  ThumbnailRequest,
  WaveformAnswer,
  WaveformRequest,
} from '../../src-shared/contract/stills.ts'
import type {
  ContractProcedure,
  InferContractRouterInputs,
  InferContractRouterOutputs,
  InferSchemaInput,
  InferSchemaOutput,
} from '@orpc/contract'

type Inputs = InferContractRouterInputs<typeof contract>
type Outputs = InferContractRouterOutputs<typeof contract>

export type RecordingQuery = Inputs['recordings']['list']
export type ClipQuery = Inputs['clips']['list']
export type SearchHit = Outputs['recordings']['search'][number]

/** What answers a procedure: its input, checked and filled in, to its output. */
export type Answer<Procedure> =
  Procedure extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
    ? (
        input: InferSchemaOutput<Input>,
        signal: AbortSignal | undefined,
      ) => InferSchemaInput<Output> | Promise<InferSchemaInput<Output>>
    : never
type Answers<Area, Names extends keyof Area = keyof Area> = { [Name in Names]: Answer<Area[Name]> }

/** What the handlers need of the engine. Missing rows are undefined; the handlers say so. */
export interface ApiDeps {
  recordings: {
    list(query: RecordingQuery): { items: RecordingSummary[]; total: number }
    get(id: number): RecordingSummary | undefined
    segments(id: number): Segment[]
    rename(id: number, change: { title?: string; game?: string | null }): RecordingSummary | undefined
    search(text: string, page: { limit: number; offset: number }): SearchHit[]
    games(): { game: string; recordings: number }[]
  }
  /** What is known of a recording, for its page. */
  timeline: Answers<Contract['recordings'], 'curves' | 'markers' | 'transcript' | 'importCaptions' | 'forgetCaptions'>
  /** What becomes of recordings' files and rows. */
  recordingFiles: Answers<Contract['recordings'], 'remove' | 'trash' | 'relink' | 'reveal'>
  clips: {
    list(query: ClipQuery): { items: StoredClip[]; total: number }
    get(id: number): StoredClip | undefined
    update(id: number, change: Omit<Inputs['clips']['update'], 'id'>): StoredClip | undefined
    create: Answer<Contract['clips']['create']>
    /** Undefined where one is not there; then none is changed. */
    updateMany(ids: readonly number[], change: Inputs['clips']['updateMany']['change']): StoredClip[] | undefined
    /** How many there were. */
    remove(ids: readonly number[]): number
  }
  clipEdits: {
    edits(input: Inputs['clips']['edits']): EditState
    edit(input: Inputs['clips']['edit']): EditState
    undo(input: Inputs['clips']['undo']): EditState
    redo(input: Inputs['clips']['redo']): EditState
  }
  jobs: {
    list(filter: Inputs['jobs']['list']): Job[]
    get(id: number): Job | undefined
    add(spec: JobSpec, priority: number): Job
    request(id: number, change: 'pause' | 'resume' | 'cancel' | 'retry'): Job
    setPriority(id: number, priority: number): Job
    pauseAll(): Job[]
    resumeAll(): Job[]
    clearFinished(): number
    log: Answer<Contract['jobs']['log']>
  }
  exports: Answers<Contract['exports']>
  detection: Answers<Contract['detection']>
  devices: Answers<Contract['devices']>
  models: Answers<Contract['models']>
  presets: Answers<Contract['presets']>
  platforms: Answers<Contract['platforms']>
  storage: Answers<Contract['storage']>
  setup: Answers<Contract['setup']>
  files: Answers<Contract['files']>
  privacy: Answers<Contract['privacy']>
  app: Answers<Contract['app']>
  learning: { report(): LearningReport; reset(): LearningReport }
  settings: { get(): Settings; change(change: SettingsChange): Settings }
  layouts: {
    list(): FacecamSetting[]
    set(setting: FacecamSetting): FacecamSetting[]
    /** null: what holds for all games of which nothing was said. */
    forget(game: string | null): FacecamSetting[]
    facecam(recordingId: number, signal: AbortSignal | undefined): Promise<FacecamAnswer>
  }
  media: { playback(request: PlaybackRequest, signal: AbortSignal | undefined): Promise<Playback> }
  stills: {
    thumbnail(request: ThumbnailRequest, signal: AbortSignal | undefined): Promise<Thumbnail>
    filmstrip(request: FilmstripRequest, signal: AbortSignal | undefined): Promise<Filmstrip>
    waveform(request: WaveformRequest, signal: AbortSignal | undefined): Promise<WaveformAnswer>
  }
  /** Ends when `signal` aborts. */
  events(signal: AbortSignal | undefined, after?: EventPlace): AsyncIterable<EngineEvent>
}
