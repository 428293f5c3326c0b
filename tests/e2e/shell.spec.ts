import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'

test('a link signs in once, and its token leaves the address', async ({ app, host, browser }) => {
  expect(app.url()).toMatch(/#\/$/)
  await app.reload()
  await expect(app.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(app.getByText('This browser is not signed in')).toBeHidden()

  const link = await host.newLink()
  const [first, second] = [await browser.newContext(), await browser.newContext()]
  const one = await first.newPage()
  await one.goto(link)
  await expect(one.getByRole('heading', { level: 1 })).toBeVisible()
  const two = await second.newPage()
  await two.goto(link)
  await expect(two.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible()
  await Promise.all([first.close(), second.close()])
})

test('a theme chosen in one window is the other’s too', async ({ app, host, browser }) => {
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(await host.newLink())
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  await app.keyboard.press('Control+k')
  await expect(app.getByPlaceholder('Type what you want to do')).toBeFocused()
  await app.keyboard.type('theme: light')
  await app.keyboard.press('Enter')
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'light')
  await context.close()
})

test('an engine that is killed is said to be gone, and is found again', async ({ page, host }) => {
  await page.goto(await host.newLink())
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await host.restart()
  // Sessions live as long as the process: this browser signs in anew, with a new link.
  await expect(page.getByRole('heading', { name: 'This browser is not signed in' })).toBeVisible()
  await page.goto(await host.newLink())
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('This browser is not signed in')).toBeHidden()
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme })
    test('the gallery has no violation', async ({ app, host }) => {
      await app.goto(`${host.origin}/#/gallery`)
      await expect(app.getByRole('heading', { level: 1, name: 'Gallery' })).toBeVisible()
      const { violations } = await new AxeBuilder({ page: app }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    })
  })
}
