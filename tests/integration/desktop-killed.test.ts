import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { identify, isAlive } from '../../src-main/adapters/processes/process-identity.ts'
import { startShell } from '../../src-main/shell/start-shell.ts'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import type { Contract } from '../../src-shared/contract/router.ts'
import * as electron from '../helpers/fake-electron.ts'
import { partialFiles, processesLeft, processesWith } from '../helpers/leftovers.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { utilityProcess, type ProcessPort } from '../helpers/process-electron.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

// The wiring's fake, but what it starts are processes.
vi.mock('electron', async () => ({
  ...(await import('../helpers/fake-electron.ts')),
  ...(await import('../helpers/process-electron.ts')),
}))

const folder = tempFolder('clutchcut-desktop-killed')
const shellAlone = fileURLToPath(new URL('../fixtures/shell-alone.ts', import.meta.url))
const program = (name: string): string => fileURLToPath(new URL(`../../src-main/${name}.ts`, import.meta.url))
const slow = { timeout: 120_000, interval: 20 }
let recording: string

beforeAll(async () => {
  recording = await makeMedia(folder, {
    container: 'mkv',
    seconds: 40,
    video: { width: 320, height: 180, gop: 30 },
    audio: [{ source: "aevalsrc='0.02*random(0)+0.7*sin(880*t)*between(t,18,21)':d=40:s=48000" }],
  })
})

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const { pid } of utilityProcess.all) if (pid !== undefined) process.kill(pid, 'SIGKILL')
})

/** FFmpegs that write into a folder. */
function encoders(out: string): ProcessIdentity[] {
  const found = processesWith(out).filter((line) => /^\d+ \S*ffmpeg/.test(line))
  return found.flatMap((line) => identify(Number.parseInt(line, 10)) ?? [])
}

async function untilEncoding(out: string): Promise<ProcessIdentity[]> {
  return vi.waitUntil(() => {
    const found = encoders(out)
    return found.length > 0 && found
  }, slow)
}

test.skipIf(process.platform === 'win32')(
  'a shell that is killed takes the engine along, and the watchdog what the engine had started',
  async () => {
    const [data, out] = [path.join(folder, 'alone', 'data'), path.join(folder, 'alone', 'out')]
    const shell = spawn(process.execPath, [shellAlone, data, recording, out], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    started.push(shell)
    const [encoder] = await untilEncoding(out)
    expect(processesWith(data)).not.toEqual([])
    shell.kill('SIGKILL')
    await once(shell, 'exit')
    expect(await processesLeft(path.dirname(data))).toEqual([])
    expect(isAlive(encoder!)).toBe(false)
  },
  240_000,
)

test.skipIf(process.platform === 'win32')(
  'an engine that is killed in the middle of a job is started again, says so, and the job goes on',
  async () => {
    electron.resetElectron()
    const [data, out] = [path.join(folder, 'shell', 'data'), path.join(folder, 'shell', 'out')]
    await startShell({
      platform: process.platform,
      argv: ['clutchcut'],
      workingFolder: folder,
      dataFolder: data,
      preload: '/preload.cjs',
      programs: { engine: program('desktop-engine'), infer: program('infer') },
      findPage: () => Promise.resolve(null),
    })
    const engines = () => utilityProcess.all.filter((one) => one.program === program('desktop-engine'))
    const before = openWindow()
    const spec = { kind: 'process', path: recording, outputFolder: out, cut: 'encode', top: 1, device: 'cpu' } as const
    const { id } = await before.jobs.add({ spec })
    const cut = await untilEncoding(out)
    process.kill(engines()[0]!.pid!, 'SIGKILL')

    // Nothing of the old one goes on; a new one is there, and the person is told.
    await vi.waitUntil(() => cut.every((one) => !isAlive(one)), slow)
    await vi.waitUntil(() => engines().length === 2, slow)
    expect(electron.Notification.all.map(({ options }) => options.body)).toEqual([
      'Clutchcut’s engine stopped and was started again. Jobs go on where they were.',
    ])
    const after = openWindow()
    const job = await vi.waitFor(async () => {
      const found = await after.jobs.get({ id })
      expect(found.state).toBe('done')
      return found
    }, slow)
    expect(job).toMatchObject({ interruptions: 1, failures: [], produced: { renders: 1 } })
    expect(readdirSync(out).filter((name) => name.endsWith('.mp4'))).toHaveLength(1)
    expect(partialFiles(out)).toEqual([])
    expect(existsSync(recording)).toBe(true)
    expect(electron.dialog.showMessageBox).not.toHaveBeenCalled()

    // In good order: nothing is left, and nothing starts again.
    electron.app.emit('will-quit', { preventDefault: () => {} })
    await vi.waitUntil(() => electron.app.quit.mock.calls.length > 0, slow)
    expect(await processesLeft(path.dirname(data))).toEqual([])
    expect(engines()).toHaveLength(2)
  },
  300_000,
)

/** As the page does, through the preload script. */
function openWindow(): ContractRouterClient<Contract> {
  const { webContents } = electron.BrowserWindow.all[0]!
  electron.ipcMain.emit('clutchcut/port', { sender: webContents, senderFrame: webContents.mainFrame })
  const [, , [port]] = webContents.mainFrame.postMessage.mock.calls.at(-1) as [string, null, [ProcessPort]]
  port.start()
  return createORPCClient(new RPCLink({ port }))
}
