import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { secondsFromTicks } from '../../src-shared/domain/time.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { seeded } from '../helpers/kill-chain.ts'
import { makeMedia, type Recipe, type VideoRecipe } from '../helpers/make-media.ts'
import { numberedSource } from '../helpers/numbered.ts'
import { cutAndRead, openGop, type Opened } from '../helpers/smart-cut.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const seed = Number(process.env['CLUTCHCUT_SEED'] ?? Date.now() % 1e6)
const cuts = Number(process.env['CLUTCHCUT_CUTS'] ?? 100)
/** The cut of this seed to begin with: to come straight to one that failed. */
const from = Number(process.env['CLUTCHCUT_FIRST'] ?? 0)
const folder = tempFolder('clutchcut-smart')

interface Source {
  name: string
  recipe: Recipe
  seconds: number
  fps: number
  /** Between keyframes, in seconds. */
  gop: number
  /** What its first picture shows. */
  first?: number
  /** It cannot be cut smartly, and is encoded as a whole: but where a clip begins with the one whole picture it has. */
  encoded?: true
  /** Copied from its second and a half on, with an edit list. */
  edited?: true
}

function numbered(name: string, video: VideoRecipe, recipe: Recipe = {}, more: Partial<Source> = {}): Source {
  const [num = 30, den = 1] = (video.fps ?? '30').split('/').map(Number)
  const own = numberedSource({ seconds: 8, fps: video.fps ?? '30' })
  const made = { seconds: 8, ...recipe, video: { source: own, ...video } }
  return { name, recipe: made, seconds: 8, fps: num / den, gop: ((video.gop ?? 30) * den) / num, ...more }
}

// Codec × distance of keyframes × frame rate × reordering × container, and what recorders and phones make besides.
const sources: readonly Source[] = [
  numbered('H.264, mp4', { gop: 45 }),
  numbered('H.264 at 60000/1001, mkv', { fps: '60000/1001', gop: 97, bFrames: 3 }, { container: 'mkv' }),
  numbered('H.264 at 24, no B-frames, flv', { fps: '24', gop: 31, bFrames: 0 }, { container: 'flv' }),
  numbered('H.264 with a pyramid, ts', { gop: 60, bFrames: 5 }, { container: 'ts', extra: ['-b-pyramid', 'normal'] }),
  numbered('HEVC at 25, mp4', { codec: 'hevc', fps: '25', gop: 40 }),
  numbered('HEVC with leading pictures, mkv', { codec: 'hevc' }, { container: 'mkv', extra: [...openGop] }),
  numbered('H.264 at 10, keyframes far apart, mkv', { fps: '10', gop: 30 }, { container: 'mkv' }),
  numbered('H.264 at 5, flv', { fps: '5', gop: 10, bFrames: 0 }, { container: 'flv' }),
  numbered('H.264, uneven, mkv', { variable: true, gop: 20 }, { container: 'mkv' }),
  numbered('H.264 at 5 with a pyramid, ts', { fps: '5', gop: 10, bFrames: 5 }, { container: 'ts' }),
  numbered('H.264, held upright, mp4', { rotation: 90, gop: 40 }),
  numbered('H.264, sound ends early, mkv', { gop: 50 }, { container: 'mkv', audio: [{ source: 'sine=d=3' }] }),
  numbered('H.264, sound goes on, mp4', { gop: 50 }, { audio: [{ source: 'sine=d=11' }] }),
  numbered('H.264, edit list, mp4', { gop: 30 }, {}, { seconds: 6.5, first: 45, edited: true }),
  numbered('HEVC in 10 bits, mkv', { codec: 'hevc', pixels: 'yuv420p10le' }, { container: 'mkv' }, { encoded: true }),
  numbered(
    'H.264 refreshed in stripes, mp4',
    { gop: 45, bFrames: 0 },
    { extra: ['-x264-params', 'intra-refresh=1:keyint=45:scenecut=0'] },
    { encoded: true },
  ),
]

const runner = await testRunner()
const opened = new Map<string, Promise<Opened>>()

function open(source: Source): Promise<Opened> {
  const found = opened.get(source.name) ?? makeSource(source)
  opened.set(source.name, found)
  return found
}

async function makeSource({ recipe, edited }: Source): Promise<Opened> {
  let file = await makeMedia(folder, recipe)
  if (edited === true) {
    const cut = path.join(folder, 'edited.mp4')
    if (!existsSync(cut)) await runner.run(['-ss', '1.5', '-i', file, '-c', 'copy', '-y', cut])
    file = cut
  }
  const source = await checkSource(file)
  return { source, media: await probe(runner, source) }
}

/** Half of all anywhere; the others where cutting is hard. */
function anySpan(random: () => number, { seconds, fps, gop, recipe, first = 0 }: Source): [number, number] {
  const least = recipe.video?.variable === true ? 0.3 : 0.21
  const start = random() * (seconds - least)
  const end = Math.min(seconds, start + least + random() * 5)
  const keyframe = (1 + Math.floor((random() * (seconds - 1)) / gop)) * gop - ((first / fps) % gop)
  const near = Math.min(Math.max(0, keyframe + (2 * random() - 1) / fps), seconds)
  switch (Math.floor(random() * 10)) {
    case 0:
      return [0, Math.max(least, end)]
    case 1:
      return [start, seconds]
    case 2:
      return [start, start + least]
    case 3:
      return near + least < seconds ? [near, Math.min(seconds, near + least + random() * 3)] : [start, end]
    case 4:
      return near - least > 0 ? [Math.max(0, near - least - random() * 3), near] : [start, end]
    default:
      return [start, end]
  }
}

it(`cuts at ${cuts} random points, to the frame, all checked`, async () => {
  const random = seeded(seed)
  let smart = 0
  for (let i = 0; i < from + cuts; i += 1) {
    const source = sources[i % sources.length]!
    const { recipe, fps, first = 0, encoded = false } = source
    const [start, end] = anySpan(random, source)
    if (i < from) continue
    const what = `CLUTCHCUT_SEED=${seed}, cut ${i} of ${source.name}: ${start} to ${end}`
    const cutting = cutAndRead(runner, await open(source), [start, end], folder, encoded)
    const { numbers, made, plan } = await cutting.catch((thrown: unknown) => {
      throw new Error(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown })
    })
    if (plan.cut === 'smart') smart += 1
    if (encoded && start > 0) expect(plan.cut, what).toBe('encode')
    // Each picture once, none left out, from the first within the wish to the last.
    if (recipe.video?.variable !== true) {
      expect(numbers, what).toEqual(numbers.map((_, n) => numbers[0]! + n))
      expect(Math.abs((numbers[0]! - first) / fps - start), what).toBeLessThanOrEqual(1 / fps + 0.01)
      expect(Math.abs((numbers.at(-1)! + 1 - first) / fps - end), what).toBeLessThanOrEqual(1 / fps + 0.01)
    } else expect(numbers, what).toEqual(numbers.toSorted((a, b) => a - b))
    expect(secondsFromTicks(made.start) - start, what).toBeGreaterThanOrEqual(-0.01)
  }
  process.stderr.write(`${smart} of ${cuts} cut smartly, CLUTCHCUT_SEED=${seed}\n`)
  if (cuts >= 100) expect(smart).toBeGreaterThan(cuts / 3)
})
