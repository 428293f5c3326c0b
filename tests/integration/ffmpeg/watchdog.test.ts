import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { killTree } from '../../../src-main/adapters/processes/kill-tree.ts'
import { identify, isAlive } from '../../../src-main/adapters/processes/process-identity.ts'
import { reapOrphans } from '../../../src-main/adapters/processes/reap-orphans.ts'
import type { ProcessIdentity } from '../../../src-shared/contract/process.ts'
import { testTools } from '../../helpers/ffmpeg.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder()
const program = fileURLToPath(new URL('../../helpers/encode-forever.ts', import.meta.url))

async function startParent(
  name: string,
  ...args: string[]
): Promise<{ parent: ChildProcess; ffmpeg: ProcessIdentity }> {
  const output = `file:${path.join(folder, `${name}.mkv`)}`
  const parent = spawn(process.execPath, [program, output, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  if (parent.stdout === null) throw new Error('no stdout')
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const ffmpeg = identify(Number(String(line)))
  if (ffmpeg === null) throw new Error(`no ffmpeg: ${String(line)}`)
  return { parent, ffmpeg }
}

/** Nobody waits so long where all is well; without the watchdog it would go on for ever. */
async function isGone(identity: ProcessIdentity): Promise<boolean> {
  const until = performance.now() + 30_000
  while (performance.now() < until) {
    if (!isAlive(identity)) return true
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return !isAlive(identity)
}

describe('FFmpeg does not outlive its parent', () => {
  test('that is killed', async () => {
    const { parent, ffmpeg } = await startParent('killed')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(isAlive(ffmpeg)).toBe(true)
    parent.kill('SIGKILL')
    expect(await isGone(ffmpeg)).toBe(true)
  })

  test('that is killed right after the start', async () => {
    const { parent, ffmpeg } = await startParent('killed at once')
    parent.kill('SIGKILL')
    expect(await isGone(ffmpeg)).toBe(true)
  })

  test('that leaves without a word', async () => {
    const { parent, ffmpeg } = await startParent('left', 'leave')
    await once(parent, 'exit')
    expect(await isGone(ffmpeg)).toBe(true)
  })

  test.skipIf(process.platform === 'win32')('whose whole group is killed, or interrupted and then killed', async () => {
    for (const signals of [['SIGKILL'], ['SIGINT', 'SIGKILL'], ['SIGHUP', 'SIGKILL']] as NodeJS.Signals[][]) {
      const { parent, ffmpeg } = await startParent('group')
      for (const signal of signals) {
        try {
          process.kill(-(parent.pid ?? Number.NaN), signal)
        } catch {
          // The first signal may have ended all of them.
        }
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      expect(await isGone(ffmpeg)).toBe(true)
    }
  })
})

test('what no watchdog saw is reaped by the next start', async () => {
  const { ffmpeg } = await testTools()
  const orphan = spawn(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2', '-f', 'null', '-'], { stdio: 'ignore' })
  await once(orphan, 'spawn')
  const child = identify(orphan.pid ?? 0)
  if (child === null) throw new Error('no child')
  const owner = { ...child, pid: 2 ** 22 - 5 }
  const removed: number[] = []
  const table = {
    record: () => {},
    list: () => [{ child, owner, what: 'ffmpeg' }],
    remove: (pid: number) => void removed.push(pid),
  }
  expect(await reapOrphans(table)).toHaveLength(1)
  await once(orphan, 'exit')
  expect(orphan.signalCode).toBe('SIGKILL')
  expect(removed).toEqual([child.pid])
})

describe.skipIf(process.platform === 'win32')('the watchdog', () => {
  const module = new URL('../../../src-main/adapters/processes/watchdog.ts', import.meta.url).href
  const run = (code: string): ChildProcess => {
    const source = `import { startWatchdog } from ${JSON.stringify(module)}\n${code}`
    return spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'ignore', 'inherit'] })
  }

  test('keeps nobody waiting', async () => {
    const child = run(`startWatchdog(process.platform).onExit(() => {})`)
    const timer = setTimeout(() => void killTree(child.pid ?? 0), 10_000)
    const [exitCode] = (await once(child, 'exit')) as [number | null]
    clearTimeout(timer)
    expect(exitCode).toBe(0)
  })

  test('ends what it was told of, and nothing else', async () => {
    const sleepers = ['told', 'forgotten', 'never told', 'told twice'].map(() =>
      spawn('sleep', ['30'], { stdio: 'ignore' }),
    )
    const [told, forgotten, stranger, twice] = sleepers.map(({ pid }) => identify(pid ?? 0))
    if (!told || !forgotten || !stranger || !twice) throw new Error('no sleepers')
    const parent = run(`
      const watchdog = startWatchdog(process.platform)
      for (const pid of [${told.pid}, ${forgotten.pid}, ${twice.pid}, ${twice.pid}, 0, -1, ${stranger.pid}.5]) watchdog.add(pid)
      watchdog.remove(${forgotten.pid})
      watchdog.remove(1)`)
    await once(parent, 'exit')
    expect(await isGone(told)).toBe(true)
    expect(await isGone(twice)).toBe(true)
    expect([forgotten, stranger].map((one) => isAlive(one))).toEqual([true, true])
    for (const sleeper of sleepers) sleeper.kill('SIGKILL')
  })
})
