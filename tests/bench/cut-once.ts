// Cuts one clip and checks it, as the program does, and prints what each part took:
//   node tests/bench/cut-once.ts FILE START END OUTPUT smart|encode
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
import { cpuSoFar } from './measure.ts'

const [file = '', from = '', to = '', output = '', how = ''] = process.argv.slice(2)
const cut = how === 'encode' ? how : 'smart'
const runner = await testRunner()
const source = await checkSource(file)
const media = await probe(runner, source)
const startedAt = performance.now()
const cpuAtStart = cpuSoFar()
const span = { start: ticksFromSeconds(Number(from)), end: ticksFromSeconds(Number(to)) }
if (media.video === null) throw new Error('no picture')
const stream = readSmartSource(runner, source, media.video, {})
const index = await readCutIndex(runner, source, media, span)
const clip = { ...span, recording: '0'.repeat(64), title: '', reasons: [] }
const plan = planRender({
  clip,
  media,
  kind: 'landscape',
  cut,
  keyframe: null,
  index,
  edges: new Set(['h264', 'hevc']),
  filters: new Set(),
})
if (plan.video.action !== cut || index === null) throw new Error(plan.note ?? `not cut by ${cut}`)
const scratch = `${output}.scratch`
rmSync(scratch, { force: true })
const result = await cutClip(runner, source, media, plan, { output, scratch }, { index, smartSource: () => stream })
rmSync(scratch, { force: true })
if (result.kind === 'cannot') throw new Error(result.reason)
const cutAt = performance.now()
const cpuAtCut = cpuSoFar()
const problems = await verifyClip(runner, media, plan, result.made, output, { index })
if (problems.length > 0) throw new Error(problems.join(' '))
const verifiedAt = performance.now()
const cpuAtEnd = cpuSoFar()
const difference = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : to - from
const [begin, end] = [index.frames[0]!.time, index.frames.at(-1)!.end]
const copy = plan.video.action === 'smart' ? plan.video.copy : { start: end, end }
process.stdout.write(
  JSON.stringify({
    cutSeconds: (cutAt - startedAt) / 1000,
    verifySeconds: (verifiedAt - cutAt) / 1000,
    cutCpu: difference(cpuAtStart, cpuAtCut),
    verifyCpu: difference(cpuAtCut, cpuAtEnd),
    frames: index.frames.length,
    copied: result.made.copied?.hashes.length ?? 0,
    edges: [
      [secondsFromTicks(begin), secondsFromTicks(copy.start)],
      [secondsFromTicks(copy.end), secondsFromTicks(end)],
    ],
  }),
)
