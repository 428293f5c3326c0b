import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { processesLeft } from '../helpers/leftovers.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const checkout = path.resolve(import.meta.dirname, '..', '..')
const folder = tempFolder()
const running: ChildProcess[] = []

/** What a person sees in the terminal after `npm start`. */
function start(name: string, env: Record<string, string>) {
  const dataFolder = path.join(folder, name)
  const child = spawn(process.execPath, ['tools/start.mjs', '--port', '0', '--data-dir', dataFolder], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C goes to all of it, and not to this test.
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env },
  })
  running.push(child)
  let seen = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (seen += String(data)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const link = async (): Promise<URL> => {
    for (const until = Date.now() + 60_000; Date.now() < until;) {
      const found = /http:\/\/\S+/.exec(seen)?.[0]
      if (found !== undefined) return new URL(found)
      if (child.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`No link: ${seen}`)
  }
  const ctrlC = (): boolean => process.kill(-(child.pid ?? Number.NaN), 'SIGINT')
  return { child, dataFolder, ended, link, ctrlC, seen: () => seen }
}

afterEach(() => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGTERM')
})

// Ctrl-C for a whole group is a thing of POSIX.
describe.skipIf(process.platform === 'win32')('npm start where there is no desktop', () => {
  test('says so in one line, serves the interface, and leaves nothing behind after Ctrl-C', async () => {
    const { dataFolder, ended, link, ctrlC, seen } = start('browser', { CLUTCHCUT_OFFLINE: '1' })
    const { origin } = await link()
    const page = await fetch(origin)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<div id="root">')
    expect(seen().match(/opens in the browser/g)).toHaveLength(1)
    expect(seen()).toMatch(/^There is no screen here: .*\n/m)
    ctrlC()
    expect(await ended).toBe(0)
    expect(await processesLeft(dataFolder)).toEqual([])
  })

  test('also where Electron’s binary does not run', async () => {
    const broken = path.join(folder, 'electron')
    writeFileSync(broken, '#!/bin/sh\necho "asked for $1"\nexit 7\n')
    chmodSync(broken, 0o755)
    const env = { DISPLAY: ':none', ELECTRON_OVERRIDE_DIST_PATH: folder, BROWSER: '/bin/true' }
    const { ended, dataFolder, link, ctrlC, seen } = start('broken', env)
    await link()
    expect(seen()).toContain(`asked for ${checkout}`)
    expect(seen()).toContain('Electron ended at once (7): Clutchcut opens in the browser')
    ctrlC()
    expect(await ended).toBe(0)
    expect(await processesLeft(dataFolder)).toEqual([])
  })

  test('it ends with npm’s shell, which tells nobody', async () => {
    const dataFolder = path.join(folder, 'shell')
    // Two commands, so that the shell stays, as it does for npm.
    const command = `"${process.execPath}" tools/start.mjs --port 0 --data-dir "${dataFolder}" && true`
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, CLUTCHCUT_OFFLINE: '1' }
    const shell = spawn('/bin/sh', ['-c', command], { cwd: checkout, stdio: ['ignore', 'pipe', 'ignore'], env })
    running.push(shell)
    for await (const data of shell.stdout) if (/http:/.test(String(data))) break
    shell.kill('SIGTERM')
    expect(await processesLeft(dataFolder)).toEqual([])
  })

  test('an order to end reaches what it started', async () => {
    const { child, ended, dataFolder, link } = start('ordered', { CLUTCHCUT_OFFLINE: '1' })
    await link()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(await processesLeft(dataFolder)).toEqual([])
  })
})
