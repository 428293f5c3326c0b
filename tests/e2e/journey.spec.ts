import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, signIn, test } from './fixtures.ts'
import { demoFolder, openHost, type HeadlessHost } from './host.ts'
import { watchPage, type Watched } from './watch-page.ts'

/** From an empty library to files that can be posted, as one person goes: each step stands on the one before it. */
test.describe.configure({ mode: 'serial' })

let host: HeadlessHost
let page: Page
let watched: Watched

test.beforeAll(async ({ browser }) => {
  host = await openHost({ folders: [demoFolder] })
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  watched = watchPage(page)
  await signIn(page, host)
})
test.afterEach(() => watched?.expectQuiet())
test.afterAll(async () => {
  await page?.close()
  await host?.close()
})

test('a recording is added by looking through folders, and is analysed before one’s eyes', async () => {
  await page.getByRole('button', { name: 'Add recordings' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'demo' }).click()
  await dialog.getByRole('checkbox', { name: /openarena-match\.mp4/ }).check()
  await dialog.getByRole('button', { name: 'Add 1 recording' }).click()
  await expect(dialog).toBeHidden()

  const seen = await watchProgress(page)
  await expect(page.getByRole('link', { name: 'openarena-match' })).toBeVisible()
  await expect(page.getByText(/\d+ to review/)).toBeVisible({ timeout: 40_000 })
  const { fractions, estimated } = await seen.stop()
  expect(fractions.filter((fraction) => fraction > 0 && fraction < 100).length).toBeGreaterThan(0)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(estimated).toBe(true)
  await expect(page.getByRole('listitem').filter({ hasText: 'openarena-match is ready' }).first()).toBeVisible()
})

test('the same file dragged in is known again', async () => {
  await dragIn(page, path.join(demoFolder, 'openarena-match.mp4'))
  await expect(page.getByText(/openarena-match is ready|openarena-match/).first()).toBeVisible()
  await expect(page.getByText('1 recording', { exact: true })).toBeVisible()
})

test('the recording plays', async () => {
  await page.getByRole('link', { name: 'openarena-match' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'openarena-match' })).toBeVisible()
  const video = page.locator('video')
  const time = (): Promise<number> => video.evaluate((element: HTMLVideoElement) => element.currentTime)
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.readyState)).toBeGreaterThan(1)
  await page.keyboard.press('Space')
  await expect.poll(time).toBeGreaterThan(0.5)
  await expect
    .poll(async () => Number(await page.getByRole('slider', { name: 'Timeline' }).getAttribute('aria-valuenow')))
    .toBeGreaterThan(0)
  await page.keyboard.press('Space')
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.paused)).toBe(true)
  const before = await time()
  await page.keyboard.press('ArrowRight')
  await expect.poll(time).toBeGreaterThan(before)
  expect((await time()) - before).toBeLessThan(0.1)
})

test('a reason shows its curve, and the timeline comes closer', async () => {
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  const before = await timeline.boundingBox()
  await page.keyboard.press('ArrowDown')
  const reasons = page.getByRole('list', { name: 'Why it was picked' })
  await reasons.getByRole('button').first().click()
  await expect(reasons.getByRole('button').first()).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => (await timeline.boundingBox())?.height).toBeGreaterThan(before?.height ?? 0)
  const picture = (): Promise<string> =>
    timeline
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  const whole = await picture()
  await page.getByRole('button', { name: 'Look closer' }).click()
  await expect.poll(picture).not.toBe(whole)
  const closer = await picture()
  const box = (await timeline.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.wheel(0, -240)
  await expect.poll(picture).not.toBe(closer)
  await page.getByRole('button', { name: 'Whole recording' }).click()
  await reasons.getByRole('button').first().click()
})

/** Every progress bar's value for as long as it is watched. */
async function watchProgress(on: Page): Promise<{
  stop: () => Promise<{ fractions: number[]; estimated: boolean }>
}> {
  const handle = await on.evaluateHandle(() => {
    const fractions: number[] = []
    let estimated = false
    const look = (): void => {
      for (const bar of document.querySelectorAll('[role=progressbar][aria-valuenow]')) {
        const now = Number(bar.getAttribute('aria-valuenow'))
        if (fractions.at(-1) !== now) fractions.push(now)
        if (/ left/.test(bar.parentElement?.textContent ?? '')) estimated = true
      }
    }
    const timer = setInterval(look, 30)
    return { stop: () => (clearInterval(timer), { fractions, estimated }) }
  })
  return { stop: () => handle.evaluate(({ stop }) => stop()) }
}

/** Drops a file of this machine on the window, as a file manager would. */
async function dragIn(on: Page, file: string): Promise<void> {
  const bytes = readFileSync(file).toString('base64')
  const transfer = await on.evaluateHandle(
    ({ data, name }) => {
      const content = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
      const carried = new DataTransfer()
      carried.items.add(new File([content], name, { type: 'video/mp4' }))
      return carried
    },
    { data: bytes, name: path.basename(file) },
  )
  for (const type of ['dragenter', 'dragover', 'drop']) await on.dispatchEvent('body', type, { dataTransfer: transfer })
}
