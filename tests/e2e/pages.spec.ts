import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, signIn, test } from './fixtures.ts'
import { show, views } from './views.ts'

/** Pictures of every page, to be looked at. */
const pictures = path.resolve(import.meta.dirname, '..', '..', '.cache', 'e2e', 'pages')

const wide = { width: 1440, height: 900 }
const narrow = { width: 390, height: 844 }

/** Each theme and each size is checked in full once; what is left depends on colours only. */
const looks = [
  { name: 'wide-dark', theme: 'dark', size: wide, rules: 'all' },
  { name: 'wide-light', theme: 'light', size: wide, rules: 'colours' },
  { name: 'narrow-light', theme: 'light', size: narrow, rules: 'all' },
  { name: 'narrow-dark', theme: 'dark', size: narrow, rules: 'colours' },
] as const

for (const view of views) {
  test(`${view.name} is accessible, fits, and complains of nothing`, async ({ page, analysed, watched }) => {
    await page.setViewportSize(wide)
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await signIn(page, analysed)
    await show(page, analysed.origin, view)
    mkdirSync(pictures, { recursive: true })
    for (const { name, theme, size, rules } of looks) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize(size)
      await page.screenshot({ path: path.join(pictures, `${view.name}-${name}.png`) })
      const axe = new AxeBuilder({ page }).disableRules([...(view.without ?? [])])
      const { violations } = await (rules === 'all' ? axe : axe.withRules(['color-contrast'])).analyze()
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
      expect.soft(found, `what axe finds, ${name}`).toEqual([])
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(wider, `pixels that it is too wide, ${name}`).toBeLessThanOrEqual(0)
    }
    watched.expectQuiet()
  })
}
