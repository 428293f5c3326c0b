import type { PipelineLibrary, PipelineStages } from '../../src-main/jobs/run-pipeline.ts'
import type { StageContext, StageStep } from '../../src-main/jobs/run-stage.ts'
import type { ChatReport } from '../../src-shared/contract/chat.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { StageName } from '../../src-shared/contract/job.ts'
import type { Segment } from '../../src-shared/contract/segment.ts'
import { clipOfSegment } from '../../src-shared/domain/clip.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { makeMedia } from './make-media-info.ts'

export interface FakeAnalysis {
  readonly warnings: readonly string[]
  readonly duration: number
}

export interface FakePipeline {
  stages: PipelineStages<FakeAnalysis>
  library: PipelineLibrary<FakeAnalysis>
  /** Every stage that really ran, in order. */
  ran: StageName[]
  /** Called inside every stage: to fail, to wait, to look around. */
  during: (stage: StageName, context: { signal: AbortSignal } & Partial<StageContext>) => Promise<void>
}

export const fingerprint = 'ab'.repeat(32)
export const source = { size: 1000, mtimeMs: 5 }

const s = TICKS_PER_SECOND
export const fakeSegments: Segment[] = [
  {
    start: 10 * s,
    end: 30 * s,
    peak: 20 * s,
    score: 0.9,
    selected: true,
    reasons: [{ signal: 'a', weight: 1, text: 'Loud' }],
  },
  {
    start: 50 * s,
    end: 60 * s,
    peak: 55 * s,
    score: 0.4,
    selected: false,
    reasons: [{ signal: 'a', weight: 1, text: 'Quiet' }],
  },
]

const fakeChatReport: ChatReport = {
  ...{ path: '/chats/match.json', format: 'json', messages: 9, people: 5, skipped: 0 },
  ...{ lagSeconds: 20, lagMeasured: false, placedBy: 'start', trust: 1, warnings: [] },
}

/** Stages that do nothing but say that they ran. */
export function fakePipeline(): FakePipeline {
  const fake: FakePipeline = { ran: [], during: async () => {}, stages: undefined!, library: undefined! }
  const step = <I, O>(name: StageName, value: O, heavy = false): StageStep<I, O> => ({
    version: 1,
    heavy,
    options: () => null,
    parse: (kept) => kept as O,
    run: async (_input, context) => {
      fake.ran.push(name)
      await fake.during(name, context)
      return value
    },
  })
  const media: MediaInfo = makeMedia()
  const scored = {
    scores: { rate: 2 as const, values: [0.1, 0.9] },
    model: { id: 'signals', version: '1' },
    device: { used: 'cpu' as const, fallbackReason: null },
  }
  fake.stages = {
    importRecording: async (path, context) => {
      fake.ran.push('import')
      await fake.during('import', context)
      return { fingerprint, path, ...source }
    },
    probe: step('probe', media),
    analyse: step('analyse', { duration: 100 * s, warnings: [] }, true),
    score: step('score', scored, true),
    chat: step('chat', { scores: { rate: 2 as const, values: [0.2, 0.9] }, report: fakeChatReport }),
    select: step('select', fakeSegments),
    render: async ({ clips, outputFolder }, context) => {
      fake.ran.push('render')
      await fake.during('render', context)
      return clips.map(({ start, end, id }) => [
        {
          path: `${outputFolder}/${id}.mp4`,
          kind: 'landscape' as const,
          start,
          end,
          cut: 'copy' as const,
          verified: false,
        },
      ])
    },
  }
  fake.library = {
    imported: () => {},
    probed: () => {},
    selected: () => {},
    clips: (recording, ids) =>
      fakeSegments
        .map((segment, i) => ({ ...clipOfSegment(recording.fingerprint, segment, null), id: i + 1, renders: [] }))
        .filter(({ id }) => ids.includes(id)),
    keepClips: (_recording, clips) => clips.map((clip, i) => ({ ...clip, id: i + 1, renders: [] })),
  }
  return fake
}
