import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { renderClips, type RenderRequest } from '../../../../../src-main/stages/render/render-clips.ts'
import type { Clip } from '../../../../../src-shared/contract/clip.ts'
import { renderPlanSchema, type RenderPlan } from '../../../../../src-shared/contract/render-plan.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeVideo } from '../../../../helpers/make-media-info.ts'
import { fakeRenderDeps, type FakeRenderDeps } from '../../../../helpers/render-deps.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-looks')
let count = 0

function clipOf(length: number): Clip {
  return {
    ...{ id: 1, recording: 'ab'.repeat(32), start: 10 * S, end: (10 + length) * S, peak: 12 * S, score: 0.5 },
    ...{ reasons: [], title: 'Ace', state: 'kept', favourite: false, tags: [], renders: [] },
  }
}

function setUp(change: Partial<RenderRequest> = {}): {
  deps: FakeRenderDeps
  plans: RenderPlan[]
  folder: string
  run(): ReturnType<typeof renderClips>
} {
  const deps = fakeRenderDeps()
  const plans: RenderPlan[] = []
  const { cut } = deps.media
  deps.media.cut = (source, plan, files, options) => {
    plans.push(renderPlanSchema.parse(plan))
    return cut(source, plan, files, options)
  }
  const folder = join(root, String((count += 1)))
  const request: RenderRequest = {
    recording: { fingerprint: 'ab'.repeat(32), path: '/videos/match.mkv', size: 1, mtimeMs: 0 },
    ...{ media: makeMedia(), clips: [clipOf(20)], kinds: ['vertical'], cut: null, layout: 'auto', platform: null },
    ...{ outputFolder: folder, nameTemplate: '{title}', game: null, jobId: 1 },
    ...change,
  }
  const context = {
    signal: new AbortController().signal,
    onProgress: () => {},
    checkLease: () => {},
    platform: process.platform,
  }
  return { deps, plans, folder, run: () => renderClips(deps, request, context) }
}

it('both shapes of a clip are named after it', async () => {
  const { plans, folder, run } = setUp({ kinds: ['landscape', 'vertical'] })
  const [renders] = await run()
  expect(renders?.map(({ kind }) => kind)).toEqual(['landscape', 'vertical'])
  expect(readdirSync(folder).filter((name) => name.endsWith('.mp4'))).toEqual(['Ace vertical.mp4', 'Ace.mp4'])
  expect(plans.find(({ kind }) => kind === 'vertical')?.video).toMatchObject({
    action: 'encode',
    picture: { frame: { width: 1080, height: 1920 }, layout: { kind: 'blur' } },
  })
})

it('what a platform does not take is said before anything is rendered', async () => {
  const { deps, folder, run } = setUp({ clips: [clipOf(200)], platform: 'youtube-shorts' })
  await expect(run()).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(
      /^Nothing was rendered\. YouTube Shorts takes at most 3:00; this clip lasts 3:20/,
    ) as string,
  })
  expect([deps.cuts, existsSync(folder)]).toEqual([0, false])
})

it('what a platform does not take as recorded is encoded within its limits', async () => {
  const video = makeVideo({ codedWidth: 2560, codedHeight: 1440, width: 2560, height: 1440, fps: { num: 120, den: 1 } })
  const media = makeMedia({ video })
  const { plans, run } = setUp({ media, kinds: ['landscape'], platform: 'instagram-reels' })
  const [[render] = []] = await run()
  expect(render?.note).toContain('Instagram Reels does not take it as recorded.')
  expect(plans[0]).toMatchObject({
    editLists: false,
    video: { bitRate: 25_000_000, picture: { frame: { width: 1920, height: 1080 }, fps: { num: 120, den: 2 } } },
  })
})

it('captions make a landscape clip anew and lie beside it where that is asked', async () => {
  const { deps, plans, folder, run } = setUp({ kinds: ['landscape'] })
  deps.look = async () => ({
    overlay: { text: '[Script Info]', what: 'captions' },
    subtitles: [{ ending: 'srt', text: '1\n' }],
  })
  const [[render] = []] = await run()
  expect(render).toMatchObject({
    cut: 'encode',
    note: 'It was encoded as a whole: captions are drawn into its pictures.',
  })
  expect(plans[0]?.video).toMatchObject({ picture: { overlay: '[Script Info]', layout: null, frame: null } })
  expect(readFileSync(join(folder, 'Ace.srt'), 'utf8')).toBe('1\n')
  const other = setUp({ kinds: ['landscape'] })
  other.deps.look = deps.look
  other.deps.media.filters = async () => new Set()
  await expect(other.run()).rejects.toMatchObject({
    code: 'ffmpeg/missing',
    message: expect.stringMatching(/libass/) as string,
  })
})

it('edits change the plan, and a clip that nobody edited keeps its own', async () => {
  const { deps, plans, run } = setUp({ kinds: ['landscape'] })
  const sound = { tracks: [], bleeps: [], fadeIn: 0, fadeOut: 0, duckMusic: true, normalise: true }
  const parts = [
    { start: 12 * S, end: 14 * S, speed: 2 },
    { start: 20 * S, end: 21 * S, speed: 1 },
  ]
  deps.edits = () => ({ parts, zoom: [{ at: 0, scale: 2, x: 0.5, y: 0.5 }], texts: [], sound })
  const [[render] = []] = await run()
  expect(plans[0]).toMatchObject({
    parts,
    span: { start: 12 * S, end: 21 * S },
    video: { picture: { fps: { num: 60 } } },
  })
  expect(render?.note).toBe(
    'It was encoded as a whole: it is made of several parts, its speed is changed, its picture is enlarged.',
  )
})

it('a recording that is damaged is blamed for its clip', async () => {
  const { deps, folder, run } = setUp()
  deps.media.verify = async () => ['It holds 3 pictures instead of 1200.']
  deps.media.damage = async () => 'match.mkv is damaged between 0:12 and 0:14: leave it out.'
  await expect(run()).rejects.toMatchObject({
    code: 'input/not-media',
    message: expect.stringMatching(/0:12 and 0:14/) as string,
  })
  expect(readdirSync(folder)).toEqual([])
})

it('HDR is brought to SDR where this FFmpeg can, and said where it cannot', async () => {
  const media = makeMedia({ video: makeVideo({ hdr: 'pq', bitDepth: 10, pixelFormat: 'yuv420p10le' }) })
  const can = setUp({ media })
  await can.run()
  expect(can.plans[0]?.video).toMatchObject({ picture: { toneMap: 'pq' } })
  const cannot = setUp({ media })
  cannot.deps.media.filters = async () => new Set(['ass'])
  const [[render] = []] = await cannot.run()
  expect(render?.note).toMatch(/no zscale filter/)
})
