import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** What a page of somebody else could try; each says what it got. */
async function attack(page: Page, target: string): Promise<Record<string, string>> {
  return page.evaluate(async (origin) => {
    const got: Record<string, string> = {}
    const tryTo = async (name: string, act: () => Promise<string>): Promise<void> => {
      got[name] = await act().catch(() => 'nothing')
    }
    for (const address of ['/', '/session', '/media/recording/1']) {
      await tryTo(`read ${address}`, async () => (await fetch(origin + address, { credentials: 'include' })).text())
    }
    await tryTo('send without asking', async () => {
      const answer = await fetch(`${origin}/upload?name=a.mp4`, {
        method: 'POST',
        mode: 'no-cors',
        credentials: 'include',
        body: 'x',
      })
      // Opaque: it cannot be read. What the host did with it is looked at from outside.
      return answer.type === 'opaque' ? 'nothing' : answer.text()
    })
    await tryTo(
      'open a socket',
      () =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`)
          socket.addEventListener('open', () => resolve('a socket'))
          socket.addEventListener('error', () => reject(new Error('refused')))
        }),
    )
    const loads = (element: HTMLElement): Promise<string> =>
      new Promise((resolve, reject) => {
        element.addEventListener('load', () => resolve('something'))
        element.addEventListener('loadeddata', () => resolve('something'))
        element.addEventListener('error', () => reject(new Error('refused')))
        document.body.append(element)
        setTimeout(() => reject(new Error('refused')), 3000)
      })
    await tryTo('show a picture', () => loads(Object.assign(new Image(), { src: `${origin}/mark.svg` })))
    await tryTo('play a recording', () =>
      loads(Object.assign(document.createElement('video'), { src: `${origin}/media/recording/1` })),
    )
    await tryTo('run its script', () =>
      loads(Object.assign(document.createElement('script'), { src: `${origin}/media/recording/1` })),
    )
    return got
  }, target)
}

test('a page of another origin gets nothing, also from one who is signed in', async ({ page, analysed }) => {
  await page.goto(await analysed.newLink())
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const hostile = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<p>Win a prize'))
  await new Promise<void>((resolve) => void hostile.listen(0, '127.0.0.1', resolve))
  const { port } = hostile.address() as AddressInfo
  try {
    // Another port is another origin, but to cookies the same site; another name is another site altogether.
    for (const name of ['127.0.0.1', 'localhost']) {
      const stranger = await page.context().newPage()
      const answers: [string, number][] = []
      stranger.on('response', (response) => {
        if (response.url().startsWith(analysed.origin)) answers.push([response.url(), response.status()])
      })
      await stranger.goto(`http://${name}:${port}/`)
      for (const [what, got] of Object.entries(await attack(stranger, analysed.origin))) {
        expect.soft(got, `${what} from ${name}`).toBe('nothing')
      }
      expect(answers.filter(([, status]) => status < 400)).toEqual([])

      // In a frame it shows nothing, and a form reaches nothing.
      await stranger.evaluate((origin) => {
        const frame = document.createElement('iframe')
        frame.src = origin
        document.body.append(frame)
      }, analysed.origin)
      await expect.poll(() => answers.filter(([url]) => url === `${analysed.origin}/`).length).toBeGreaterThan(0)
      for (const frame of stranger.frames().slice(1)) {
        expect(
          await frame
            .locator('#root')
            .count()
            .catch(() => 0),
        ).toBe(0)
      }
      const posted = stranger.waitForResponse((response) => response.request().method() === 'POST')
      await stranger.evaluate((origin) => {
        const form = Object.assign(document.createElement('form'), { method: 'post', action: `${origin}/session` })
        document.body.append(form)
        form.submit()
      }, analysed.origin)
      expect((await posted).status()).toBe(403)
      expect(answers.filter(([, status]) => status < 400)).toEqual([])
      await stranger.close()
    }
    // Who was signed in still is.
    await page.reload()
    await expect(page.getByRole('link', { name: 'openarena-match' })).toBeVisible()
  } finally {
    hostile.closeAllConnections()
    hostile.close()
  }
})
