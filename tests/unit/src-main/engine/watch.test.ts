import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../../../src-main/adapters/library/open-library.ts'
import { watchLibrary } from '../../../../src-main/engine/watch-library.ts'
import { watchPresence } from '../../../../src-main/engine/watch-presence.ts'
import type { EngineNews } from '../../../../src-shared/contract/events.ts'
import { noticeOf } from '../../../../src-shared/domain/notice.ts'
import { makeJob, makeSpec } from '../../../helpers/make-job.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-watch')
let n = 0
let mine: Library
let theirs: Library
let told: EngineNews[]
const kinds = (): string[] => told.splice(0).map(({ kind }) => kind)
const recording = { fingerprint: 'ab'.repeat(32), path: '/v/a.mkv', size: 5, mtimeMs: 1 }

beforeEach(() => {
  n += 1
  mine = openLibrary(join(folder, String(n)))
  theirs = openLibrary(join(folder, String(n)))
  told = []
})
afterEach(() => {
  mine.close()
  theirs.close()
})

describe('watching a library that others use', () => {
  let tick = (): void => {}
  let heard = true
  const watch = (): (() => void) =>
    watchLibrary({
      library: mine,
      clock: { every: (_, look) => ((tick = look), () => {}) },
      isHeard: () => heard,
      emit: (news) => told.push(news),
      tell: (job) => job,
      onTrouble: (error) => {
        throw error
      },
    })
  beforeEach(() => {
    heard = true
    watch()
  })

  it('says nothing of what this process does', () => {
    mine.recordings.save(recording, 1)
    mine.settings.change({ clipsPerHour: 9 })
    tick()
    expect(kinds()).toEqual([])
  })

  it('says what others changed, area by area', () => {
    theirs.recordings.save(recording, 1)
    tick()
    expect(kinds()).toEqual(['library-changed'])
    theirs.settings.change({ clipsPerHour: 9 })
    tick()
    expect(kinds()).toEqual(['settings-changed'])
    tick()
    expect(kinds()).toEqual([])
  })

  it('follows jobs of others, their progress included, and is quiet about heartbeats', () => {
    const owner = { pid: 1, startedAt: 'x', bootId: 'y' }
    theirs.jobs.enqueue(makeSpec(), 1)
    const { claim } = theirs.jobs.claim(owner, 2, { leaseMs: 1000, isAlive: () => true })!
    tick()
    expect(kinds()).toEqual(['job-changed'])
    theirs.jobs.heartbeat(claim, 3, 1000)
    tick()
    expect(kinds()).toEqual([])
    const progress = {
      stage: 'analyse' as const,
      stageFraction: 0.5,
      stageEtaSeconds: 1,
      fraction: 0.5,
      etaSeconds: 1,
      waitingFor: null,
    }
    theirs.jobs.saveProgress(claim, progress, 4)
    tick()
    expect(told).toMatchObject([{ kind: 'job-changed', job: { progress: { fraction: 0.5 } } }])
    told = []
    theirs.jobs.finish(claim, 'done', 5, { produced: { clips: 1, renders: 0 } })
    tick()
    expect(told).toMatchObject([{ kind: 'job-changed', job: { state: 'done', produced: { clips: 1 } } }])
  })

  it('looks at nothing while nobody listens', () => {
    heard = false
    theirs.recordings.save(recording, 1)
    tick()
    expect(kinds()).toEqual([])
    heard = true
    tick()
    expect(kinds()).toEqual(['library-changed'])
  })
})

describe('looking for files', () => {
  it('notices that one went, and is back, without asking its drive again and again', async () => {
    let now = 0
    let asked = 0
    let found: { size: number; mtimeMs: number } | Error = Object.assign(new Error('gone'), { code: 'ENOENT' })
    const presence = watchPresence({
      library: mine,
      stat: async () => {
        asked += 1
        if (found instanceof Error) throw found
        return found
      },
      emit: (news) => told.push(news),
      isHeard: () => true,
      now: () => now,
    })
    const { id } = mine.recordings.save(recording, 1)
    const look = async (): Promise<string | undefined> => {
      presence.shown([mine.recordings.get(id)!])
      await new Promise((resolve) => setTimeout(resolve, 5))
      return mine.recordings.get(id)?.state
    }
    expect(await look()).toBe('missing')
    expect(told).toEqual([{ kind: 'recording-changed', recordingId: id }])
    found = { size: 5, mtimeMs: 1 }
    expect(await look()).toBe('missing')
    expect(asked).toBe(1)
    now += 61_000
    expect(await look()).toBe('new')
    now += 61_000
    found = Object.assign(new Error('the drive sleeps'), { code: 'EIO' })
    expect(await look()).toBe('new')
    await presence.close()
    now += 61_000
    await look()
    expect(asked).toBe(3)
  })
})

describe('a notice', () => {
  it('comes of an end, not of what somebody asked for', () => {
    for (const state of ['queued', 'running', 'paused', 'cancelled'] as const)
      expect(noticeOf(makeJob({ state }))).toBeNull()
    expect(noticeOf(makeJob({ state: 'done', about: { recordingId: 3, title: 'Ranked' } }))).toMatchObject({
      ...{ outcome: 'done', title: 'Ranked', recordingId: 3, failure: null },
    })
    const failure = {
      code: 'input/empty' as const,
      message: 'It is empty.',
      data: {},
      stage: null,
      at: '2026-01-01T00:00:00Z',
    }
    const failed = makeJob({ state: 'failed', failures: [failure], spec: makeSpec({ path: 'C:\\v\\match.mkv' }) })
    expect(noticeOf(failed)).toMatchObject({
      title: 'match.mkv',
      failure: { code: 'input/empty', message: 'It is empty.' },
    })
  })
})
