import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { chromiumCandidates, findChromium } from '../../../native/find-chromium.mjs'
import { createNodeHostServices } from '../../../src-main/adapters/host/node-host-services.ts'
import { openEngine } from '../../../src-main/engine.ts'
import { connectHost } from '../../../src-main/engine/connect-host.ts'
import { recordingFiles } from '../../../src-main/engine/recording-files.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const executablePath = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
const folder = tempFolder('clutchcut-chromium')

/** Runs in the page: appends all pieces, last first, and says what Chromium holds, and what it shows at a time. */
const script = `
globalThis.playAll = async (playback, time) => {
  const once = (target, event) => new Promise((resolve, reject) => {
    target.addEventListener(event, resolve, { once: true })
    target.addEventListener('error', () => reject(new Error(event + ' did not come')), { once: true })
  })
  const video = document.querySelector('video')
  const source = new MediaSource()
  video.src = URL.createObjectURL(source)
  await once(source, 'sourceopen')
  source.duration = playback.durationSeconds
  const held = []
  // Chromium adds no buffer any more once another has its first piece.
  const tracks = [playback.video, playback.audio].map((pieces) => [pieces, source.addSourceBuffer(pieces.mime)])
  for (const [pieces, buffer] of tracks) {
    buffer.timestampOffset = playback.timestampOffsetSeconds
    for (let n = pieces.count - 1; n >= 0; n--) {
      buffer.appendBuffer(await (await fetch(pieces.path.replace('{n}', n))).arrayBuffer())
      await once(buffer, 'updateend')
    }
    held.push([buffer.buffered.length, buffer.buffered.start(0), buffer.buffered.end(0)])
  }
  const shown = new Promise((resolve) => video.requestVideoFrameCallback((_now, frame) => resolve(frame.mediaTime)))
  video.currentTime = time
  await once(video, 'seeked')
  return { held, shown: await shown, width: video.videoWidth }
}`

test.skipIf(executablePath === null)(
  'Chromium takes the pieces in any order, without a gap, and shows the picture of the time',
  async () => {
    const rendererFolder = path.join(folder, 'renderer')
    mkdirSync(rendererFolder)
    writeFileSync(
      path.join(rendererFolder, 'index.html'),
      '<!doctype html><script src="main.js"></script><video></video>',
    )
    writeFileSync(path.join(rendererFolder, 'main.js'), script)
    const engine = await openEngine({
      dataDir: path.join(folder, 'data'),
      host: createNodeHostServices(),
      logger: pino({ level: 'silent' }),
    })
    const host = await connectHost(engine, { host: '127.0.0.1', port: 0, rendererFolder, onProblem: () => {} })
    const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      await page.goto(host.newLink())
      const signedIn = await page.evaluate(
        `fetch('/session', { method: 'POST', body: JSON.stringify({ token: location.hash.slice(7) }) }).then((r) => r.status)`,
      )
      expect(signedIn).toBe(204)
      for (const [codec, gop] of [
        ['hevc', 50],
        ['h264', 250],
      ] as const) {
        const recipe = { container: 'mkv', seconds: 14, video: { codec, gop, width: 320, height: 180 } } as const
        const file = await makeMedia(folder, recipe)
        const { id } = engine.library.recordings.save(await recordingFiles().fingerprint(file), Date.now())
        const playback = await engine.media.playback({ id, audioTrack: null, encodeAll: false }, undefined)
        const result = (await page.evaluate(`playAll(${JSON.stringify(playback)}, 9.25)`)) as {
          held: [number, number, number][]
          shown: number
          width: number
        }
        for (const [stretches, from, to] of result.held) {
          expect(stretches).toBe(1)
          expect(from).toBeLessThan(0.05)
          expect(to).toBeGreaterThan(13.9)
        }
        expect(result.width).toBe(320)
        expect(Math.abs(result.shown - 9.25)).toBeLessThan(1 / 30 + 0.002)
      }
    } finally {
      await browser.close()
      await host.close()
      await engine.close()
    }
  },
  90_000,
)
