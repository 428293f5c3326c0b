import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { chromiumCandidates, findChromium } from '../../native/find-chromium.mjs'
import type { Segment } from '../../src-shared/contract/segment.ts'
import { clipOfSegment } from '../../src-shared/domain/clip.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { fillLibrary } from '../helpers/fill-library.ts'
import { makeMinute, small, withLoop, type MaterialOptions } from './material.ts'

const checkout = path.resolve(import.meta.dirname, '..', '..')

/** Milliseconds of script in each frame that had any, while something moved. */
export interface ScriptPerFrame {
  readonly frames: number
  readonly p50: number
  readonly p95: number
  readonly most: number
}

export interface InterfaceTimes {
  /** Of the recording on the timeline. */
  readonly hours: number
  /** Milliseconds from asking for the page to the first card of a library of 5,000 recordings. */
  readonly firstCard: number
  readonly scrolling: ScriptPerFrame
  /** Panning and zooming ten hours. */
  readonly panning: ScriptPerFrame
  /** Milliseconds from a key of the review to the next clip's picture, one value each. */
  readonly nextClip: readonly number[]
}

/**
 * Drives the built interface (`npm run build`) in headless Chromium over the real host. Frames themselves are not
 * counted: without a GPU they are rasterised by the processor.
 */
export async function benchInterface(material: MaterialOptions, hours = 10): Promise<InterfaceTimes> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clutchcut-bench-interface-'))
  const executablePath = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
  if (executablePath === null) throw new Error('No Chromium: node tools/provision.mjs --chromium')
  let browser: Browser | null = null
  let host: Host | null = null
  try {
    const library = openLibrary(folder)
    fillLibrary(library, { recordings: 5000, clipsEach: 10, linesEach: 0 })
    library.close()
    const minute = await makeMinute(small, material)
    return await withLoop(minute, hours * 60, material, async (file) => {
      await run(['analyze', file, '--data-dir', folder, '--json'])
      addClips(folder)
      host = await startHost(folder)
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(host.url)
      await page.locator('main a[href*="recordings/"]').first().waitFor()
      const firstCard = await timeOfFirstCard(page)
      const scrolling = await whileMoving(page, () => scroll(page))
      await page.goto(`${new URL(host.url).origin}/#/recordings/5001`)
      await page.locator('[role=slider] canvas').first().waitFor()
      await page.waitForTimeout(3000)
      const panning = await whileMoving(page, () => pan(page))
      await page.goto(`${new URL(host.url).origin}/#/review?recording=5001`)
      const nextClip = await reviewKeys(page)
      return { hours, firstCard, scrolling, panning, nextClip }
    })
  } finally {
    await (browser as Browser | null)?.close()
    await (host as Host | null)?.end()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A dozen clips to review, spread over the last recording: noise has no moments of its own. */
function addClips(folder: string): void {
  const library = openLibrary(folder)
  try {
    const recording = library.recordings.list({ order: 'newest', limit: 1 }).items[0]
    if (recording?.durationSeconds == null) throw new Error('The recording is not in the library.')
    const apart = (recording.durationSeconds / 13) * TICKS_PER_SECOND
    const found = Array.from({ length: 12 }, (_, i): Segment => {
      const start = Math.round((i + 0.5) * apart)
      const [peak, end] = [start + 4 * TICKS_PER_SECOND, start + 12 * TICKS_PER_SECOND]
      const reasons = [{ signal: 'audio.onset', weight: 1, text: 'Made for the bench' }]
      return { start, peak, end, score: 0.9 - i / 100, selected: true, reasons }
    })
    const clips = found.map((segment) => clipOfSegment(recording.fingerprint, segment, null))
    library.clips.saveFound(recording.fingerprint, clips, Date.now())
  } finally {
    library.close()
  }
}

interface Host {
  readonly url: string
  end(): Promise<void>
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['src-main/cli.ts', ...args], { cwd: checkout, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`clutchcut ${args[0]} ended with ${code}`)
}

async function startHost(folder: string): Promise<Host> {
  const args = ['src-main/cli.ts', 'serve', '--json', '--port', '0', '--data-dir', folder]
  const child: ChildProcess = spawn(process.execPath, args, { cwd: checkout, stdio: ['pipe', 'pipe', 'inherit'] })
  if (child.stdout === null) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string }
    return {
      url,
      async end() {
        const gone = once(child, 'exit')
        child.kill('SIGINT')
        await gone
      },
    }
  }
  throw new Error('The host ended instead of printing a link.')
}

async function timeOfFirstCard(page: Page): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i += 1) {
    const began = performance.now()
    await page.reload({ waitUntil: 'commit' })
    await page.locator('main a[href*="recordings/"]').first().waitFor()
    times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)[1] ?? NaN
}

async function scroll(page: Page): Promise<void> {
  await page.mouse.move(900, 600)
  for (let i = 0; i < 150; i += 1) {
    await page.mouse.wheel(0, i < 100 ? 180 : -900)
    await page.waitForTimeout(16)
  }
}

async function pan(page: Page): Promise<void> {
  const box = await page.locator('[role=slider] canvas').first().boundingBox()
  if (box === null) throw new Error('no timeline')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  for (let i = 0; i < 60; i += 1) {
    await page.mouse.wheel(0, i < 30 ? -60 : 60)
    await page.waitForTimeout(16)
  }
  for (let i = 0; i < 12; i += 1) await page.mouse.wheel(0, -100)
  await page.mouse.down()
  for (let i = 0; i < 80; i += 1) {
    await page.mouse.move(x + (i % 40) * 8 - 160, y)
    await page.waitForTimeout(16)
  }
  await page.mouse.up()
}

/** Script of the page's main thread, frame by frame, out of the browser's own trace. */
async function whileMoving(page: Page, move: () => Promise<void>): Promise<ScriptPerFrame> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'v8.execute'] },
  })
  await move()
  await endTracing(session)
  await session.detach()
  return perFrame(events)
}

async function endTracing(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.end')
  await complete
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly ts: number
  readonly dur?: number
  /** Of it, what the thread itself ran: what other programs do on the machine does not count. */
  readonly tdur?: number
  readonly tid: number
  readonly pid: number
}

/** What V8 runs on behalf of the page; those inside another are not counted twice. */
const scripts = new Set(['FunctionCall', 'EvaluateScript', 'v8.callFunction', 'RunMicrotasks', 'v8.run'])
const FRAME_MICROS = 1_000_000 / 60

function perFrame(events: readonly TraceEvent[]): ScriptPerFrame {
  const byThread = Map.groupBy(
    events.filter(({ name, ph, dur }) => ph === 'X' && dur !== undefined && scripts.has(name)),
    ({ pid, tid }) => `${pid}/${tid}`,
  )
  // The page's main thread runs more script than any other.
  const busiest = [...byThread.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  const frames = new Map<number, number>()
  let until = 0
  for (const { ts, dur = 0, tdur = dur } of busiest.toSorted((a, b) => a.ts - b.ts)) {
    // Inside one that was counted already.
    if (ts + dur <= until) continue
    until = ts + dur
    const frame = Math.floor(ts / FRAME_MICROS)
    frames.set(frame, (frames.get(frame) ?? 0) + tdur / 1000)
  }
  const sorted = [...frames.values()].toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { frames: sorted.length, p50: at(0.5), p95: at(0.95), most: sorted.at(-1) ?? 0 }
}

/** From the key to the frame in which the next clip's video is the one that shows, with a picture. */
async function reviewKeys(page: Page): Promise<number[]> {
  await page.locator('video').first().waitFor()
  const times: number[] = []
  for (let i = 0; i < 8; i += 1) {
    await page.waitForTimeout(2500)
    const time = await page.evaluate(async () => {
      const shown = (): HTMLVideoElement | undefined =>
        [...document.querySelectorAll('video')].find((video) => getComputedStyle(video).visibility === 'visible')
      const before = shown()
      const began = performance.now()
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', code: 'ArrowDown', bubbles: true }))
      for (;;) {
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const now = shown()
        if (now === undefined && document.querySelector('video') === null) return null
        if (now !== undefined && now !== before && now.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) break
        if (performance.now() - began > 5000) return Infinity
      }
      return performance.now() - began
    })
    if (time === null) break
    times.push(time)
  }
  return times
}

if (import.meta.main) {
  const { testTools } = await import('../helpers/ffmpeg.ts')
  const { ffmpeg } = await testTools()
  const cache = process.env['CLUTCHCUT_BENCH_DIR'] ?? path.join(tmpdir(), 'clutchcut-bench')
  const hours = Number(process.argv[2] ?? 10)
  console.log(JSON.stringify(await benchInterface({ ffmpeg, cache, source: null }, hours), null, 2))
}
