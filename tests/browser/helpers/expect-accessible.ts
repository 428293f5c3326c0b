import axe from 'axe-core'
import { expect } from 'vitest'

/** No violation of what axe knows, in what stands on the page once it has come to rest. */
export async function expectAccessible(element: Element | Document = document): Promise<void> {
  // Between two colours, contrast is nobody's.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(passing.map(({ finished }) => finished))
  styleAnew()
  // It would wait ten seconds for videos, of which a test has none that load.
  const { violations } = await axe.run(element, { preload: { assets: ['cssom'] } })
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
  )
  expect(found).toEqual([])
}

/** Chromium paints `light-dark()` as it should, but computes it as before where the scheme changed meanwhile. */
function styleAnew(): void {
  const { documentElement: root, activeElement: focused } = document
  root.style.display = 'none'
  root.getBoundingClientRect()
  root.style.display = ''
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
}
