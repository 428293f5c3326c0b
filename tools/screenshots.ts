// Writes the pictures of the interface that README and docs show, from the built interface and the real engine.
// usage: npm run screenshots
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { chromiumCandidates, findChromium } from '../native/find-chromium.mjs'
import { demoFolder, openHost, runCommand } from '../tests/e2e/host.ts'
import { show, views } from '../tests/e2e/views.ts'
import { testTools } from '../tests/helpers/ffmpeg.ts'

const wanted = ['library', 'recording-curves', 'review', 'export']
const pictures = path.resolve(import.meta.dirname, '..', 'docs', 'images')
const most = 200_000

/** Stretches of the demo under names of their own, in seconds: a library is more than one recording. */
const pieces = [
  ['Warm-up on the lower deck', 0, 34],
  ['Duel for the shotgun', 30, 30],
  ['Late round, three left', 62, 40],
] as const

const { ffmpeg } = await testTools()
const scratch = mkdtempSync(path.join(tmpdir(), 'clutchcut-screenshots-'))
const host = await openHost({ folders: [demoFolder] })
const executablePath = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu'],
  ...(executablePath !== null && { executablePath }),
})
try {
  const demo = path.join(demoFolder, 'openarena-match.mp4')
  const out = path.join(host.home, 'Videos', 'Clutchcut')
  await runCommand(host.dataFolder, 'process', demo, '--out', out, '--top', '3', '--cut', 'copy')
  for (const [name, from, length] of pieces) {
    const file = path.join(scratch, `${name}.mp4`)
    const args = ['-v', 'error', '-ss', String(from), '-t', String(length), '-i', demo, '-map', '0', '-c', 'copy', file]
    execFileSync(ffmpeg, args)
    await runCommand(host.dataFolder, 'analyze', file)
  }
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  })
  await page.goto(await host.newLink())
  await page.getByRole('heading', { level: 1 }).waitFor()
  mkdirSync(pictures, { recursive: true })
  for (const view of views.filter(({ name }) => wanted.includes(name))) {
    // What the one before left open is gone.
    await page.goto('about:blank')
    await show(page, host.origin, view)
    const shot = path.join(scratch, `${view.name}.png`)
    const picture = path.join(pictures, `${view.name}.webp`)
    await page.screenshot({ path: shot })
    execFileSync(ffmpeg, ['-v', 'error', '-y', '-i', shot, '-c:v', 'libwebp', '-quality', '88', picture])
    const { size } = statSync(picture)
    if (size > most) throw new Error(`${picture} has ${size} bytes, more than ${most}.`)
    console.log(`${path.relative(process.cwd(), picture)}: ${Math.round(size / 1000)} kB`)
  }
} finally {
  await browser.close()
  await host.close()
  rmSync(scratch, { recursive: true, force: true })
}
