import { expect, type Page } from '@playwright/test'

export interface Watched {
  /** Forgets what the page complained of so far: it was meant to. */
  forgive(): void
  /** Fails when the page wrote an error or a warning, a request failed, or the content security policy refused one. */
  expectQuiet(): void
}

/** Listens to everything that a page can complain of. */
export function watchPage(page: Page): Watched {
  let complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) complaints.push(`console: ${message.text()}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A video that is left, or sought in, lets go of what was on its way.
    if (why !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.method()} ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`refused: ${response.status()} ${response.url()}`)
  })
  return {
    forgive() {
      complaints = []
    },
    expectQuiet: () => expect(complaints, 'what the page complained of').toEqual([]),
  }
}
