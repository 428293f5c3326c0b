import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import type { ProcessIdentity } from '../../../src-shared/contract/process.ts'
import { parseFileTime, parseLinuxStat, parsePs } from './parse-start-time.ts'

/**
 * Who runs as `pid` now; null when nobody does (a zombie is nobody). Reads /proc on Linux; asks `ps` on macOS (a few
 * milliseconds) and PowerShell on Windows (up to a second), synchronously: call it seldom there.
 */
export function identify(pid: number, platform: NodeJS.Platform = process.platform): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  const startedAt = startTimeOf(pid, platform)
  return startedAt === null ? null : { pid, startedAt, bootId: bootId(platform) }
}

let self: ProcessIdentity | undefined

/** This process. */
export function currentProcess(platform: NodeJS.Platform = process.platform): ProcessIdentity {
  // Where the system will not tell (a locked-down PowerShell), our own clock is unique enough: nobody will confirm it,
  // so after our death it reads as dead.
  self ??= identify(process.pid, platform) ?? {
    pid: process.pid,
    startedAt: `unknown-${Math.round(performance.timeOrigin)}`,
    bootId: bootId(platform),
  }
  return self
}

/** Whether exactly that process still runs: same pid, same start, same boot. */
export function isAlive(identity: ProcessIdentity, platform: NodeJS.Platform = process.platform): boolean {
  if (self !== undefined && identity.pid === self.pid && identity.startedAt === self.startedAt) return true
  if (!pidExists(identity.pid) || identity.bootId !== bootId(platform)) return false
  return startTimeOf(identity.pid, platform) === identity.startedAt
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startTimeOf(pid: number, platform: NodeJS.Platform): string | null {
  switch (platform) {
    case 'darwin': {
      // The time is printed in local time and language: fixed here, so that a summer-time change is not a new process.
      const answer = parsePs(ask('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { LC_ALL: 'C', TZ: 'UTC' }))
      return answer === null || answer.state.startsWith('Z') ? null : answer.startedAt
    }
    case 'win32':
      return parseFileTime(
        ask('powershell.exe', [
          '-NoProfile',
          '-NonInteractive',
          '-Command',
          `(Get-Process -Id ${pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()`,
        ]),
      )
    default: {
      const stat = parseLinuxStat(read(`/proc/${pid}/stat`))
      return stat === null || /[ZXx]/.test(stat.state) ? null : stat.startTicks
    }
  }
}

const bootIds = new Map<NodeJS.Platform, string>()

function bootId(platform: NodeJS.Platform): string {
  let id = bootIds.get(platform)
  if (id === undefined) {
    id = readBootId(platform)
    bootIds.set(platform, id)
  }
  return id
}

function readBootId(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return ask('sysctl', ['-n', 'kern.bootsessionuuid']).trim() || 'darwin'
    case 'win32':
      // A start time of Windows is absolute, to 100 ns, so it already tells one boot from another.
      return 'win32'
    default:
      // Pids count per namespace: a container sharing the library must not mistake its processes for the host's.
      return `${read('/proc/sys/kernel/random/boot_id').trim()} ${readLink('/proc/self/ns/pid')}`.trim()
  }
}

function ask(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
      windowsHide: true,
    })
  } catch {
    return ''
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
