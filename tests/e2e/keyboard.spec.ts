import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

interface Stop {
  readonly name: string
  readonly seen: boolean
}

/** Presses Tab until the focus is where it began; each stop, and whether one sees that it has the focus. */
async function walk(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let press = 0; press < 400; press++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(async () => {
      // What the focus changes is painted first.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return null
      const again = element.dataset['walked'] !== undefined
      element.dataset['walked'] = ''
      const box = element.getBoundingClientRect()
      const ring = (look: CSSStyleDeclaration): boolean =>
        look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0
      const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight
      const shown = ring(getComputedStyle(element)) || ring(getComputedStyle(element, '::after'))
      const parent = element.parentElement
      const name = element.getAttribute('aria-label') ?? element.textContent ?? element.tagName
      return { name, again, seen: inside && (shown || (parent !== null && ring(getComputedStyle(parent)))) }
    })
    // Behind the last one comes the browser itself, then the first.
    if (stop === null) continue
    if (stop.again) break
    stops.push({ name: stop.name, seen: stop.seen })
  }
  return stops
}

/** What can be pressed, typed in or chosen on the page, and is not in a group that arrows go through. */
async function controls(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, summary, [tabindex="0"]')].filter(
        (element) =>
          element.tabIndex >= 0 &&
          !element.matches(':disabled, input[type=radio]:not(:checked)') &&
          element.checkVisibility({ visibilityProperty: true }),
      ).length,
  )
}

for (const address of ['/', '/recordings/1', '/exports', '/jobs', '/settings'] as const) {
  test(`with Tab alone, every control of ${address} is reached, and one sees where one is`, async ({
    filled,
    analysed,
  }) => {
    await filled.setViewportSize({ width: 1440, height: 900 })
    await filled.goto(`${analysed.origin}/#${address}`)
    await expect(filled.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(filled.locator('main .animate-breathe')).toHaveCount(0)
    const there = await controls(filled)
    const stops = await walk(filled)
    expect(stops.filter(({ seen }) => !seen)).toEqual([])
    expect(stops.length).toBeGreaterThanOrEqual(there)
    expect(stops.map(({ name }) => name)).toContain('Skip to the content')
  })
}

test('the focus comes back from dialogs, and menus go by arrows', async ({ filled, analysed }) => {
  const add = filled.getByRole('button', { name: 'Add recordings' })
  await add.focus()
  await filled.keyboard.press('Enter')
  await expect(filled.getByRole('dialog')).toBeVisible()
  await filled.keyboard.press('Escape')
  await expect(add).toBeFocused()

  await filled.goto(`${analysed.origin}/#/recordings/1`)
  const more = filled.getByRole('button', { name: 'More', exact: true })
  await more.focus()
  await filled.keyboard.press('Enter')
  await expect(filled.getByRole('menuitem').first()).toBeFocused()
  await filled.keyboard.press('ArrowDown')
  await filled.keyboard.press('Enter')
  await expect(filled.getByRole('dialog', { name: 'Rename' })).toBeVisible()
  await filled.keyboard.press('Escape')
  await expect(more).toBeFocused()
})

test('where motion is unwanted, nothing moves', async ({ filled }) => {
  await expect(filled.getByRole('link', { name: 'openarena-match' })).toBeVisible()
  await filled.keyboard.press('?')
  await expect(filled.getByRole('dialog')).toBeVisible()
  const longest = await filled.evaluate(() =>
    Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().endTime ?? 0))),
  )
  expect(longest).toBeLessThan(20)
})
