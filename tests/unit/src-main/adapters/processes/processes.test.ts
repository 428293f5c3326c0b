import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProcessIdentity, ProcessTable, RecordedChild } from '../../../../../src-shared/contract/process.ts'
import { createChildGuard } from '../../../../../src-main/adapters/processes/child-guard.ts'
import { killTree, planKill } from '../../../../../src-main/adapters/processes/kill-tree.ts'
import { parseFileTime, parseLinuxStat, parsePs } from '../../../../../src-main/adapters/processes/parse-start-time.ts'
import { currentProcess, identify, isAlive } from '../../../../../src-main/adapters/processes/process-identity.ts'
import { reapOrphans } from '../../../../../src-main/adapters/processes/reap-orphans.ts'
import { startWatchdog, type Watchdog } from '../../../../../src-main/adapters/processes/watchdog.ts'

describe('what the systems say about a process', () => {
  test('/proc/<pid>/stat, whatever the program is called', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('R', 'S', 'D', 'Z', 'T'), fc.nat(), (name, state, start) => {
        const rest = `${state} 1 2 3 4 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 ${start} 1000 200 18446744073709551615`
        expect(parseLinuxStat(`4242 (${name}) ${rest}\n`)).toEqual({ state, startTicks: String(start) })
      }),
    )
    expect(parseLinuxStat('')).toBeNull()
    expect(parseLinuxStat('4242 (node) S 1 2')).toBeNull()
  })

  test('ps of macOS', () => {
    expect(parsePs('Ss   Sun Nov  2 13:00:05 2026\n')).toEqual({ state: 'Ss', startedAt: 'Sun Nov 2 13:00:05 2026' })
    expect(parsePs('')).toBeNull()
    expect(parsePs('Z    (ffmpeg)')).toBeNull()
  })

  test('PowerShell of Windows', () => {
    expect(parseFileTime('134083224051234567\r\n')).toBe('134083224051234567')
    expect(parseFileTime('Get-Process : Cannot find a process')).toBeNull()
  })
})

describe('identity', () => {
  test('this process lives; the same pid with another start, or of another boot, does not', () => {
    const self = currentProcess()
    expect(self.pid).toBe(process.pid)
    expect(isAlive(self)).toBe(true)
    expect(isAlive({ ...self, startedAt: `${self.startedAt}0` })).toBe(false)
    expect(isAlive({ ...self, pid: process.ppid, bootId: 'another boot' })).toBe(false)
  })

  test('a child lives until it ends, also while nobody has reaped it', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    await once(child, 'spawn')
    const identity = identify(child.pid ?? 0)
    if (identity === null) throw new Error('no identity')
    expect(isAlive(identity)).toBe(true)
    await killTree(identity.pid)
    await once(child, 'exit')
    expect(isAlive(identity)).toBe(false)
    expect(identify(identity.pid)).toBeNull()
  })

  test('nonsense is nobody', () => {
    expect([0, -1, 1.5, Number.NaN].map((pid) => identify(pid))).toEqual([null, null, null, null])
  })
})

test('killing: a signal, on Windows taskkill with the tree', async () => {
  expect(planKill(42, 'linux')).toEqual({ kind: 'signal', pid: 42 })
  expect(planKill(42, 'darwin')).toEqual({ kind: 'signal', pid: 42 })
  expect(planKill(42, 'win32')).toEqual({ kind: 'program', file: 'taskkill', args: ['/PID', '42', '/T', '/F'] })
  // 0 and -1 would end our own group, or everything; a dead pid is no failure.
  await killTree(0)
  await killTree(-1)
  await killTree(2 ** 22 - 3)
})

const identityOf = (pid: number): ProcessIdentity => ({ pid, startedAt: `t${pid}`, bootId: 'boot' })

function memoryTable(): ProcessTable & { rows: RecordedChild[] } {
  const rows: RecordedChild[] = []
  return {
    rows,
    record: (child, owner, what) => void rows.push({ child, owner, what }),
    remove: (pid) => void rows.splice(0, rows.length, ...rows.filter((row) => row.child.pid !== pid)),
    list: () => [...rows],
  }
}

test('reaping ends only children of dead owners that are still themselves', async () => {
  const table = memoryTable()
  const [living, dead] = [identityOf(1), identityOf(2)]
  table.record(identityOf(10), living, 'ours')
  table.record(identityOf(20), dead, 'orphan')
  table.record(identityOf(30), dead, 'gone, its pid is somebody else now')
  const killed: number[] = []
  const ended = await reapOrphans(table, {
    isAlive: ({ pid }) => [1, 10, 20].includes(pid),
    kill: async (pid) => void killed.push(pid),
  })
  expect(killed).toEqual([20])
  expect(ended.map((row) => row.what)).toEqual(['orphan'])
  expect(table.rows.map((row) => row.child.pid)).toEqual([10])
})

describe('child guard', () => {
  function fakeWatchdogs() {
    const started: { told: string[]; exit: () => void }[] = []
    const start = (): Watchdog => {
      const told: string[] = []
      const watchdog = { told, exit: (): void => {} }
      started.push(watchdog)
      return {
        add: (pid) => void told.push(`add ${pid}`),
        remove: (pid) => void told.push(`remove ${pid}`),
        onExit: (listener) => void (watchdog.exit = listener),
      }
    }
    return { start, started }
  }

  test('starts one watchdog with the first child and tells it of each', () => {
    const { start, started } = fakeWatchdogs()
    const table = memoryTable()
    const guard = createChildGuard({ startWatchdog: start, table, platform: 'linux', identify: identityOf })
    expect(started).toHaveLength(0)
    const untrack = guard.track(100, 'ffmpeg')
    guard.track(200, 'ffmpeg')
    untrack()
    untrack()
    expect(started.map(({ told }) => told)).toEqual([['add 100', 'add 200', 'remove 100']])
    expect(table.rows.map((row) => [row.child.pid, row.owner.pid, row.what])).toEqual([[200, process.pid, 'ffmpeg']])
  })

  test('replaces a watchdog that died, but not for ever', () => {
    const { start, started } = fakeWatchdogs()
    const problems: unknown[] = []
    const guard = createChildGuard({ startWatchdog: start, onProblem: (problem) => void problems.push(problem) })
    guard.track(100, 'ffmpeg')
    for (let i = 0; i < 20; i += 1) started.at(-1)?.exit()
    expect(started).toHaveLength(5)
    expect(started[1]?.told).toEqual(['add 100'])
    expect(problems.length).toBeGreaterThan(0)
  })

  test('a table that cannot be written does not stop the child', () => {
    const { start, started } = fakeWatchdogs()
    const table = {
      ...memoryTable(),
      record: () => {
        throw new Error('locked')
      },
    }
    const problems: unknown[] = []
    const guard = createChildGuard({
      startWatchdog: start,
      table,
      platform: 'linux',
      identify: identityOf,
      onProblem: (p) => void problems.push(p),
    })
    guard.track(100, 'ffmpeg')()
    expect(problems).toHaveLength(1)
    expect(started[0]?.told).toHaveLength(2)
  })

  test('Windows needs none: the system ends the children', () => {
    expect(startWatchdog('win32')).toBeNull()
    const guard = createChildGuard({ platform: 'win32' })
    expect(() => guard.track(100, 'ffmpeg')()).not.toThrow()
  })
})
