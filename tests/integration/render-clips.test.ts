import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { cutClip } from '../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../src-main/adapters/ffmpeg/cut-index.ts'
import { findDamage } from '../../src-main/adapters/ffmpeg/find-damage.ts'
import { keyframeBefore } from '../../src-main/adapters/ffmpeg/keyframes-near.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../../src-main/adapters/ffmpeg/source-file.ts'
import { verifyMade } from '../../src-main/adapters/ffmpeg/verify-made.ts'
import { renderClips, type RenderRequest } from '../../src-main/stages/render/render-clips.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND as S } from '../../src-shared/domain/time.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../helpers/make-media.ts'
import { fakeRenderDeps, type FakeRenderDeps } from '../helpers/render-deps.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-render')
let runner: FfmpegRunner

beforeAll(async () => {
  runner = await testRunner()
})

interface Case {
  deps: FakeRenderDeps
  request: RenderRequest
  media: MediaInfo
}

async function setUp(recipe: Recipe, change: Partial<RenderRequest> = {}): Promise<Case> {
  const folder = mkdtempSync(join(root, 'case-'))
  const path = await makeMedia(folder, recipe)
  const source: SourceFile = await checkSource(path)
  const media = await probe(runner, source)
  const deps = fakeRenderDeps()
  deps.media = {
    ...deps.media,
    keyframeBefore: (_, time, options) => keyframeBefore(runner, source, media, time, options),
    cutIndex: (_, span, options) => readCutIndex(runner, source, media, span, options),
    atOnce: 2,
    edgeCodecs: async () => new Set(['h264', 'hevc']),
    cut: (_, plan, files, options) => cutClip(runner, source, media, plan, files, options),
    verify: (_, plan, made, files, options) => verifyMade(runner, source, media, plan, made, files, options),
    damage: (_, span, options) => findDamage(runner, source, media, span, options),
  }
  const recording = { fingerprint: 'ab'.repeat(32), path, size: source.size, mtimeMs: source.mtimeMs }
  const clip = {
    id: 1,
    recording: recording.fingerprint,
    start: 5 * S,
    end: 9 * S,
    peak: 6 * S,
    score: 0.5,
    reasons: [{ signal: 'audio.onset', weight: 1, text: 'Loud "bang"; 50% more' }],
    title: 'Ace\n🎮',
    state: 'kept' as const,
    favourite: false,
    tags: [],
    renders: [],
  }
  const request: RenderRequest = {
    recording,
    media,
    clips: [clip],
    kinds: ['landscape'],
    cut: null,
    layout: 'auto',
    platform: null,
    outputFolder: join(folder, 'out'),
    nameTemplate: '{title}',
    game: null,
    jobId: 1,
    ...change,
  }
  return { deps, request, media }
}

const context = (signal = new AbortController().signal) => ({
  signal,
  onProgress: () => {},
  checkLease: () => {},
  platform: process.platform,
})

/** Seconds and streams of a made file, as FFmpeg sees it. */
async function look(path: string): Promise<{ seconds: number; audio: number }> {
  const { duration, audio } = await probe(runner, await checkSource(path))
  return { seconds: (duration ?? 0) / S, audio: audio.length }
}

describe('renderClips with the real FFmpeg', () => {
  it('copies from the keyframe before the start, and says so', async () => {
    // Keyframes every two seconds: the one before second 5 lies at 4.
    const recipe: Recipe = { container: 'mkv', seconds: 12, video: { fps: '30', gop: 60 } }
    const { deps, request } = await setUp(recipe, { cut: 'copy' })
    const [render] = (await renderClips(deps, request, context())).flat()
    expect(render).toMatchObject({ cut: 'copy', verified: true })
    expect(render!.start / S).toBeCloseTo(4, 1)
    expect(render!.end / S).toBeGreaterThan(8.9)
    expect(render!.end / S).toBeLessThan(9.3)
    const { seconds } = await look(render!.path)
    expect(seconds).toBeCloseTo((render!.end - render!.start) / S, 0)
    expect(readdirSync(request.outputFolder)).toHaveLength(2)
  })

  it('cuts smartly unless it is told otherwise: exactly, and most of it copied', async () => {
    const { deps, request } = await setUp({ container: 'mkv', seconds: 12, video: { fps: '30', gop: 50 } })
    const [render] = (await renderClips(deps, request, context())).flat()
    expect(render).toMatchObject({ cut: 'smart', verified: true })
    expect(render).not.toHaveProperty('note')
    expect(Math.abs(render!.start / S - 5)).toBeLessThan(1 / 30)
    expect(Math.abs(render!.end / S - 9)).toBeLessThan(1 / 30)
    expect(await look(render!.path)).toEqual({ seconds: expect.closeTo(4, 1) as number, audio: 1 })
    expect(readdirSync(request.outputFolder)).toHaveLength(2)
    expect(deps.recorded.size).toBe(0)
  })

  it('encodes a clip as a whole whose smart cut does not pass, and says so', async () => {
    const { deps, request } = await setUp({ container: 'mkv', seconds: 12, video: { fps: '30', gop: 50 } })
    const { verify } = deps.media
    deps.media.verify = async (source, plan, ...rest) =>
      plan.cut === 'smart' ? ['A join does not decode.'] : verify(source, plan, ...rest)
    const [render] = (await renderClips(deps, request, context())).flat()
    expect(render).toMatchObject({
      cut: 'encode',
      verified: true,
      note: 'It was encoded as a whole: a join does not decode.',
    })
    // The wish is remembered as fulfilled: nothing is made a second time.
    const again = (await renderClips(deps, request, context())).flat()
    expect(again[0]!.path).toBe(render!.path)
    expect(readdirSync(request.outputFolder)).toHaveLength(2)
  })

  it('encodes a recording without whole pictures from where they are complete, and says why', async () => {
    // Refreshed stripe by stripe: a decoder shows nothing until all of them came, two seconds behind where it began.
    const refreshed = ['-x264-params', 'intra-refresh=1:keyint=60:scenecut=0', '-bf', '0']
    const { deps, request } = await setUp({ container: 'mkv', seconds: 12, video: { gop: 60 }, extra: refreshed })
    const [render] = (await renderClips(deps, request, context())).flat()
    expect(render).toMatchObject({ cut: 'encode', verified: true })
    expect(render!.note).toMatch(/^It was encoded as a whole: its keyframes need pictures from before them/)
    expect(Math.abs(render!.start / S - 5)).toBeLessThan(1 / 30)
    expect(Math.abs(render!.end / S - 9)).toBeLessThan(1 / 30)
  })

  it('encodes exactly where keyframes are far, with every track', async () => {
    const { deps, request } = await setUp({
      container: 'mkv',
      seconds: 12,
      video: { fps: '30', gop: 600 },
      audio: [{ title: 'Game' }, { title: 'Mic', codec: 'flac' }],
    })
    const [render] = (await renderClips(deps, request, context())).flat()
    expect(render!.cut).toBe('encode')
    expect(Math.abs(render!.start / S - 5)).toBeLessThan(1 / 30)
    expect(Math.abs(render!.end / S - 9)).toBeLessThan(1 / 30)
    expect(await look(render!.path)).toEqual({ seconds: expect.closeTo(4, 0) as number, audio: 2 })
  })

  it('leaves nothing when it is cancelled while FFmpeg runs', async () => {
    const recipe: Recipe = { container: 'mkv', seconds: 12, video: { fps: '30', gop: 600 } }
    const { deps, request } = await setUp(recipe, { cut: 'encode' })
    const controller = new AbortController()
    const { cut } = deps.media
    deps.media.cut = (source, plan, output, options) =>
      cut(source, plan, output, { ...options, onProgress: () => controller.abort() })
    await expect(renderClips(deps, request, context(controller.signal))).rejects.toMatchObject({ name: 'AbortError' })
    expect(readdirSync(request.outputFolder)).toEqual([])
    expect(deps.recorded.size).toBe(0)
  })
})
