import { execFile } from 'node:child_process'
import { open, readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Surroundings } from './surroundings.ts'

const execute = promisify(execFile)
const registryLimitMs = 5_000
const mostText = 1_000_000
const mostEntries = 5_000
const endings = new Set(['.mp4', '.mkv', '.mov', '.flv', '.ts', '.m4v', '.avi', '.webm', '.mpd'])

/** This machine. */
export function thisMachine(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): Surroundings {
  return {
    platform,
    env,
    home,
    registry: (key, value) => (platform === 'win32' ? readRegistry(key, value) : Promise.resolve(null)),
    async folders(path) {
      const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    },
    text: readText,
  }
}

async function readRegistry(key: string, value: string): Promise<string | null> {
  const options = { timeout: registryLimitMs, windowsHide: true }
  const answer = await execute('reg.exe', ['query', key, '/v', value], options).catch(() => null)
  return answer === null ? null : registryValue(answer.stdout, value)
}

/** `    DefaultPathW    REG_BINARY    430…`, as `reg query` prints a value. */
export function registryValue(output: string, value: string): string | null {
  for (const line of output.split(/\r?\n/)) {
    const found = /^\s+(.+?)\s{2,}REG_\w+\s{2,}(.*)$/.exec(line)
    if (found?.[1] === value) return found[2]?.trim() || null
  }
  return null
}

async function readText(path: string): Promise<string | null> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return null
  try {
    const { size } = await file.stat()
    return size > mostText ? null : await file.readFile('utf8')
  } catch {
    return null
  } finally {
    await file.close()
  }
}

/** The video files of a folder and of those right below it (recorders make one a game). Null where there is no such folder. */
export async function countRecordings(folder: string): Promise<{ recordings: number; newestAt: string | null } | null> {
  const top = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (top === null) return null
  let left = mostEntries
  const files: string[] = []
  const take = (inside: string, names: readonly string[]): void => {
    for (const name of names.slice(0, left))
      if (endings.has(extname(name).toLowerCase())) files.push(join(inside, name))
    left = Math.max(0, left - names.length)
  }
  const namesOf = (entries: typeof top): string[] => entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  take(folder, namesOf(top))
  for (const { name } of top.filter((entry) => entry.isDirectory())) {
    if (left === 0) break
    const inside = join(folder, name)
    take(inside, namesOf(await readdir(inside, { withFileTypes: true }).catch(() => [])))
  }
  let newest = Number.NEGATIVE_INFINITY
  for (const file of files) newest = Math.max(newest, (await stat(file).catch(() => null))?.mtimeMs ?? newest)
  return { recordings: files.length, newestAt: Number.isFinite(newest) ? new Date(newest).toISOString() : null }
}
