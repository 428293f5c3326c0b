import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { pino } from 'pino'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { runSpec } from '../../src-main/cli/run-spec.ts'
import { openEngine, type Engine } from '../../src-main/engine.ts'
import { TICKS_PER_SECOND as S } from '../../src-shared/domain/time.ts'
import { partialFiles, processesLeft } from '../helpers/leftovers.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-killed-render')
const dataDir = path.join(root, 'data')
const out = path.join(root, 'out')
const worker = fileURLToPath(new URL('../fixtures/queue-worker.ts', import.meta.url))

const open = (): Promise<Engine> =>
  openEngine({ dataDir, host: createNodeHostServices(), logger: pino({ level: 'silent' }) })
const startWorker = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [worker, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

test.skipIf(process.platform === 'win32')(
  'a render job that lost its process twice is made once, and leaves nothing behind',
  async () => {
    const file = await makeMedia(root, { container: 'mkv', seconds: 14, video: { width: 320, height: 180 } })
    let engine = await open()
    const spec = { kind: 'analyze', path: file, device: 'cpu', useCache: true } as const
    expect((await runSpec(engine, spec, new AbortController().signal)).kind).toBe('done')
    const recording = engine.library.recordings.byPath(file)!
    const clips = []
    for (const from of [0, 4, 8]) {
      const span = { recordingId: recording.id, start: from * S, end: (from + 4) * S }
      clips.push(await engine.api.clips.create(span, undefined))
    }
    const [job] = await engine.api.exports.render(
      { clipIds: clips.map(({ id }) => id), options: { outputFolder: out, cut: 'encode' }, priority: 0 },
      undefined,
    )
    await engine.close()
    for (const reached of [() => existsSync(out) && partialFiles(out).length > 0, () => finished().length > 0]) {
      const child = await startWorker()
      await vi.waitUntil(reached, { timeout: 30_000, interval: 5 })
      child.kill('SIGKILL')
      await once(child, 'exit')
      expect(await processesLeft(out)).toEqual([])
    }
    engine = await open()
    try {
      engine.queue.start()
      await vi.waitUntil(() => engine.library.jobs.get(job!.id)?.state === 'done', { timeout: 60_000, interval: 50 })
      expect(engine.library.jobs.get(job!.id)?.produced).toEqual({ clips: 3, renders: 3 })
      expect(finished()).toHaveLength(3)
      expect(partialFiles(out)).toEqual([])
      expect(engine.library.renders.page({}).total).toBe(3)
    } finally {
      await engine.close()
    }
  },
  120_000,
)

function finished(): string[] {
  return existsSync(out) ? readdirSync(out).filter((name) => name.endsWith('.mp4') && !name.startsWith('.')) : []
}
