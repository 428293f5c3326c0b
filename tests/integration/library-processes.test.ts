import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { makeSpec } from '../helpers/make-job.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-processes')
const script = join(import.meta.dirname, '../fixtures/library-worker.ts')
const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
})

interface Worker {
  child: ChildProcess
  exited: Promise<unknown>
  errors: () => string
}

function start(root: string, log: string, jobs: number): Worker {
  const child = fork(script, [root, log, String(jobs)], { execArgv: [], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  children.add(child)
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, exited: once(child, 'exit').finally(() => children.delete(child)), errors: () => text }
}

interface Event {
  what: string
  id: number
  pid: number
}

const eventsOf = (log: string): Event[] =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '))
    .map(([what = '', id, pid]) => ({ what, id: Number(id), pid: Number(pid) }))

/** Throws where two processes held the same at once. Who was killed holds nothing any more. */
function checkOneHolder(
  events: readonly Event[],
  take: string,
  give: string,
  killed: ReadonlySet<number>,
  key: (e: Event) => number,
) {
  const holders = new Map<number, number>()
  for (const event of events) {
    if (event.what === take) {
      const holder = holders.get(key(event))
      expect(holder === undefined || killed.has(holder), `${take} ${event.id}: ${holder} and ${event.pid}`).toBe(true)
      holders.set(key(event), event.pid)
    }
    if (event.what === give) holders.delete(key(event))
  }
}

test('processes that meet at a new folder make one library and share its jobs', async () => {
  const root = join(folder, 'new')
  const log = join(folder, 'new.log')
  writeFileSync(log, '')
  const workers = Array.from({ length: 5 }, () => start(root, log, 12))
  for (const worker of workers) expect(await worker.exited, worker.errors()).toEqual([0, null])

  const events = eventsOf(log)
  checkOneHolder(events, 'take', 'done', new Set(), ({ id }) => id)
  checkOneHolder(events, 'slot', 'free', new Set(), () => 0)
  expect(events.filter(({ what }) => what === 'open')).toHaveLength(5)
  const library = openLibrary(root)
  const jobs = library.jobs.list({ limit: 500 })
  const done = events.filter(({ what }) => what === 'done').map(({ id }) => id)
  expect(done.toSorted((a, b) => a - b)).toEqual(jobs.map(({ id }) => id).toSorted((a, b) => a - b))
  // A process that came when a job was done already asked for it anew; nobody asked twice for one that was not.
  expect(jobs.every(({ state, attempt }) => state === 'done' && attempt === 1)).toBe(true)
  expect(new Set(jobs.map(({ spec }) => spec.path)).size).toBe(12)
  library.close()
})

test('processes that are killed lose their jobs to others, at once and to one only', async () => {
  const root = join(folder, 'killed')
  const log = join(folder, 'killed.log')
  writeFileSync(log, '')
  const library = openLibrary(root)
  for (let n = 0; n < 60; n += 1) library.jobs.enqueue(makeSpec({ path: `/v/${n}` }), Date.now())
  const killed = new Set<number>()
  let workers = [start(root, log, 0), start(root, log, 0), start(root, log, 0)]
  for (let round = 0; round < 5; round += 1) {
    const victim = workers[round % workers.length]!
    const pid = victim.child.pid!
    while (victim.child.exitCode === null && !eventsOf(log).some((e) => e.pid === pid && e.what === 'take'))
      await sleep(10)
    await sleep(Math.random() * 60)
    if (victim.child.exitCode === null) {
      killed.add(pid)
      victim.child.kill('SIGKILL')
      await victim.exited
    }
    workers = workers.map((worker) => (worker === victim ? start(root, log, 0) : worker))
  }
  for (const worker of workers) expect(await worker.exited, worker.errors()).toEqual([0, null])
  const events = eventsOf(log)
  checkOneHolder(events, 'take', 'done', killed, ({ id }) => id)
  checkOneHolder(events, 'slot', 'free', killed, () => 0)
  expect(library.jobs.list({ limit: 500 }).every(({ state }) => state === 'done')).toBe(true)
  expect(library.connection.raw.pragma('integrity_check', { simple: true })).toBe('ok')
  // A job runs once more for every time its process was killed in the middle of it, and no more often.
  const attempts = library.jobs.list({ limit: 500 }).reduce((sum, { attempt }) => sum + attempt - 1, 0)
  expect(attempts).toBeGreaterThan(0)
  expect(attempts).toBeLessThanOrEqual(killed.size)
  library.close()
})
