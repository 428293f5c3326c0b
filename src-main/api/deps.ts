import type { Clip } from '../../src-shared/contract/clip.ts'
import type { EngineEvent } from '../../src-shared/contract/events.ts'
import type { FacecamAnswer, FacecamSetting } from '../../src-shared/contract/facecam.ts'
import type { Job, JobSpec } from '../../src-shared/contract/job.ts'
import type { LearningReport } from '../../src-shared/contract/learning.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import type { contract } from '../../src-shared/contract/router.ts'
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
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'

type Inputs = InferContractRouterInputs<typeof contract>
type Outputs = InferContractRouterOutputs<typeof contract>

export type RecordingQuery = Inputs['recordings']['list']
export type ClipQuery = Inputs['clips']['list']
export type SearchHit = Outputs['recordings']['search'][number]

/** What the handlers need of the engine. Missing rows are undefined; the handlers say so. */
export interface ApiDeps {
  recordings: {
    list(query: RecordingQuery): { items: RecordingSummary[]; total: number }
    get(id: number): RecordingSummary | undefined
    segments(id: number): Segment[]
    rename(id: number, change: { title?: string; game?: string | null }): RecordingSummary | undefined
    search(text: string, page: { limit: number; offset: number }): SearchHit[]
  }
  clips: {
    list(query: ClipQuery): { items: Clip[]; total: number }
    update(id: number, change: Omit<Inputs['clips']['update'], 'id'>): Clip | undefined
  }
  jobs: {
    list(filter: Inputs['jobs']['list']): Job[]
    get(id: number): Job | undefined
    add(spec: JobSpec, priority: number): Job
    request(id: number, change: 'pause' | 'resume' | 'cancel' | 'retry'): Job
    setPriority(id: number, priority: number): Job
  }
  learning: { report(): LearningReport; reset(): LearningReport }
  settings: { get(): Settings; change(change: SettingsChange): Settings }
  layouts: {
    list(): FacecamSetting[]
    set(setting: FacecamSetting): FacecamSetting[]
    /** null: what holds for all games of which nothing was said. */
    forget(game: string | null): FacecamSetting[]
    facecam(recordingId: number, signal: AbortSignal | undefined): Promise<FacecamAnswer>
  }
  stills: {
    thumbnail(request: ThumbnailRequest, signal: AbortSignal | undefined): Promise<Thumbnail>
    filmstrip(request: FilmstripRequest, signal: AbortSignal | undefined): Promise<Filmstrip>
    waveform(request: WaveformRequest, signal: AbortSignal | undefined): Promise<WaveformAnswer>
  }
  /** Ends when `signal` aborts. */
  events(signal: AbortSignal | undefined): AsyncIterable<EngineEvent>
}
