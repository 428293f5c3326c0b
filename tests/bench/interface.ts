import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type CDPSession, type Page } from 'playwright'
import { createChildGuard } from '../../src-main/adapters/processes/child-guard.ts'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { chromiumCandidates, findChromium } from '../../native/find-chromium.mjs'
import { fillLibrary } from '../helpers/fill-library.ts'
import { addLong, addReviewed, inHevc, loop } from './interface-material.ts'
import { makeMinute, small, withLoop, type Encoding, type MaterialOptions } from './material.ts'

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
  /** Panning and zooming all of them, at several distances. */
  readonly panning: ScriptPerFrame
  /** Megabytes that scripts hold: with the timeline as it was opened, and after all of it was looked at. */
  readonly heap: { readonly before: number; readonly after: number }
  /** Milliseconds from a key of the review to the next clip's picture, one value each. */
  readonly nextClip: readonly number[]
  /** The same of recordings that browsers do not play themselves. */
  readonly nextProxied: readonly { readonly what: string; readonly times: readonly number[] }[]
  /** Seconds for thirty clips by keys, each of them looked at for two. */
  readonly thirty: number
}

/** As many pictures as a real recording in few bytes: ten hours must be made in seconds, and fit on the disk. */
const tiny: Encoding = { ...small, name: 'tiny', width: 160, height: 90, kilobits: 60 }
/** Clips that are decided about, and milliseconds that each is looked at. */
const THIRTY = 30
const LOOK_MS = 2000
const REVIEWED_MINUTES = 20
const CARD = 'main a[href*="recordings/"]'

/**
 * Drives the built interface (`npm run build`) in headless Chromium over the real host. Frames themselves are not
 * counted: without a GPU they are rasterised by the processor.
 */
export async function benchInterface(material: MaterialOptions, hours = 10): Promise<InterfaceTimes> {
  const executablePath = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
  if (executablePath === null) throw new Error('No Chromium: node tools/provision.mjs --chromium')
  const ends: (() => Promise<void> | void)[] = []
  let ending: Promise<void> | undefined
  const endAll = (): Promise<void> =>
    (ending ??= (async () => {
      for (const end of ends.toReversed()) await end()
    })())
  const unlisten = onSignals(endAll)
  try {
    const folder = mkdtempSync(path.join(tmpdir(), 'clutchcut-bench-interface-'))
    ends.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
    return await withLoop(await makeMinute(tiny, material), hours * 60, material, async (file) => {
      ends.push(() => rmSync(file, { force: true }))
      const ids = await fill(folder, file, material)
      const host = await startHost(folder)
      ends.push(host.end)
      const browser = await chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu'],
        // We end it ourselves, and the host with it.
        ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
      })
      ends.push(() => browser.close())
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      const { origin } = new URL(host.url)
      await page.goto(host.url)
      await page.locator(CARD).first().waitFor()
      const firstCard = await timeOfFirstCard(page)
      const scrolling = await whileMoving(page, () => scroll(page))
      await page.goto(`${origin}/#/recordings/${ids.long}`)
      await page.locator('[role=slider] canvas').first().waitFor()
      await page.waitForTimeout(3000)
      const before = await heapOf(page)
      const panning = await whileMoving(page, () => lookAround(page, hours))
      const heap = { before, after: await heapOf(page) }

      const review = async (id: number, clips: number): Promise<number[]> => {
        await page.goto(`${origin}/#/review?recording=${id}`)
        return reviewKeys(page, clips)
      }
      const began = performance.now()
      const nextClip = await review(ids.direct, THIRTY)
      const thirty = (performance.now() - began) / 1000
      const nextProxied = [
        { what: 'MKV, pictures copied', times: await review(ids.copied, 12) },
        { what: 'HEVC, pictures encoded', times: await review(ids.encoded, 12) },
      ]
      return { hours, firstCard, scrolling, panning, heap, nextClip, nextProxied, thirty }
    })
  } finally {
    unlisten()
    await endAll()
  }
}

/** However we are asked to end, what was started ends first. Where we are killed, the watchdog sees to the host. */
function onSignals(endAll: () => Promise<void>): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (signal: NodeJS.Signals): void => {
    void endAll().finally(() => {
      unlisten()
      process.kill(process.pid, signal)
    })
  }
  const unlisten = (): void => {
    for (const signal of signals) process.off(signal, end)
  }
  for (const signal of signals) process.on(signal, end)
  return unlisten
}

/** 5,000 recordings, a long one with everything on its timeline, and three whose clips are reviewed. */
async function fill(folder: string, file: string, material: MaterialOptions) {
  const library = openLibrary(folder)
  try {
    fillLibrary(library, { recordings: 5000, clipsEach: 10, linesEach: 0 })
    const minute = await makeMinute(small, material)
    const minutes = REVIEWED_MINUTES
    const direct = await loop(minute, { minutes, container: 'mp4' }, material)
    const copied = await loop(minute, { minutes, container: 'mkv' }, material)
    const encoded = await loop(await inHevc(minute, material), { minutes, container: 'mkv' }, material)
    return {
      direct: await addReviewed(library, direct, 'Direct', THIRTY),
      copied: await addReviewed(library, copied, 'Copied', 12),
      encoded: await addReviewed(library, encoded, 'Encoded', 12),
      long: await addLong(library, file, 'Long'),
    }
  } finally {
    library.close()
  }
}

interface Host {
  readonly url: string
  end(): Promise<void>
}

async function startHost(folder: string): Promise<Host> {
  const args = ['src-main/cli.ts', 'serve', '--json', '--port', '0', '--data-dir', folder]
  const child = spawn(process.execPath, args, { cwd: checkout, stdio: ['pipe', 'pipe', 'inherit'] })
  const release = createChildGuard().track(child.pid ?? 0, 'host of the bench')
  const gone = once(child, 'exit')
  const end = async (): Promise<void> => {
    child.kill('SIGINT')
    await gone
    release()
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string }
    return { url, end }
  }
  await end()
  throw new Error('The host ended instead of printing a link.')
}

async function timeOfFirstCard(page: Page): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i += 1) {
    const began = performance.now()
    await page.reload({ waitUntil: 'commit' })
    await page.locator(CARD).first().waitFor()
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

/** The whole, then closer and closer: panning by wheel and by hand, with the pointer in between, at each distance. */
async function lookAround(page: Page, hours: number): Promise<void> {
  const box = await page.locator('[role=slider] canvas').first().boundingBox()
  if (box === null) throw new Error('no timeline')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const often = async (count: number, does: (i: number) => Promise<void>): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      await does(i)
      await page.waitForTimeout(16)
    }
  }
  await page.mouse.move(x, y)
  // One turn of the wheel by 400 is closer by e: from ten hours to about ten seconds.
  for (let distance = 0; distance < Math.log(hours * 360); distance += 2) {
    await often(30, (i) => page.mouse.wheel(i < 15 ? 120 : -90, 0))
    await page.mouse.down()
    await often(40, (i) => page.mouse.move(x + (i % 20) * 12 - 120, y))
    await page.mouse.up()
    await often(15, (i) => page.mouse.move(x - 150 + i * 20, y))
    await often(16, () => page.mouse.wheel(0, -50))
  }
  await often(40, () => page.mouse.wheel(0, 100))
}

/** Megabytes that are still reached from somewhere. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
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

/**
 * From the key to the frame in which the next clip's video is the one that shows, with a picture. Every other clip is
 * kept, the others rejected, until all were.
 */
async function reviewKeys(page: Page, clips: number): Promise<number[]> {
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some(({ readyState }) => readyState >= 2))
  const times: number[] = []
  for (let i = 0; i < clips; i += 1) {
    await page.waitForTimeout(LOOK_MS)
    const time = await page.evaluate(
      async (key) => {
        const shown = (): HTMLVideoElement | undefined =>
          [...document.querySelectorAll('video')].find((video) => getComputedStyle(video).visibility === 'visible')
        const before = shown()
        const began = performance.now()
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
        for (;;) {
          await new Promise((resolve) => requestAnimationFrame(resolve))
          const now = shown()
          if (now === undefined && document.querySelector('video') === null) return null
          if (now !== undefined && now !== before && now.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) break
          if (performance.now() - began > 5000) return Infinity
        }
        return performance.now() - began
      },
      i % 2 === 0 ? 'Enter' : 'x',
    )
    // After the last one there is none.
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
