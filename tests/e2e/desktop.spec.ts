import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import { electronProgram, hasScreen } from '../../tools/start/plan.mjs'
import { demoFolder } from './host.ts'

const checkout = path.resolve(import.meta.dirname, '..', '..')
const { platform, env } = process
const program = electronProgram({ platform, env, checkout })
const missing = !existsSync(program)
  ? `Electron’s binary is not at ${program}`
  : hasScreen({ platform, env })
    ? null
    : 'there is no screen'
if (missing !== null) process.stderr.write(`SKIPPED: the desktop application was not driven, because ${missing}.\n`)

interface Desktop {
  readonly app: ElectronApplication
  readonly page: Page
}

/** The built application in the real Electron, on a library of its own. */
const test = base.extend<{ desktop: Desktop }>({
  desktop: async ({}, use) => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'clutchcut-desktop-'))
    const app = await _electron.launch({
      executablePath: program,
      args: [checkout],
      cwd: checkout,
      env: { ...(env as Record<string, string>), CLUTCHCUT_DATA_DIR: dataFolder },
    })
    const page = await app.firstWindow()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await use({ app, page })
    await app.close()
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  },
})

test.skip(missing !== null, missing ?? '')
test.setTimeout(180_000)

test('the window is ours, closed off, and speaks with the engine', async ({ desktop: { page } }) => {
  expect(page.url()).toMatch(/^app:\/\/clutchcut\//)
  expect(await page.evaluate(() => ['process', 'require', 'Buffer'].filter((name) => name in globalThis))).toEqual([])
  expect(await page.evaluate(() => Object.isFrozen(window.clutchcut))).toBe(true)
})

test('it goes nowhere else, and opens no other window', async ({ desktop: { app, page } }) => {
  await page.evaluate(() => {
    window.open('https://example.org/', '_blank')
    location.assign('https://example.org/')
  })
  await page.waitForTimeout(500)
  expect(page.url()).toMatch(/^app:\/\/clutchcut\//)
  expect(app.windows()).toHaveLength(1)
  expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe(
    'denied',
  )
})

test('a recording that is opened with it is analysed, plays with ranges, and survives the engine', async ({
  desktop: { app, page },
}) => {
  const recording = path.join(demoFolder, 'openarena-match.mp4')
  await app.evaluate(
    ({ app: electron }, file) => void electron.emit('second-instance', {}, ['clutchcut', file], '/'),
    recording,
  )
  await expect(page.getByRole('link', { name: /openarena-match/ })).toBeVisible({ timeout: 120_000 })
  const ranged = await page.evaluate(async () => {
    const answer = await fetch('media://clutchcut/media/recording/1', { headers: { Range: 'bytes=0-99' } })
    return [answer.status, (await answer.arrayBuffer()).byteLength]
  })
  expect(ranged).toEqual([206, 100])
  const engine = await app.evaluate(({ app: electron }) => {
    return electron.getAppMetrics().find(({ name }) => name === 'Clutchcut Engine')?.pid
  })
  process.kill(engine ?? Number.NaN, 'SIGKILL')
  await page.evaluate(() => (location.hash = '#/review'))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.evaluate(() => (location.hash = '#/'))
  await expect(page.getByRole('link', { name: /openarena-match/ })).toBeVisible({ timeout: 30_000 })
})

test('a second start hands over and goes', async ({ desktop: { app, page } }) => {
  await app.evaluate(
    ({ app: electron }) => void electron.emit('second-instance', {}, ['clutchcut', 'clutchcut://review'], '/'),
  )
  await expect(page).toHaveURL(/#\/review/)
})
