import { expect, type Page } from '@playwright/test'

/** Something to look at: a page, or what opens on it. */
export interface View {
  readonly name: string
  /** Behind `#`. */
  readonly address: string
  /** From the page to what is meant. */
  readonly open?: (page: Page) => Promise<void>
  /** Rules of axe that do not fit it. */
  readonly without?: readonly string[]
}

/** A moment of the list chosen, so that it says why. */
async function chooseMoment(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Moments' }).getByRole('button').first().click()
  await expect(page.getByRole('list', { name: 'Why it was picked' })).toBeVisible()
}

const dialogOpens = (page: Page): Promise<void> => expect(page.getByRole('dialog')).toBeVisible()

/** Every page, dialog and sheet, on a library that has the demo. */
export const views: readonly View[] = [
  { name: 'library', address: '/' },
  { name: 'library-list', address: '/?view=list' },
  { name: 'library-search', address: '/?text=elimination' },
  { name: 'library-no-hits', address: '/?text=zzzz' },
  {
    name: 'library-selected',
    address: '/',
    async open(page) {
      await page.keyboard.press('Control+a')
      await expect(page.getByRole('group', { name: 'What to do with the selection' })).toBeVisible()
    },
  },
  {
    name: 'library-forget',
    address: '/',
    async open(page) {
      await page.keyboard.press('Control+a')
      await page.getByRole('button', { name: 'Remove' }).click()
      await dialogOpens(page)
    },
  },
  {
    name: 'add-recordings',
    address: '/',
    async open(page) {
      await page.getByRole('button', { name: 'Add recordings' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'demo' }).click()
      await expect(page.getByRole('dialog').getByRole('checkbox')).toBeVisible()
    },
  },
  { name: 'recording', address: '/recordings/1', open: chooseMoment },
  {
    name: 'recording-curves',
    address: '/recordings/1',
    async open(page) {
      await chooseMoment(page)
      const reasons = page.getByRole('list', { name: 'Why it was picked' }).getByRole('button')
      await reasons.first().click()
      await expect(reasons.first()).toHaveAttribute('aria-pressed', 'true')
    },
  },
  {
    name: 'recording-transcript',
    address: '/recordings/1',
    open: (page) => page.getByRole('tab', { name: 'Transcript' }).click(),
  },
  {
    name: 'recording-menu',
    address: '/recordings/1',
    async open(page) {
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await expect(page.getByRole('menu')).toBeVisible()
    },
    // A menu floats over the page, in no landmark.
    without: ['region'],
  },
  {
    name: 'recording-rename',
    address: '/recordings/1',
    async open(page) {
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Rename' }).click()
      await dialogOpens(page)
    },
  },
  {
    name: 'export',
    address: '/recordings/1',
    async open(page) {
      await chooseMoment(page)
      await page.keyboard.press('e')
      await dialogOpens(page)
    },
  },
  {
    name: 'export-editor',
    address: '/recordings/1',
    async open(page) {
      await chooseMoment(page)
      await page.keyboard.press('e')
      await page.getByRole('dialog').getByRole('tab', { name: 'For an editor' }).click()
    },
  },
  { name: 'recording-unknown', address: '/recordings/999' },
  { name: 'review', address: '/review' },
  {
    name: 'review-trim',
    address: '/review',
    async open(page) {
      await page.getByRole('button', { name: 'Trim' }).click()
      await expect(page.getByRole('slider', { name: 'Timeline' })).toBeVisible()
    },
  },
  { name: 'exports', address: '/exports' },
  {
    name: 'montage',
    address: '/exports',
    async open(page) {
      await expect(page.getByRole('article').first()).toBeVisible()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.press('m')
      await dialogOpens(page)
      await page.getByRole('switch', { name: 'A title card before each clip' }).click()
    },
  },
  { name: 'jobs', address: '/jobs' },
  {
    name: 'job-log',
    address: '/jobs',
    async open(page) {
      await page
        .getByRole('button', { name: /^Log of/ })
        .first()
        .click()
      await dialogOpens(page)
    },
  },
  { name: 'settings', address: '/settings' },
  { name: 'gallery', address: '/gallery' },
  { name: 'nowhere', address: '/nowhere' },
  {
    name: 'commands',
    address: '/',
    async open(page) {
      await page.keyboard.press('Control+k')
      await dialogOpens(page)
    },
  },
  {
    name: 'keys',
    address: '/',
    async open(page) {
      await page.keyboard.press('?')
      await dialogOpens(page)
    },
  },
  {
    name: 'inbox',
    address: '/',
    async open(page) {
      await page
        .getByRole('button', { name: /^Inbox/ })
        .first()
        .click()
      await dialogOpens(page)
    },
  },
]

/** Opens a view, and waits until nothing moves and nothing is on its way. */
export async function show(page: Page, origin: string, view: View): Promise<void> {
  await page.goto(`${origin}/#${view.address}`)
  await expect(page.getByRole('heading').first()).toBeAttached()
  await atRest(page)
  await view.open?.(page)
  await atRest(page)
}

async function atRest(page: Page): Promise<void> {
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
  await page.evaluate(async () => {
    await document.fonts.ready
    const still = (): boolean =>
      document.querySelector('.animate-breathe') === null &&
      [...document.images].every((image) => image.complete) &&
      [...document.querySelectorAll('video')].every((video) => video.readyState >= 2)
    const until = performance.now() + 6000
    while (!still() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
    await new Promise((resolve) => setTimeout(resolve, 250))
  })
}
