import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, expect, type Page } from '@playwright/test'

const checkout = path.resolve(import.meta.dirname, '..', '..')

export interface HeadlessHost {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly dataFolder: string
  /** A link that signs one browser in, once. */
  newLink(): Promise<string>
  /** Ends it as a crash would, and starts it anew on the same library and port. */
  restart(): Promise<void>
}

interface Fixtures {
  /** The real host on a library of its own, gone after the test. */
  readonly host: HeadlessHost
  /** Signed in, on the library; the test fails when the page reports an error on its console. */
  readonly app: Page
}

export const test = base.extend<Fixtures>({
  host: async ({}, use) => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'clutchcut-e2e-'))
    let running = await startHost(dataFolder, 0)
    const { port } = running
    try {
      await use({
        origin: `http://127.0.0.1:${port}`,
        dataFolder,
        newLink: () => running.newLink(),
        async restart() {
          await end(running.child, 'SIGKILL')
          running = await startHost(dataFolder, port)
        },
      })
    } finally {
      await end(running.child, 'SIGINT')
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
  app: async ({ page, host }, use) => {
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(await host.newLink())
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await use(page)
    expect(complaints, 'what the page complained of').toEqual([])
  },
})

export { expect }

interface Running {
  readonly child: ChildProcess
  readonly port: number
  newLink(): Promise<string>
}

async function startHost(dataFolder: string, port: number): Promise<Running> {
  const args = ['src-main/cli.ts', 'serve', '--json', '--port', String(port), '--data-dir', dataFolder]
  const child = spawn(process.execPath, args, { cwd: checkout, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<{ url: string; port: number }> => {
    const { value, done } = (await lines.next()) as { value: string; done: boolean }
    if (done) throw new Error('The host ended instead of printing a link.')
    return JSON.parse(value) as { url: string; port: number }
  }
  const first = await next()
  let unused: string | null = first.url
  return {
    child,
    port: first.port,
    async newLink() {
      if (unused !== null) {
        const link = unused
        unused = null
        return link
      }
      child.stdin.write('\n')
      return (await next()).url
    },
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
