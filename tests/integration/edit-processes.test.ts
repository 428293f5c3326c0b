import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openLibrary, type Library } from '../../src-main/adapters/library/open-library.ts'
import { clipEditsSchema } from '../../src-shared/contract/edits.ts'
import { spanOfParts } from '../../src-shared/domain/edits/edited-clip.ts'
import { ticksFromSeconds as s } from '../../src-shared/domain/time.ts'
import { fakeFingerprint } from '../helpers/fill-library.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-edit-processes')
const script = join(import.meta.dirname, '../fixtures/edit-worker.ts')
const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
})

function makeClip(library: Library): number {
  const fingerprint = fakeFingerprint('one')
  library.recordings.save({ fingerprint, path: '/v/one.mkv', size: 10, mtimeMs: 1.25 }, 5000)
  const about = { score: 0.5, reasons: [], title: 'x', state: 'kept' as const, favourite: false, tags: [] }
  return library.clips.add({ recording: fingerprint, start: s(1), end: s(3), peak: s(2), ...about }, 1).id
}

function start(root: string, ...args: (string | number)[]) {
  const child = fork(script, [root, ...args.map(String)], { execArgv: [], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  children.add(child)
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  let said: unknown
  child.on('message', (message) => (said = message))
  const exited = once(child, 'exit').then(([code]) => {
    children.delete(child)
    return { code: code as number | null, errors, said: said as { done: number; conflicts: number } }
  })
  return { child, ready: once(child, 'message'), exited }
}

const rows = ({ connection }: Library, id: number) =>
  connection.raw.prepare('SELECT revision, kind FROM clip_edits WHERE clip_id = ? ORDER BY revision').all(id) as {
    revision: number
    kind: string
  }[]

test('what processes do to one clip at the same time stands in one order, and nothing of it is lost', async () => {
  const root = join(folder, 'order')
  const library = openLibrary(root)
  const id = makeClip(library)
  const workers = Array.from({ length: 3 }, () => start(root, id, 40))
  for (const { code, errors } of await Promise.all(workers.map(({ exited }) => exited))) expect(code, errors).toBe(0)
  const log = rows(library, id)
  expect(log.map(({ revision }) => revision)).toEqual(log.map((_, index) => index))
  const count = (kind: string): number => log.filter((row) => row.kind === kind).length
  expect([count('begin'), count('edit'), count('undo')]).toEqual([1, 3 * (40 + 4), 3 * 13])
  expect(clipEditsSchema.parse(library.clipEdits.state(id)?.edits).texts.length).toBeLessThanOrEqual(12)
  library.close()
}, 60_000)

test('an edit for a clip that somebody else edited meanwhile is refused, and only that', async () => {
  const root = join(folder, 'conflict')
  const library = openLibrary(root)
  const id = makeClip(library)
  const workers = Array.from({ length: 3 }, () => start(root, id, 30, 'ticket'))
  const ended = await Promise.all(workers.map(({ exited }) => exited))
  for (const { code, errors, said } of ended) {
    expect(code, errors).toBe(0)
    expect(said.done).toBe(30)
  }
  expect(rows(library, id).filter(({ kind }) => kind === 'edit')).toHaveLength(3 * 33)
  library.close()
}, 60_000)

test('a process that is killed while it edits leaves a whole log', async () => {
  const root = join(folder, 'killed')
  const library = openLibrary(root)
  const id = makeClip(library)
  for (let round = 0; round < 4; round += 1) {
    const { child, ready, exited } = start(root, id, 0)
    await ready
    await sleep(30 + 40 * round)
    child.kill('SIGKILL')
    await exited
    const log = rows(library, id)
    expect(log.map(({ revision }) => revision)).toEqual(log.map((_, index) => index))
    const state = library.clipEdits.state(id)!
    expect(clipEditsSchema.parse(state.edits)).toEqual(state.edits)
    expect(state.revision).toBe(Math.max(0, log.length - 1))
    // The clip and its log were changed together or not at all.
    expect(library.clips.get(id)).toMatchObject(spanOfParts(state.edits.parts))
    expect(library.clipEdits.edit(id, { kind: 'speed', speed: 2 + round / 10 })?.canUndo).toBe(true)
  }
  expect(library.connection.raw.pragma('integrity_check', { simple: true })).toBe('ok')
  library.close()
}, 60_000)
