import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { analyseFile } from '../helpers/analyse-file.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { peakMemoryOf } from './measure.ts'

/**
 * One analysis in a process of its own, from a checked file to kept features, as the engine connects it. Prints JSON.
 * Usage: analyse-once.ts FILE
 */
const file = process.argv[2]
if (file === undefined) throw new Error('Usage: analyse-once.ts FILE')
const startedAt = performance.now()
const folder = mkdtempSync(path.join(tmpdir(), 'clutchcut-bench-features-'))
let ffmpeg: number | undefined
let peakRssFfmpeg: number | null = null
const look = (): void => {
  if (ffmpeg !== undefined) peakRssFfmpeg = peakMemoryOf(ffmpeg) ?? peakRssFfmpeg
}
const watch = setInterval(look, 250)
try {
  const runner = await testRunner({
    onEvent: (event) => {
      if (event.program === 'ffmpeg') ffmpeg = event.kind === 'started' ? event.pid : undefined
    },
  })
  const { result } = await analyseFile(file, { runner, folder, onProgress: look })
  const { user, system } = process.cpuUsage()
  const report = {
    ...result,
    cuts: result.cuts.length,
    wallSeconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakRss: process.resourceUsage().maxRSS * 1024,
    peakRssFfmpeg,
  }
  process.stdout.write(`${JSON.stringify(report)}\n`)
} finally {
  clearInterval(watch)
  rmSync(folder, { recursive: true, force: true })
}
