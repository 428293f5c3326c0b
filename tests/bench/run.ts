import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { testTools } from '../helpers/ffmpeg.ts'
import { compare, measureMemory, type Comparison, type MemoryUse } from './analysis.ts'
import { benchCuts } from './cutting.ts'
import { benchInterface } from './interface.ts'
import { benchLibrary } from './library.ts'
import { fullHd, small, type MaterialOptions } from './material.ts'
import { mergeReport } from './merge-report.ts'
import { loadNow, report, summary } from './report.ts'

const usage = `Usage: npm run bench -- [options]

  --source CLIP     a clip of at least a minute to make the material from (or CLUTCHCUT_BENCH_SOURCE)
  --only PART       analysis, memory, cutting, library or interface; may be given more than once
  --gop N           frames between keyframes: 120, 250, 600, 0 for a single one; may be given more than once
  --rounds N        how often everything is compared (default 3)
  --write           writes docs/benchmarks.md; with --only, those parts of it

The material lies in CLUTCHCUT_BENCH_DIR (default: clutchcut-bench in the temporary folder).
`

const { values } = parseArgs({
  options: {
    source: { type: 'string' },
    only: { type: 'string', multiple: true },
    gop: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(usage)
  process.exit(0)
}
const source = values.source ?? process.env['CLUTCHCUT_BENCH_SOURCE'] ?? null
if (source !== null && !existsSync(source)) throw new Error(`There is no ${source}.`)
const wants = (part: string): boolean => values.only === undefined || values.only.includes(part)
const rounds = Math.max(1, Number(values.rounds))
const gops = (values.gop ?? ['120', '250', '600', '0']).map((gop) => (gop === '0' ? Infinity : Number(gop)))
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const tools = await testTools()
const cache = process.env['CLUTCHCUT_BENCH_DIR'] ?? path.join(tmpdir(), 'clutchcut-bench')
const material: MaterialOptions = { ffmpeg: tools.ffmpeg, cache, source }
const startLoad = loadNow()
if (source === null && (wants('analysis') || wants('memory') || wants('cutting'))) {
  say('No --source: the material is made from FFmpeg’s test picture and noise.')
}

const comparisons: Comparison[] = []
for (const gop of wants('analysis') ? gops : []) {
  const encoding = fullHd(gop)
  say(`analysis, keyframe ${encoding.name} …`)
  comparisons.push(await compare(encoding, material, rounds))
}

const memory: MemoryUse[] = []
if (wants('memory')) {
  for (const [encoding, minutes] of [
    [fullHd(250), 10],
    [fullHd(250), 120],
    [small, 10],
    [small, 600],
  ] as const) {
    say(`memory, ${minutes} min of ${encoding.height}p …`)
    memory.push(await measureMemory(encoding, minutes, material))
  }
}

if (wants('cutting')) say('cuts out of 2 and 120 min …')
const cutting = wants('cutting') ? await benchCuts(material, rounds) : []

if (wants('library')) say('library …')
if (wants('interface')) say('interface, over what `npm run build` made …')
const results = {
  ffmpegVersion: tools.version,
  source,
  rounds,
  comparisons,
  memory,
  cutting,
  library: wants('library') ? benchLibrary() : [],
  interface: wants('interface') ? await benchInterface(material) : null,
  load: [startLoad, loadNow()] as const,
}
process.stdout.write(`${summary(results)}\n`)
if (values.write) {
  const file = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))
  writeFileSync(file, mergeReport(existsSync(file) ? readFileSync(file, 'utf8') : '', report(results)))
  say(`Written: ${path.relative(process.cwd(), file)}`)
}
