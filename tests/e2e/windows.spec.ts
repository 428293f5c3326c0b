import path from 'node:path'
import { expect, signIn, test } from './fixtures.ts'
import { holdFfmpeg } from './held-ffmpeg.ts'
import { demoFolder, openHost, runCommand } from './host.ts'
import { watchPage } from './watch-page.ts'

const demo = path.join(demoFolder, 'openarena-match.mp4')

test('what is decided in one window is seen in the other', async ({ filled, analysed, browser }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const other = await context.newPage()
  const watched = watchPage(other)
  await signIn(other, analysed)
  await other.goto(`${analysed.origin}/#/recordings/1`)
  await filled.goto(`${analysed.origin}/#/recordings/1`)
  const moment = (page: typeof other) =>
    page.getByRole('list', { name: 'Moments' }).getByRole('listitem').first().getByRole('button').first()
  await expect(moment(other)).toContainText('Found')
  await moment(filled).click()
  await filled.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(filled.locator('[aria-live=polite][role=status]')).toHaveText('Kept.')
  await expect(moment(other)).toContainText('Kept')
  await expect(other.getByRole('main').getByRole('link', { name: 'Review 1' })).toBeVisible()

  // And back, so that the library is as it was.
  await moment(other).click()
  await other.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(moment(filled)).toContainText('Found')
  watched.expectQuiet()
  await context.close()
})

test('the engine killed in the middle of a job: it is said, and after a new link the job has gone on', async ({
  page,
}) => {
  test.skip(process.platform === 'win32', 'The script that holds an analysis up is one for a shell.')
  const ffmpeg = await holdFfmpeg()
  const host = await openHost({ ffmpegFolder: ffmpeg.folder })
  try {
    await runCommand(host.dataFolder, 'analyze', demo)
    await signIn(page, host)
    await page.goto(`${host.origin}/#/recordings/1`)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Analyse again' }).click()
    await expect(page.getByRole('main').getByRole('progressbar', { name: 'Listening and watching' })).toBeVisible()
    await host.kill()
    await expect(page.getByText('The engine does not answer. Trying again…')).toBeVisible()
    ffmpeg.release()
    await host.restart()
    // Who is signed in is known to the process alone: the page says how to come back.
    await expect(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible({
      timeout: 30_000,
    })
    await page.goto(await host.newLink())
    await expect(page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible()
    await page.goto(`${host.origin}/#/jobs`)
    await expect(page.getByText('Done', { exact: true })).toHaveCount(2, { timeout: 40_000 })
    await expect(page.getByText('Attempt 2')).toHaveCount(1)
    await expect(page.getByText('Went on after an interruption')).toHaveCount(1)
  } finally {
    await host.close()
    ffmpeg.remove()
  }
})
