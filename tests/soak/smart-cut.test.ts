import { expect, it } from 'vitest'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { secondsFromTicks } from '../../src-shared/domain/time.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { seeded } from '../helpers/kill-chain.ts'
import { makeMedia, type Recipe, type VideoRecipe } from '../helpers/make-media.ts'
import { numberedSource } from '../helpers/numbered.ts'
import { cutNumbered, openGop } from '../helpers/smart-cut.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const seed = Number(process.env['CLUTCHCUT_SEED'] ?? Date.now() % 1e6)
const cuts = Number(process.env['CLUTCHCUT_CUTS'] ?? 100)
const seconds = 8
const folder = tempFolder('clutchcut-smart')

const numbered = (video: VideoRecipe, recipe: Recipe = {}): Recipe => ({
  seconds,
  ...recipe,
  video: { source: numberedSource({ seconds, fps: video.fps ?? '30' }), ...video },
})

// Codec × distance of keyframes × frame rate × reordering × container.
const sources: readonly (readonly [string, Recipe])[] = [
  ['H.264, mp4', numbered({ gop: 45 })],
  ['H.264 at 60000/1001, mkv', numbered({ fps: '60000/1001', gop: 97, bFrames: 3 }, { container: 'mkv' })],
  ['H.264 at 24, no B-frames, flv', numbered({ fps: '24', gop: 31, bFrames: 0 }, { container: 'flv' })],
  ['H.264 with a pyramid, ts', numbered({ gop: 60, bFrames: 5 }, { container: 'ts', extra: ['-b-pyramid', 'normal'] })],
  ['HEVC at 25, mp4', numbered({ codec: 'hevc', fps: '25', gop: 40 })],
  ['HEVC with leading pictures, mkv', numbered({ codec: 'hevc' }, { container: 'mkv', extra: [...openGop] })],
  ['H.264 at 10, keyframes far apart, mkv', numbered({ fps: '10', gop: 30 }, { container: 'mkv' })],
  ['H.264 at 5, flv', numbered({ fps: '5', gop: 10, bFrames: 0 }, { container: 'flv' })],
  ['H.264, uneven, mkv', numbered({ variable: true, gop: 20 }, { container: 'mkv' })],
]

it(`cuts at ${cuts} random points, to the frame, all checked`, async () => {
  const runner = await testRunner()
  const random = seeded(seed)
  let smart = 0
  for (let i = 0; i < cuts; i += 1) {
    const [name, recipe] = sources[i % sources.length]!
    const source = await checkSource(await makeMedia(folder, recipe))
    const media = await probe(runner, source)
    const start = random() * (seconds - 0.3)
    const end = Math.min(seconds, start + 0.2 + random() * 5)
    const what = `CLUTCHCUT_SEED=${seed}, cut ${i} of ${name}: ${start} to ${end}`
    const { numbers, made, plan } = await cutNumbered(runner, { source, media }, start, end, folder).catch(
      (thrown: unknown) => {
        throw new Error(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown })
      },
    )
    const fps = media.video!.fps.num / media.video!.fps.den
    if (plan.cut === 'smart') smart += 1
    // Each picture once, none left out, from the first within the wish to the last.
    if (recipe.video?.variable !== true) {
      expect(numbers, what).toEqual(numbers.map((_, n) => numbers[0]! + n))
      expect(Math.abs(numbers[0]! / fps - start), what).toBeLessThanOrEqual(1 / fps + 0.01)
      expect(Math.abs((numbers.at(-1)! + 1) / fps - end), what).toBeLessThanOrEqual(1 / fps + 0.01)
    } else expect(numbers, what).toEqual(numbers.toSorted((a, b) => a - b))
    expect(secondsFromTicks(made.start) - start, what).toBeGreaterThanOrEqual(-0.01)
  }
  process.stderr.write(`${smart} of ${cuts} cut smartly, CLUTCHCUT_SEED=${seed}\n`)
  expect(smart).toBeGreaterThan(cuts / 2)
})
