import { truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { readMp4 } from '../../../src-main/adapters/ffmpeg/read-mp4.ts'
import { readPackets, type Packet } from '../../../src-main/adapters/ffmpeg/read-packets.ts'
import { planRender } from '../../../src-main/stages/render/plan-render.ts'
import type { CutMode } from '../../../src-shared/contract/clip.ts'
import { TICKS_PER_SECOND, ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { cutFile } from '../../helpers/cut-file.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../../helpers/make-media.ts'
import { planSmart } from '../../helpers/smart-cut.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder()
const runner = await testRunner()
let count = 0

async function cutOf(recipe: Recipe, cut: CutMode): Promise<string> {
  const source = await checkSource(await makeMedia(folder, { seconds: 5, ...recipe }))
  const media = await probe(runner, source)
  const output = path.join(folder, `clip ${(count += 1)}.mp4`)
  const smart = await planSmart(runner, { source, media }, 1.52, 3.1)
  const span = { start: ticksFromSeconds(1.52), end: ticksFromSeconds(3.1) }
  const clip = { ...span, recording: 'ab'.repeat(32), title: '', reasons: [] }
  const wish = {
    clip,
    media,
    kind: 'landscape',
    keyframe: TICKS_PER_SECOND,
    index: null,
    edges: new Set<string>(),
    filters: new Set<string>(),
  } as const
  const plan = cut === 'smart' ? smart : planRender({ ...wish, cut })
  expect(plan.cut).toBe(cut)
  await cutFile(runner, source, media, plan, output)
  return output
}

describe('readMp4', () => {
  it.each<[string, Recipe, CutMode]>([
    ['a smart cut', {}, 'smart'],
    [
      'of HEVC, with two tracks',
      { container: 'mkv', video: { codec: 'hevc' }, audio: [{}, { codec: 'opus' }] },
      'smart',
    ],
    ['without B-frames', { video: { bFrames: 0 } }, 'smart'],
    ['with many', { video: { bFrames: 6 }, extra: ['-b-pyramid', 'normal', '-refs', '4'] }, 'smart'],
    ['a copy', {}, 'copy'],
    ['out of TS', { container: 'ts' }, 'copy'],
    ['an encode', {}, 'encode'],
  ])('%s: says what ffprobe says', async (_, recipe, cut) => {
    const output = await cutOf(recipe, cut)
    const source = await checkSource(output)
    const ours = await readMp4(output)
    const theirs = await readPackets(runner, source)
    const bare = await readPackets(
      { ...runner, probe: (argv, options) => runner.probe(['-ignore_editlist', '1', ...argv], options) },
      source,
    )
    expect(ours.streams.map(({ index, type, timebase }) => ({ index, type, timebase }))).toEqual(theirs.streams)
    for (const { index, late } of ours.streams) {
      const own = (read: { readonly packets: readonly Packet[] }) => {
        const packets = read.packets.filter((packet) => packet.streamIndex === index)
        // Where pictures were moved before their time of decoding, FFmpeg lets decoding begin earlier; and how long one
        // is shown it takes from the frame rate.
        const first = packets[0]!.dts!
        // A time that is not whole ticks is rounded with its neighbours or without: a tick is 1.4 ns.
        return {
          packets: packets.map((packet) => ({ ...packet, dts: null, duration: 0 })),
          decoded: packets.map((packet) => packet.dts! - first),
        }
      }
      const [mine, other] = [own(ours), own(theirs)]
      expect(mine.packets).toEqual(other.packets)
      expect(Math.max(...mine.decoded.map((dts, i) => Math.abs(dts - other.decoded[i]!)))).toBeLessThanOrEqual(1)
      const last = (read: typeof theirs): number =>
        Math.max(...read.packets.flatMap((packet) => (packet.streamIndex === index ? [packet.pts ?? 0] : [])))
      expect(late).toBe(last(bare) - last(theirs))
    }
  })

  it('takes no file that is cut short, empty or something else', async () => {
    const output = await cutOf({}, 'copy')
    truncateSync(output, 20_000)
    await expect(readMp4(output)).rejects.toMatchObject({ code: 'ffmpeg/failed' })
    writeFileSync(output, '')
    await expect(readMp4(output)).rejects.toMatchObject({ code: 'ffmpeg/failed' })
    writeFileSync(output, 'no MP4 at all')
    await expect(readMp4(output)).rejects.toMatchObject({ code: 'ffmpeg/failed' })
  })
})
