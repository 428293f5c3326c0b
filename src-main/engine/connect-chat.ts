import { basename } from 'node:path'
import { z } from 'zod'
import { chatReportSchema, type ChatReport, type ChatSpec } from '../../src-shared/contract/chat.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import { scoresSchema } from '../../src-shared/contract/segment.ts'
import type { RecordingStart } from '../../src-shared/domain/recording-start.ts'
import { SLOT_RATE, type SignalCurve } from '../../src-shared/domain/signal.ts'
import {
  assertChatUnchanged,
  identifyChat,
  readChat,
  type ChatFile,
  type ChatIdentity,
} from '../adapters/chat/read-chat.ts'
import type { AnalysisLike, PipelineStages } from '../jobs/run-pipeline.ts'
import { chatCurvesOf, reasonCurves } from '../stages/chat/chat-curves.ts'
import { collectMessages } from '../stages/chat/collect-messages.ts'
import { assertPlaceable } from '../stages/chat/place-chat.ts'
import { weighChat, type WeighedChat } from '../stages/chat/weigh-chat.ts'
import { startOf, wallClockOf, zoneOfThisMachine } from './recording-start.ts'

/** Grows with every change that makes the stage's results differ. */
const CHAT_VERSION = 1

const count = z.array(z.int().nonnegative())
const resultSchema = z.object({
  scores: scoresSchema,
  counts: z
    .object({
      ...{ slots: z.int().nonnegative(), first: z.int(), last: z.int() },
      ...{ messages: count, hype: count, emotes: count, caps: count, short: count, authors: count },
      ...{ total: z.int().nonnegative(), people: z.int().nonnegative() },
    })
    .nullable(),
  lagSlots: z.int().nonnegative(),
  report: chatReportSchema,
})

export type Chat = z.infer<typeof resultSchema>
type Stages = PipelineStages<AnalysisLike, Chat>

/** The chat stage over a chat file, for one run of a job, and its signals for those who look for reasons. */
export function connectChat(zone: RecordingStart['zone'] = zoneOfThisMachine): {
  stage: Stages['chat']
  check: NonNullable<Stages['checkChat']>
  curves(chat: Chat): SignalCurve[]
} {
  let identity: { path: string; found: ChatIdentity } | undefined
  const identify = async ({ path }: ChatSpec, signal?: AbortSignal): Promise<ChatIdentity> => {
    if (identity?.path !== path) identity = { path, found: await identifyChat(path, { signal }) }
    return identity.found
  }

  return {
    async check(media, { chat, path }, { signal }) {
      if (chat == null) return
      const file = await readChat(chat.path, { signal })
      await file.close()
      assertPlaceable(file.clock, startOf(media, path, zone), chat.offsetSeconds)
      await identify(chat, signal)
    },

    stage: {
      version: CHAT_VERSION,
      // The content, not the name: another file starts here again, the same one under another name does not.
      async options({ chat, path }: JobSpec) {
        if (chat == null) return null
        const { sha256 } = await identify(chat)
        const [wall, now] = [wallClockOf(path), Date.now() / 1000]
        return { sha256, offset: chat.offsetSeconds, wall, zone: zone(wall ?? now) }
      },
      parse: (kept) => resultSchema.parse(kept),
      async run({ media, scored }, { job, signal }) {
        const { chat, path } = job.spec
        if (chat === null) throw new ClutchcutError('internal', 'There is no chat to read.')
        const before = await identify(chat, signal)
        const file = await readChat(chat.path, { signal })
        const log = await collectMessages(file.messages, { signal })
        await assertChatUnchanged(chat.path, before)
        const start = startOf(media, path, zone)
        const { values: scores } = scored.scores
        const weighed = weighChat({ log, clock: file.clock, scores, start, offset: chat.offsetSeconds })
        return {
          scores: { rate: 2, values: weighed.scores },
          counts: weighed.counts,
          lagSlots: weighed.lag.slots,
          report: reportOf(chat, file, weighed),
        }
      },
    },

    curves: ({ counts, lagSlots }) => (counts === null ? [] : reasonCurves(counts, lagSlots)),
  }
}

/** Messages a minute around each slot, NaN outside of the chat; null where none falls into the recording. */
export function chatRateOf(chat: unknown): Float32Array | null {
  const { data } = resultSchema.safeParse(chat)
  const rate = data?.counts ? chatCurvesOf(data.counts, data.lagSlots).find(({ id }) => id === 'chat.rate') : undefined
  return rate ? rate.values.map((value, i) => (rate.valid[i] === 1 ? value : Number.NaN)) : null
}

function reportOf({ path }: ChatSpec, file: ChatFile, { counts, lag, placedBy, trust }: WeighedChat): ChatReport {
  const { skipped, truncated, cut } = file.report
  const name = basename(path)
  const warnings = [
    ...(skipped > 0 ? [`${skipped} ${skipped === 1 ? 'line' : 'lines'} of the chat ${name} could not be read.`] : []),
    ...(truncated ? [`The chat ${name} breaks off: what is there was used.`] : []),
    ...(cut ? [`The chat ${name} has more messages than are ever read: the rest was left out.`] : []),
    ...(counts === null
      ? [`No message of the chat ${name} falls into the recording, so it changes nothing. Move it with --chat-offset.`]
      : placedBy === 'start'
        ? [`The chat ${name} is taken to begin with the recording. If it does not, say so with --chat-offset.`]
        : []),
    ...(counts !== null && trust < 0.05
      ? [`The chat ${name} is too quiet to say much: it counts next to nothing.`]
      : []),
  ]
  return {
    ...{ path, format: file.format, skipped, placedBy, warnings },
    messages: counts?.total ?? 0,
    people: counts?.people ?? 0,
    lagSeconds: lag.slots / SLOT_RATE,
    lagMeasured: lag.measured,
    trust: Math.round(trust * 1000) / 1000,
  }
}
