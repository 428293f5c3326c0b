import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  renderClips,
  type RenderContext,
  type RenderRequest,
} from '../../../../../src-main/stages/render/render-clips.ts'
import type { Clip, Render } from '../../../../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../../../../src-shared/contract/errors.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import { makeMedia } from '../../../../helpers/make-media-info.ts'
import { fakeRenderDeps, type FakeRenderDeps } from '../../../../helpers/render-deps.ts'

let folder: string
let out: string
let deps: FakeRenderDeps
let fractions: number[]

const clipAt = (id: number, start: number, title = `at ${start}`): Clip => ({
  id,
  recording: 'ab'.repeat(32),
  start: start * S,
  end: (start + 10) * S,
  peak: (start + 5) * S,
  score: 0.5,
  reasons: [],
  title,
  state: 'kept',
  favourite: false,
  tags: [],
  renders: [],
})
const videosIn = (folder: string): string[] => readdirSync(folder).filter((name) => /^[^.].*\.mp4$/.test(name))
const request = (change: Partial<RenderRequest> = {}): RenderRequest => ({
  recording: { fingerprint: 'ab'.repeat(32), path: '/videos/match.mkv', size: 1, mtimeMs: 0 },
  media: makeMedia({ recordedAt: '2026-05-01T20:15:30+02:00' }),
  clips: [clipAt(1, 10), clipAt(2, 50)],
  kinds: ['landscape'],
  cut: null,
  layout: 'auto',
  platform: null,
  outputFolder: out,
  nameTemplate: '{date} {n} {title}',
  game: null,
  jobId: 3,
  ...change,
})
const context = (change: Partial<RenderContext> = {}): RenderContext => ({
  signal: new AbortController().signal,
  onProgress: (fraction) => fractions.push(fraction),
  checkLease: () => {},
  platform: process.platform,
  ...change,
})
/** The one render of a request for one clip. */
const renderOne = async (of: RenderRequest): Promise<Render> => (await renderClips(deps, of, context())).flat()[0]!
const names = (): string[] => readdirSync(out).toSorted()
const expectNothingLeft = (): void => {
  expect(deps.recorded.size).toBe(0)
  expect(names().filter((name) => name.startsWith('.'))).toEqual([])
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clutchcut-render-'))
  out = join(folder, 'new', 'clips')
  deps = fakeRenderDeps()
  fractions = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('renderClips', () => {
  it('tells of each file once it has its name, before the next one is made', async () => {
    const told: { id: number; files: number }[] = []
    const onFile = ({ id }: Clip): void => void told.push({ id, files: videosIn(out).length })
    await renderClips({ ...deps, media: { ...deps.media, atOnce: 1 }, onFile }, request(), context())
    expect(told).toEqual([
      { id: 1, files: 1 },
      { id: 2, files: 2 },
    ])
    // What was made before is no news.
    await renderClips({ ...deps, onFile }, request(), context())
    expect(told).toHaveLength(2)
  })

  it('makes the folder, the clips and their documents, and leaves nothing else', async () => {
    const renders = await renderClips(deps, request(), context())
    expect(renders.flat()).toMatchObject([
      {
        path: join(out, '2026-05-01 01 at 10.mp4'),
        kind: 'landscape',
        cut: 'encode',
        verified: true,
        start: 10 * S,
        end: 20 * S,
      },
      { path: join(out, '2026-05-01 02 at 50.mp4') },
    ])
    expect(names()).toEqual([
      '2026-05-01 01 at 10.mp4',
      '2026-05-01 01 at 10.mp4.clutchcut.json',
      '2026-05-01 02 at 50.mp4',
      '2026-05-01 02 at 50.mp4.clutchcut.json',
    ])
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    expectNothingLeft()
  })

  it('writes a partial file down before it exists, hidden, beside its place', async () => {
    const { cut } = deps.media
    deps.media.cut = async (source, plan, files, options) => {
      for (const path of [files.output, files.scratch]) {
        expect(existsSync(path)).toBe(false)
        expect(deps.recorded.get(path)).toBe(3)
        expect(basename(path)).toMatch(/^\.clutchcut-3-\d-[0-9a-f]{8}\.partial\.mp4$/)
      }
      return cut(source, plan, files, options)
    }
    await renderClips(deps, request(), context())
    expect(deps.cuts).toBe(2)
  })

  it('uses again what it made before, and puts a lost document back', async () => {
    const first = await renderClips(deps, request(), context())
    const path = first[0]![0]!.path
    const { ino, mtimeMs } = statSync(path)
    rmSync(`${path}.clutchcut.json`)
    expect(await renderClips(deps, request(), context())).toEqual(first)
    expect(deps.cuts).toBe(2)
    expect(statSync(path)).toMatchObject({ ino, mtimeMs })
    expect(existsSync(`${path}.clutchcut.json`)).toBe(true)
    expectNothingLeft()
  })

  it('gives no name to a clip of a recording that was replaced meanwhile', async () => {
    const path = join(folder, 'match.mkv')
    writeFileSync(path, 'match')
    const { size, mtimeMs } = statSync(path)
    const of = request({ recording: { fingerprint: 'ab'.repeat(32), path, size, mtimeMs } })
    const { cut } = deps.media
    deps.media.cut = async (...args) => {
      writeFileSync(path, 'another match')
      return cut(...args)
    }
    await expect(renderClips(deps, of, context())).rejects.toThrow(/The recording changed while a clip was made of it/)
    expect(names()).toEqual([])
    expectNothingLeft()
    expect(deps.saved.size).toBe(0)
  })

  it('makes a clip again that was deleted, and never touches one that was edited', async () => {
    const [one, two] = (await renderClips(deps, request(), context())).flat()
    rmSync(one!.path)
    rmSync(`${one!.path}.clutchcut.json`)
    writeFileSync(two!.path, 'edited by a person')
    const again = (await renderClips(deps, request(), context())).flat()
    expect(again.map(({ path }) => basename(path))).toEqual(['2026-05-01 01 at 10.mp4', '2026-05-01 02 at 50 (2).mp4'])
    expect(readFileSync(two!.path, 'utf8')).toBe('edited by a person')
  })

  it('gives another name where one is taken, even by a dangling link or a document', async () => {
    await deps.files.prepareFolder(out)
    writeFileSync(join(out, 'x.mp4'), 'mine')
    symlinkSync(join(folder, 'nowhere'), join(out, 'x (2).mp4'))
    writeFileSync(join(out, 'x (3).mp4.clutchcut.json'), 'mine')
    const render = await renderOne(request({ clips: [clipAt(1, 10, 'x')], nameTemplate: '{title}' }))
    expect(basename(render.path)).toBe('x (4).mp4')
    expect(readFileSync(join(out, 'x.mp4'), 'utf8')).toBe('mine')
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  it('gives way to who takes the name at the last moment, and forgets what it had written down', async () => {
    const { publish } = deps.files
    let rivals = 1
    deps.files.publish = async (temp, final) => {
      if (rivals-- > 0) writeFileSync(final, 'rival')
      return publish(temp, final)
    }
    const render = await renderOne(request({ clips: [clipAt(1, 10, 'x')], nameTemplate: '{title}' }))
    expect(basename(render.path)).toBe('x (2).mp4')
    expect(readFileSync(join(out, 'x.mp4'), 'utf8')).toBe('rival')
    expect([...deps.saved.keys()]).toEqual([join(out, 'x (2).mp4')])
    expectNothingLeft()
  })

  it('takes what a run that died right after publishing had made, and makes what it had not', async () => {
    for (const stopAt of ['before', 'after'] as const) {
      deps = fakeRenderDeps()
      rmSync(out, { recursive: true, force: true })
      const { publish } = deps.files
      deps.files.publish = async (temp, final) => {
        if (stopAt === 'after') await publish(temp, final)
        throw new Error('killed')
      }
      const one = request({ clips: [clipAt(1, 10)] })
      await expect(renderClips(deps, one, context())).rejects.toThrow('killed')
      deps.files.publish = publish
      const render = await renderOne(one)
      expect(deps.cuts).toBe(stopAt === 'after' ? 1 : 2)
      expect(names()).toEqual([basename(render.path), `${basename(render.path)}.clutchcut.json`])
      expectNothingLeft()
    }
  })

  it('makes nothing visible once the job is another’s', async () => {
    const checkLease = (): void => {
      throw new ClutchcutError('job/lease-lost', 'Gone.')
    }
    await expect(renderClips(deps, request(), context({ checkLease }))).rejects.toMatchObject({
      code: 'job/lease-lost',
    })
    expect(names()).toEqual([])
    expect(deps.saved.size).toBe(0)
    expectNothingLeft()
  })

  it('removes what it began when the cut fails, is cancelled, or writes nothing', async () => {
    const controller = new AbortController()
    deps.media.cut = async (_source, _plan, { output }, { signal }) => {
      writeFileSync(output, 'half')
      controller.abort()
      signal.throwIfAborted()
      throw new Error('not reached')
    }
    await expect(renderClips(deps, request(), context({ signal: controller.signal }))).rejects.toMatchObject({
      name: 'AbortError',
    })
    expectNothingLeft()
    deps.media.cut = async (_source, plan, { output }) => {
      writeFileSync(output, '')
      return { kind: 'made', made: { ...plan.span, notes: [], copied: null } }
    }
    await expect(renderClips(deps, request(), context())).rejects.toMatchObject({ code: 'ffmpeg/failed' })
    expectNothingLeft()
    expect(names()).toEqual([])
  })

  it('keeps a partial file written down that it cannot remove', async () => {
    deps.files.remove = async () => 'unreachable'
    deps.media.cut = async () => Promise.reject(new Error('the drive went away'))
    const one = request({ clips: [clipAt(1, 10)] })
    await expect(renderClips(deps, one, context())).rejects.toThrow('went away')
    expect(deps.recorded.size).toBe(2)
  })

  it.each(['"quoted"', 'new\nline', '🎮🔥', 'é'.repeat(200), '-rf', '%03d %s', 'CON', '../../up', 'a'.repeat(300)])(
    'makes a safe file of a clip called %j',
    async (title) => {
      const render = await renderOne(request({ clips: [clipAt(1, 10, title)], nameTemplate: '{title}' }))
      expect(existsSync(render.path)).toBe(true)
      expect(names()).toEqual([basename(render.path), `${basename(render.path)}.clutchcut.json`])
    },
  )

  it('names clips in their order, whichever was ready first', async () => {
    const { cut } = deps.media
    deps.media.cut = async (source, plan, files, options) => {
      // The first takes longest.
      await new Promise((resolve) => setTimeout(resolve, plan.span.start < 20 * S ? 30 : 1))
      return cut(source, plan, files, options)
    }
    const clips = [clipAt(1, 10, 'x'), clipAt(2, 50, 'x'), clipAt(3, 90, 'x')]
    const renders = await renderClips(deps, request({ clips, nameTemplate: '{title}' }), context())
    expect(renders.map(([render]) => [basename(render!.path), render!.start / S])).toEqual([
      ['x.mp4', 10],
      ['x (2).mp4', 50],
      ['x (3).mp4', 90],
    ])
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  it('ends the others when one fails, and leaves nothing of them', async () => {
    let ended = false
    deps.media.cut = async (_source, plan, { output }, { signal }) => {
      writeFileSync(output, 'half')
      if (plan.span.start > 20 * S) throw new Error('no space')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      ended = true
      signal.throwIfAborted()
      throw new Error('not reached')
    }
    await expect(renderClips(deps, request(), context())).rejects.toThrow('no space')
    expect(ended).toBe(true)
    expect(names()).toEqual([])
    expectNothingLeft()
  })

  it('refuses a folder in whose place there is a file', async () => {
    writeFileSync(join(folder, 'new'), 'a file')
    await expect(renderClips(deps, request(), context())).rejects.toMatchObject({ code: 'output/not-writable' })
    expect(deps.cuts).toBe(0)
  })
})
