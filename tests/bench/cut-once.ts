// Cuts one clip smartly and checks it, as the program does, and prints what each part took:
//   node tests/bench/cut-once.ts FILE START END OUTPUT
import { rmSync } from 'node:fs'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { cutClip } from '../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../src-main/adapters/ffmpeg/cut-index.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { readSmartSource } from '../../src-main/adapters/ffmpeg/smart-source.ts'
import { verifyClip } from '../../src-main/adapters/ffmpeg/verify-clip.ts'
import { planRender } from '../../src-main/stages/render/plan-render.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { testRunner } from '../helpers/ffmpeg.ts'

const [file = '', from = '', to = '', output = ''] = process.argv.slice(2)
const runner = await testRunner()
const source = await checkSource(file)
const media = await probe(runner, source)
const startedAt = performance.now()
const span = { start: ticksFromSeconds(Number(from)), end: ticksFromSeconds(Number(to)) }
if (media.video === null) throw new Error('no picture')
const stream = readSmartSource(runner, source, media.video, {})
const index = await readCutIndex(runner, source, media, span)
const clip = { ...span, recording: '0'.repeat(64), title: '', reasons: [] }
const plan = planRender({
  clip,
  media,
  kind: 'landscape',
  cut: 'smart',
  keyframe: null,
  index,
  edges: new Set(['h264', 'hevc']),
  filters: new Set(),
})
if (plan.video.action !== 'smart' || index === null) throw new Error(plan.note ?? 'no smart cut')
const scratch = `${output}.scratch`
rmSync(scratch, { force: true })
const result = await cutClip(runner, source, media, plan, { output, scratch }, { index, smartSource: () => stream })
rmSync(scratch, { force: true })
if (result.kind === 'cannot') throw new Error(result.reason)
const cutAt = performance.now()
const problems = await verifyClip(runner, media, plan, result.made, output, { index })
if (problems.length > 0) throw new Error(problems.join(' '))
const { copy } = plan.video
process.stdout.write(
  JSON.stringify({
    cutSeconds: (cutAt - startedAt) / 1000,
    verifySeconds: (performance.now() - cutAt) / 1000,
    frames: index.frames.length,
    copied: result.made.copied?.hashes.length ?? 0,
    edges: [
      [secondsFromTicks(index.frames[0]!.time), secondsFromTicks(copy.start)],
      [secondsFromTicks(copy.end), secondsFromTicks(index.frames.at(-1)!.end)],
    ],
  }),
)
