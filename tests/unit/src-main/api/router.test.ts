import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiDeps } from '../../../../src-main/api/deps.ts'
import { router } from '../../../../src-main/api/router.ts'
import { ClutchcutError, errorCodes, type ErrorCode } from '../../../../src-shared/contract/errors.ts'
import type { Job } from '../../../../src-shared/contract/job.ts'
import { jobSpecSchema } from '../../../../src-shared/contract/job.ts'
import { learningReportSchema } from '../../../../src-shared/contract/learning.ts'
import { receivedError } from '../../../../src-shared/contract/received-error.ts'
import type { Contract } from '../../../../src-shared/contract/router.ts'
import { defaultSettings, settingsSchema } from '../../../../src-shared/contract/settings.ts'
import { uneditedClip } from '../../../../src-shared/domain/edits/edited-clip.ts'
import { describeLearning } from '../../../../src-shared/domain/learning-words.ts'
import { learn } from '../../../../src-main/stages/learn/learn.ts'

const job: Job = {
  id: 7,
  spec: jobSpecSchema.parse({ kind: 'process', path: '/videos/a.mkv' }),
  state: 'queued',
  priority: 0,
  attempt: 0,
  interruptions: 0,
  recording: null,
  progress: null,
  failures: [],
  createdAt: '2026-01-02T03:04:05Z',
  updatedAt: '2026-01-02T03:04:05Z',
}

const nothing = learn({ id: 'signals', version: '1.0.0' }, [])
const report = learningReportSchema.parse(describeLearning(nothing, { enabled: true, waiting: 3 }))

const refuse = (): never => {
  throw new ClutchcutError('library/not-found', 'There is none.')
}

const unedited = {
  edits: uneditedClip({ start: 1, end: 2 }),
  ...{ revision: 0, canUndo: false, canRedo: false },
}

let ended = 0
function deps(overrides: Partial<ApiDeps> = {}): ApiDeps {
  return {
    recordings: {
      list: () => ({ items: [], total: 0 }),
      get: () => undefined,
      segments: () => [],
      rename: () => undefined,
      search: () => [],
      games: () => [],
    },
    clips: {
      list: () => ({ items: [], total: 0 }),
      get: () => undefined,
      update: () => undefined,
      create: refuse,
      updateMany: () => undefined,
      remove: (ids) => ids.length,
    },
    clipEdits: {
      edits: refuse,
      edit: ({ expected }) => ({ ...unedited, revision: expected ?? 1 }),
      undo: refuse,
      redo: refuse,
    },
    timeline: {
      curves: refuse,
      markers: () => ({ markers: [] }),
      transcript: ({ from, to }) => ({ lines: [{ start: from ?? 0, end: to ?? 1, text: 'gg' }] }),
      importCaptions: refuse,
      forgetCaptions: () => ({ count: 0 }),
    },
    recordingFiles: { remove: refuse, trash: refuse, relink: refuse, reveal: refuse },
    exports: {
      ...{ render: refuse, montage: refuse, list: refuse, handOff: refuse },
      ...{ reveal: refuse, copy: refuse, trash: refuse },
    },
    detection: { preview: refuse },
    devices: { report: refuse },
    models: { list: () => [] },
    presets: { list: () => [] },
    platforms: { list: () => [] },
    storage: { report: refuse, clean: ({ what }) => ({ freedBytes: what.length, files: 0 }) },
    setup: { suggestions: () => [], demo: () => ({ path: null }) },
    privacy: { report: () => [] },
    app: { info: refuse },
    jobs: {
      list: () => [job],
      get: (id) => (id === job.id ? job : undefined),
      add: (spec) => ({ ...job, spec }),
      request: () => {
        throw new ClutchcutError('job/wrong-state', 'Job 7 is done; there is nothing to pause.', { data: { id: 7 } })
      },
      setPriority: (_id, priority) => ({ ...job, priority }),
      pauseAll: () => [],
      resumeAll: () => [job],
      clearFinished: () => 3,
      log: () => ({ lines: [], ffmpeg: [] }),
    },
    settings: {
      get: () => defaultSettings,
      change: (change) => settingsSchema.parse({ ...defaultSettings, clipsPerHour: 9, ...change }),
    },
    learning: { report: () => report, reset: () => ({ ...report, waiting: 0 }) },
    layouts: {
      list: () => [],
      set: (setting) => [setting],
      forget: () => [],
      facecam: async () => ({ facecam: null, note: 'No camera was found in the picture.' }),
    },
    files: { browse: ({ folder }) => ({ folder, parent: null, entries: [], cutShort: false }) },
    media: {
      playback: async () => ({ kind: 'direct', path: '/media/recording/1', durationSeconds: 2, offsetSeconds: 0 }),
    },
    stills: {
      thumbnail: async ({ side }) => ({ jpeg: 'AAAA', width: side, height: 2, time: 3 }),
      filmstrip: async ({ columns }) => ({
        jpeg: 'AAAA',
        columns,
        rows: 1,
        tile: { width: 160, height: 90 },
        times: [],
      }),
      waveform: async ({ buckets }) => ({ low: Array.from({ length: buckets }, () => 0), high: [255] }),
    },
    async *events(signal) {
      try {
        for (let id = 1; signal?.aborted !== true; id++) {
          yield { run: 'a', seq: id, kind: 'recording-changed', recordingId: id }
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
      } finally {
        ended++
      }
    },
    ...overrides,
  }
}

let port: MessagePort
let client: ContractRouterClient<Contract>

function connect(context: ApiDeps): void {
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(router).upgrade(port1, { context })
  port1.start()
  client = createORPCClient(new RPCLink({ port: port2 }))
  port2.start()
  port = port2
}

beforeEach(() => {
  ended = 0
  connect(deps())
})
afterEach(() => {
  port.close()
})

describe('the contract over a message port', () => {
  it('answers with what the engine says, and fills in defaults', async () => {
    expect(await client.jobs.list({})).toEqual([job])
    expect(await client.settings.get()).toEqual(defaultSettings)
    expect(await client.recordings.list({})).toEqual({ items: [], total: 0 })
    expect(await client.settings.change({ cut: 'encode' })).toEqual({
      ...defaultSettings,
      clipsPerHour: 9,
      cut: 'encode',
    })
    const added = await client.jobs.add({ spec: { kind: 'analyze', path: '/videos/b.mkv' } })
    expect(added.spec).toEqual(jobSpecSchema.parse({ kind: 'analyze', path: '/videos/b.mkv' }))
  })

  it('carries code, message and data of an error', async () => {
    const error = await client.jobs.pause({ id: 7 }).catch(receivedError)
    expect(error).toMatchObject({
      code: 'job/wrong-state',
      message: 'Job 7 is done; there is nothing to pause.',
      data: { id: 7 },
    })
  })

  it.each(Object.keys(errorCodes) as ErrorCode[])('gives back %s as it was thrown', async (code) => {
    port.close()
    const thrown = new ClutchcutError(code, 'What happened.', { data: { detail: 1 } })
    const settings = {
      ...deps().settings,
      get: (): never => {
        throw thrown
      },
    }
    connect(deps({ settings }))
    const error = await client.settings.get().catch(receivedError)
    expect(error).toMatchObject({ code, message: 'What happened.', data: { detail: 1 } })
  })

  it('says what was learned, and forgets it', async () => {
    expect(await client.learning.report()).toEqual(report)
    expect((await client.learning.reset()).waiting).toBe(0)
    await expect(client.clips.update({ id: 9, start: -1 })).rejects.toMatchObject({ code: 'usage' })
  })

  it('says that a row is not there', async () => {
    await expect(client.recordings.get({ id: 9 })).rejects.toMatchObject({ code: 'library/not-found' })
    await expect(client.clips.update({ id: 9 })).rejects.toMatchObject({ code: 'library/not-found' })
    await expect(client.jobs.get({ id: 9 })).rejects.toMatchObject({ code: 'job/not-found' })
  })

  it('edits a clip, and refuses an edit that is none', async () => {
    const edit = { kind: 'speed', speed: 2 } as const
    expect(await client.clips.edit({ id: 3, edit, expected: 7 })).toEqual({ ...unedited, revision: 7 })
    await expect(client.clips.edit({ id: 3, edit: { ...edit, speed: 9 } })).rejects.toMatchObject({ code: 'usage' })
    await expect(client.clips.undo({ id: 3 })).rejects.toMatchObject({ code: 'library/not-found' })
  })

  it('refuses what does not fit the contract', async () => {
    const error = await client.jobs.setPriority({ id: 7, priority: 1e9 }).catch(receivedError)
    expect(error).toMatchObject({ code: 'usage' })
  })

  it('does not tell what went wrong inside beyond its message', async () => {
    port.close()
    const settings = {
      ...deps().settings,
      get: (): never => {
        throw new TypeError('x is undefined')
      },
    }
    connect(deps({ settings }))
    const error = await client.settings.get().catch((thrown: unknown) => thrown)
    expect(JSON.stringify(error)).not.toContain('router.test')
    expect(receivedError(error)).toMatchObject({ code: 'internal' })
  })

  it('streams events until the listener leaves, and then ends their source', async () => {
    const seen: unknown[] = []
    for await (const event of await client.events()) {
      seen.push(event)
      if (seen.length === 3) break
    }
    const expected = [1, 2, 3].map((seq) => ({ run: 'a', seq, kind: 'recording-changed', recordingId: seq }))
    expect(seen).toEqual(expected)
    await expect.poll(() => ended).toBe(1)
  })
})
