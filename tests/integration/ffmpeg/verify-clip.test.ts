import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import type { CutClip } from '../../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../../src-main/adapters/ffmpeg/cut-index.ts'
import { comparePictures, sampleFilter, sampleSize } from '../../../src-main/adapters/ffmpeg/picture-samples.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { verifyClip } from '../../../src-main/adapters/ffmpeg/verify-clip.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { cutFile } from '../../helpers/cut-file.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { planSmart, type Opened } from '../../helpers/smart-cut.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder()
const runner = await testRunner()

async function rawOf(argv: readonly string[]): Promise<Buffer> {
  const running = runner.spawn([...argv, '-f', 'rawvideo', 'pipe:3'], { pipes: 1 })
  const chunks: Buffer[] = []
  for await (const chunk of running.pipes[0]!) chunks.push(chunk as Buffer)
  await running.done
  return Buffer.concat(chunks)
}

describe('what a check notices of a smart cut', () => {
  let opened: Opened
  let plan: RenderPlan
  let index: CutIndex | null
  let made: CutClip
  const output = path.join(folder, 'clip.mp4')
  const check = (change: Partial<NonNullable<CutClip['copied']>>): Promise<string[]> => {
    const copied = { ...made.copied!, ...change }
    return verifyClip(runner, opened.media, plan, { ...made, copied }, output, { index })
  }

  beforeAll(async () => {
    const source = await checkSource(await makeMedia(folder, { seconds: 5 }))
    opened = { source, media: await probe(runner, source) }
    plan = await planSmart(runner, opened, 1.52, 3.4)
    made = await cutFile(runner, source, opened.media, plan, output)
    index = await readCutIndex(runner, source, opened.media, plan.span)
  }, 30_000)

  it('nothing where all is well', async () => {
    expect(await check({})).toEqual([])
  })

  it('a copied packet that is not the source’s', async () => {
    const [, ...rest] = made.copied!.hashes
    expect(await check({ hashes: ['00', ...rest] })).toEqual(['Copied pictures are not the source’s.'])
    expect(await check({ first: made.copied!.first + 1 })).toEqual(['Copied pictures are not the source’s.'])
  })

  it('an encoded picture that shows something else', async () => {
    const { edges } = made.copied!
    const turned = Uint8Array.from(edges.head, (value, i) => (i < 2000 ? value ^ 0x40 : value))
    expect(await check({ edges: { ...edges, head: turned } })).toEqual([
      expect.stringMatching(/differs too much from the source’s \(\d+\.\d dB\)/),
    ])
    expect(await check({ edges: { ...edges, head: edges.head.subarray(10) } })).toEqual([
      'Not every encoded picture could be compared.',
    ])
  })
})

it('samples of pictures differ as much as the whole pictures do', async () => {
  const size = { width: 1280, height: 720 }
  const input = ['-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30:d=0.5,noise=alls=12:allf=t']
  const [original, coded] = [path.join(folder, 'a.mkv'), path.join(folder, 'b.mkv')]
  await runner.run([...input, '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-qp', '0', '-preset', 'ultrafast', original])
  await runner.run(['-i', original, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', coded])
  const samples = sampleSize(size, 15)
  expect(samples.width * samples.height).toBeLessThan((size.width * size.height) / 10)
  const [wholeA, wholeB] = [await rawOf(['-i', original]), await rawOf(['-i', coded])]
  const some = ['-vf', sampleFilter(samples)]
  const [someA, someB] = [await rawOf(['-i', original, ...some]), await rawOf(['-i', coded, ...some])]
  const whole = comparePictures(wholeA, wholeB, size)!
  const sampled = comparePictures(someA, someB, samples)!
  expect(whole).toHaveLength(15)
  for (const [i, psnr] of sampled.entries()) expect(Math.abs(psnr - whole[i]!)).toBeLessThan(0.2)
}, 30_000)
