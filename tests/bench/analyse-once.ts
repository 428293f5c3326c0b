import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createFeaturesFile } from '../../src-main/adapters/features/write-features.ts'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { decodeExtraFrames } from '../../src-main/adapters/ffmpeg/decode-extra-frames.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { streamAnalysis } from '../../src-main/adapters/ffmpeg/stream-analysis.ts'
import { analyse } from '../../src-main/stages/analyse/analyse.ts'
import { testRunner } from '../helpers/ffmpeg.ts'

/**
 * One analysis in a process of its own, from a checked file to kept features, as the engine connects it. Prints JSON.
 * Usage: analyse-once.ts FILE
 */
const file = process.argv[2]
if (file === undefined) throw new Error('Usage: analyse-once.ts FILE')
const startedAt = performance.now()
const folder = mkdtempSync(path.join(tmpdir(), 'clutchcut-bench-features-'))
let peakRss = 0
const watch = setInterval(() => (peakRss = Math.max(peakRss, process.memoryUsage.rss())), 50)
let streaming = 0
try {
  const runner = await testRunner()
  const checked = await checkSource(path.resolve(file))
  const media = await probe(runner, checked)
  const { signal } = new AbortController()
  const recording = { fingerprint: '0'.repeat(64), path: checked.path, size: checked.size, mtimeMs: checked.mtimeMs }
  const analyseStart = performance.now()
  const result = await analyse(
    {
      stream: async (source, sink, options) => {
        const from = performance.now()
        const summary = await streamAnalysis(runner, checked, source.media, sink, options)
        streaming = performance.now() - from
        return summary
      },
      extraFrames: (source, request, onFrame, options) =>
        decodeExtraFrames(runner, checked, source.media, request, onFrame, options),
      createFeatures: (name) => createFeaturesFile({ folder, name }),
    },
    { recording, media, signal },
  )
  const now = performance.now()
  const cpu = process.cpuUsage()
  const { cuts, ...rest } = result
  const report = {
    ...rest,
    cuts: cuts.length,
    wallSeconds: (now - startedAt) / 1000,
    analyseSeconds: (now - analyseStart) / 1000,
    streamSeconds: streaming / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakRss: Math.max(peakRss, process.resourceUsage().maxRSS * 1024),
  }
  process.stdout.write(`${JSON.stringify(report)}\n`)
} finally {
  clearInterval(watch)
  rmSync(folder, { recursive: true, force: true })
}
