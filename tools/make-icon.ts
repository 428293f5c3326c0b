// Draws the application's icon from the mark: `node tools/make-icon.ts` writes resources/desktop/icon.png, from which
// electron-builder makes what each system wants.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright'
import { chromiumCandidates, findChromium } from '../native/find-chromium.mjs'

const checkout = path.dirname(import.meta.dirname)
const mark = readFileSync(path.join(checkout, 'src-renderer', 'public', 'mark.svg'), 'utf8')
const executablePath = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
if (executablePath === null) throw new Error('There is no Chromium here; npm run provision -- --chromium finds one.')

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const page = await browser.newPage({ viewport: { width: 1024, height: 1024 } })
  // The margin is what macOS leaves around icons.
  await page.setContent(`<style>body{margin:0;padding:72px;background:transparent}svg{display:block}</style>${mark}`)
  await page.screenshot({ path: path.join(checkout, 'resources', 'desktop', 'icon.png'), omitBackground: true })
} finally {
  await browser.close()
}
