import path from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { demoFolder, openHost, runCommand, type HeadlessHost } from './host.ts'
import { watchPage, type Watched } from './watch-page.ts'

interface Fixtures {
  /** The real host on an empty library of its own, gone after the test. */
  readonly host: HeadlessHost
  readonly watched: Watched
  /** Signed in, on the library of `host`; the test fails when the page complained of anything. */
  readonly app: Page
  /** The same on the library of `analysed`. */
  readonly filled: Page
}

interface Shared {
  /** A host whose library has the demo, analysed, and two files made of it: one for all tests that only look, or leave it as it was. */
  readonly analysed: HeadlessHost
}

export const test = base.extend<Fixtures, Shared>({
  analysed: [
    async ({}, use) => {
      const host = await openHost({ folders: [demoFolder] })
      const demo = path.join(demoFolder, 'openarena-match.mp4')
      const out = path.join(host.home, 'Videos', 'Clutchcut')
      await runCommand(host.dataFolder, 'process', demo, '--out', out, '--top', '2', '--cut', 'copy')
      await use(host)
      await host.close()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  host: async ({}, use) => {
    const host = await openHost()
    await use(host)
    await host.close()
  },
  watched: async ({ page }, use) => use(watchPage(page)),
  app: async ({ page, host, watched }, use) => {
    await signIn(page, host)
    await use(page)
    watched.expectQuiet()
  },
  filled: async ({ page, analysed, watched }, use) => {
    await signIn(page, analysed)
    await use(page)
    watched.expectQuiet()
  },
})

/** Opens a fresh link; resolves when there is a page. */
export async function signIn(page: Page, host: HeadlessHost): Promise<void> {
  await page.goto(await host.newLink())
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

export { expect }
