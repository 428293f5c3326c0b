import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { pino } from 'pino'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { runSpec } from '../../src-main/cli/run-spec.ts'
import { openEngine, type Engine } from '../../src-main/engine.ts'
import type { ClipEdit } from '../../src-shared/contract/clip-edit.ts'
import { secondsFromTicks, ticksFromSeconds as s } from '../../src-shared/domain/time.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-edit-render')
const out = path.join(root, 'out')

async function render(engine: Engine, clip: number): Promise<{ cut: string; seconds: number }> {
  const options = { outputFolder: out }
  const [job] = await engine.api.exports.render({ clipIds: [clip], options, priority: 0 }, undefined)
  engine.queue.start()
  const ended = () => ['done', 'failed'].includes(engine.library.jobs.get(job!.id)?.state ?? '')
  await vi.waitUntil(ended, { timeout: 60_000, interval: 50 })
  expect(engine.library.jobs.get(job!.id)).toMatchObject({ state: 'done' })
  const made = engine.library.renders.list(clip).at(-1)!
  expect(made.verified).toBe(true)
  const { duration } = await probe(await testRunner(), await checkSource(made.path))
  return { cut: made.cut, seconds: secondsFromTicks(duration ?? 0) }
}

test('an edited clip is rendered as it is edited, and as before once that is taken back', async () => {
  const file = await makeMedia(root, { container: 'mp4', seconds: 10, video: { width: 320, height: 180 } })
  const engine = await openEngine({
    dataDir: path.join(root, 'data'),
    host: createNodeHostServices(),
    logger: pino({ level: 'silent' }),
  })
  try {
    const spec = { kind: 'analyze', path: file, device: 'cpu', useCache: true } as const
    expect((await runSpec(engine, spec, new AbortController().signal)).kind).toBe('done')
    const recordingId = engine.library.recordings.byPath(file)!.id
    const { id } = await engine.api.clips.create({ recordingId, start: s(1), end: s(7) }, undefined)
    const edit = (what: ClipEdit) => engine.api.clipEdits.edit({ id, edit: what })

    // Two parts that are one stretch: only the edges are encoded, as of any clip.
    edit({ kind: 'trim', start: s(1.5), end: s(6.5) })
    edit({ kind: 'split', at: s(2) })
    const trimmed = await render(engine, id)
    expect(trimmed).toMatchObject({ cut: 'smart' })
    expect(trimmed.seconds).toBeCloseTo(5, 1)

    edit({ kind: 'cut', start: s(1), end: s(2) })
    edit({ kind: 'speed', speed: 2, span: { start: s(1), end: s(3) } })
    const edited = await render(engine, id)
    expect(edited).toMatchObject({ cut: 'encode' })
    expect(edited.seconds).toBeCloseTo(3, 1)

    engine.api.clipEdits.undo({ id })
    engine.api.clipEdits.undo({ id })
    const files = readdirSync(out).length
    await render(engine, id)
    // The first file is what the clip is again: it is taken, not made anew.
    expect(readdirSync(out)).toHaveLength(files)
  } finally {
    await engine.close()
  }
}, 180_000)
