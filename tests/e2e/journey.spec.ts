import { execFile } from 'node:child_process'
import { globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expect, signIn, test } from './fixtures.ts'
import { demoFolder, openHost, type HeadlessHost } from './host.ts'
import { testTools } from '../helpers/ffmpeg.ts'
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

test('the first run asks three things, and each can be passed', async () => {
  await expect(page.getByText('Step 1 of 3')).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'How fast is this machine?' })).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible()
  await page.getByRole('button', { name: 'Start with my own' }).click()
  await expect(page.getByRole('heading', { name: 'Drop your first recording' })).toBeVisible()
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
  await expect(page.getByText(/\d+ to review/)).toBeVisible({ timeout: 90_000 })
  const { fractions, estimated } = await seen.stop()
  expect(fractions.filter((fraction) => fraction > 0 && fraction < 100).length).toBeGreaterThan(0)
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect(estimated).toBe(true)
  // Notices go after some seconds; the inbox keeps them.
  await expect(page.getByRole('button', { name: 'Inbox: 1 unread notice', exact: true }).first()).toBeVisible()
})

test('the same file dragged in is copied, and known again', async () => {
  await dragIn(page, path.join(demoFolder, 'openarena-match.mp4'))
  const copied = (): number[] =>
    globSync('uploads/*.mp4', { cwd: host.dataFolder }).map((name) => statSync(path.join(host.dataFolder, name)).size)
  await expect.poll(copied).toEqual([statSync(path.join(demoFolder, 'openarena-match.mp4')).size])
  await expect(page.getByRole('button', { name: 'Inbox: 2 unread notices', exact: true }).first()).toBeVisible()
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
  // The clock is ahead of what is seen; after a step, both are the same picture of thirty a second.
  const picture = async (): Promise<number> => Math.floor((await time()) * 30)
  const at = await picture()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => Math.abs((((await time()) * 30) % 1) - 0.5)).toBeLessThan(0.01)
  const before = await picture()
  expect(Math.abs(before - at)).toBeLessThan(10)
  await page.keyboard.press('ArrowRight')
  await expect.poll(picture).toBe(before + 1)
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
  // Drawn in the colours of the theme, not all in one.
  const colours = await timeline
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return new Set(new Uint32Array(data.buffer)).size
    })
  expect(colours).toBeGreaterThan(40)
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

test('what is said comes from a file, and search finds it', async () => {
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await page.getByRole('button', { name: 'Add captions' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'demo' }).click()
  await dialog.getByRole('button', { name: 'openarena-match.srt' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: /I need the shotgun/ }).click()
  await expect
    .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeCloseTo(17.4, 0)

  await page.getByRole('link', { name: 'Library' }).first().click()
  await page.getByRole('searchbox', { name: 'Search titles, speech and reasons' }).fill('shotgun')
  await expect(page.getByRole('status').filter({ hasText: /hit/ })).toBeVisible()
  await expect(page.locator('mark').first()).toHaveText(/shotgun/i)
  await page.getByRole('link', { name: /I need the shotgun/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'openarena-match' })).toBeVisible()
})

test('clips are decided about with a key each', async () => {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Review/ })
    .click()
  const position = page.getByText(/^\d+ of \d+$/)
  const announced = page.locator('[aria-live=polite][role=status]')
  const total = Number(/of (\d+)/.exec((await position.textContent()) ?? '')?.[1])
  expect(total).toBeGreaterThan(2)
  await expect(position).toHaveText(`1 of ${total}`)

  await page.keyboard.press('Enter')
  await expect(position).toHaveText(`2 of ${total}`)
  await expect(announced).toHaveText('Kept.')
  await page.keyboard.press('x')
  await expect(position).toHaveText(`3 of ${total}`)
  await expect(announced).toHaveText('Rejected.')
  await page.keyboard.press('u')
  await expect(position).toHaveText(`2 of ${total}`)
  await expect(announced).toHaveText('Taken back.')
  await expect(page.getByText(/^Found/)).toBeVisible()

  await page.keyboard.press('ArrowUp')
  await expect(page.getByText(/^Kept/)).toBeVisible()
  await page.keyboard.press('r')
  await page.keyboard.type('Two of them: “excellent”')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Two of them: “excellent”')).toBeVisible()
})

test('a clip is trimmed with keys and by dragging, and each can be taken back', async () => {
  await page.keyboard.press('t')
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  await expect(timeline).toBeVisible()
  const undo = page
    .getByRole('group', { name: 'Trim' })

    .getByRole('button', { name: 'Undo' })
  const length = page.getByText(/^\d+:\d\d$/).last()
  const before = await length.textContent()
  await expect(undo).toBeDisabled()
  await page.keyboard.press('Space')
  // A little behind where it begins, on the ruler.
  const start = await edgeOfTrim('start')
  const { y: top = 0 } = (await timeline.boundingBox()) ?? {}
  await page.mouse.click(start.x + 70, top + 10)
  await page.keyboard.press('i')
  await expect(undo).toBeEnabled()
  await expect(length).not.toHaveText(before ?? '')
  const trimmed = await length.textContent()

  const end = await edgeOfTrim('end')
  await page.mouse.move(end.x, end.y)
  await page.mouse.down()
  await page.mouse.move(end.x - 30, end.y, { steps: 4 })
  await page.mouse.move(end.x - 60, end.y, { steps: 4 })
  await page.mouse.up()
  await expect(length).not.toHaveText(trimmed ?? '')
  await undo.click()
  await expect(length).toHaveText(trimmed ?? '')
  await page.keyboard.press('t')
})

test('a clip becomes a file as recorded and an upright one, and both are what they say', async () => {
  await page
    .getByRole('link', { name: /^Library/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'openarena-match' }).click()
  await page.getByRole('button', { name: /Two of them/ }).click()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  for (const [shape, wanted] of Object.entries({ 'As recorded': true, Vertical: true, Square: false })) {
    await dialog.getByRole('checkbox', { name: shape }).setChecked(wanted, { force: true })
  }
  await dialog.getByRole('button', { name: 'Export 2 files' }).click()
  await page.getByRole('link', { name: /^Exports/ }).click()
  await expect(page.getByText('Verified')).toHaveCount(2, { timeout: 90_000 })

  const files = globSync('**/*.mp4', { cwd: host.home }).map((name) => path.join(host.home, name))
  const found = await Promise.all(files.map(probe))
  expect(found.map(({ width, height }) => `${width}×${height}`).toSorted()).toEqual(['1080×1920', '1280×720'])
  const [first, second] = found
  expect(Math.abs((first?.seconds ?? 0) - (second?.seconds ?? 0))).toBeLessThan(0.1)
})

test('what was kept becomes one film, which plays, and Back closes it', async () => {
  await page
    .getByRole('link', { name: /^Library/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'openarena-match' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'openarena-match' })).toBeVisible()
  const moments = page.getByRole('list', { name: 'Moments' }).getByRole('listitem')
  await moments.filter({ hasText: 'Found' }).first().getByRole('button').first().click()
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(moments.filter({ hasText: 'Kept' })).toHaveCount(2)
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: 'Montage' })
  const clips = dialog.getByRole('list', { name: 'Clips, in their order' }).getByRole('listitem')
  await expect(clips).toHaveCount(2)
  const second = await clips.nth(1).textContent()
  await dialog.getByRole('button', { name: /^Move .*place 2$/ }).press('ArrowUp')
  await expect(clips.first()).toHaveText(second?.replace('2', '1') ?? '')
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec((await dialog.getByRole('status').textContent()) ?? '') ?? []
  await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill('Best of')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()

  await page.getByRole('link', { name: /^Exports/ }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Best of.mp4' })).toBeVisible({ timeout: 90_000 })
  const [name = ''] = globSync('**/Best of.mp4', { cwd: host.home })
  const made = await probe(path.join(host.home, name))
  expect(`${made.width}×${made.height}`).toBe('1280×720')
  expect(Math.abs(made.seconds - 60 * Number(minutes) - Number(seconds))).toBeLessThan(1.5)

  await page.getByRole('button', { name: 'Play Best of' }).click()
  const player = page.getByRole('dialog', { name: 'Best of' })
  const ready = (): Promise<number> =>
    player.locator('video').evaluate((video: HTMLVideoElement) => (video.readyState > 1 ? video.duration : 0))
  await expect.poll(ready).toBeCloseTo(made.seconds, 0)
  await page.goBack()
  await expect(player).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: 'Exports' })).toBeVisible()
})

/** Where the pointer takes hold of an end of what is trimmed. */
async function edgeOfTrim(end: 'start' | 'end'): Promise<{ x: number; y: number }> {
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  const box = (await timeline.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const y = box.y + 60
  for (let by = 4; by < box.width; by += 8) {
    const x = end === 'start' ? box.x + by : box.x + box.width - by
    await page.mouse.move(x, y)
    const cursor = await timeline
      .locator('canvas')
      .last()
      .evaluate((canvas) => canvas.style.cursor)
    if (cursor === 'ew-resize') return { x: end === 'start' ? x + 6 : x - 6, y }
  }
  throw new Error('Nothing on the timeline can be taken hold of.')
}

async function probe(file: string): Promise<{ width: number; height: number; seconds: number }> {
  const { ffprobe } = await testTools()
  const args = [
    '-v',
    'error',
    '-of',
    'json',
    '-select_streams',
    'v:0',
    '-show_entries',
    'stream=width,height:format=duration',
  ]
  const { stdout } = await promisify(execFile)(ffprobe, [...args, file])
  const { streams, format } = JSON.parse(stdout) as {
    streams: { width: number; height: number }[]
    format: { duration: string }
  }
  const [video] = streams
  if (video === undefined) throw new Error(`${file} has no picture.`)
  return { width: video.width, height: video.height, seconds: Number(format.duration) }
}

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
