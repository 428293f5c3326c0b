import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseIni } from './parse-ini.ts'

/** The largest scene collections have a few hundred sources, a kilobyte or two each. */
const mostBytes = 16 * 1024 ** 2

/** What OBS remembers for all profiles; nothing where there is no OBS. */
export async function readSettings(configFolder: string): Promise<Map<string, string>> {
  // `user.ini` since OBS 31, `global.ini` before; the newer one wins.
  return new Map([
    ...parseIni((await textOf(join(configFolder, 'global.ini'))) ?? ''),
    ...parseIni((await textOf(join(configFolder, 'user.ini'))) ?? ''),
  ])
}

/** A name, not a path that leads elsewhere. */
export function isPlainName(name: string): boolean {
  return name !== '' && name !== '..' && basename(name) === name && !/[\\/\0]/.test(name)
}

/** null where there is none, or too much of it. */
export async function textOf(path: string): Promise<string | null> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return null
  try {
    const { size } = await handle.stat()
    if (size > mostBytes) return null
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size), position: 0 })
    return buffer.subarray(0, bytesRead).toString('utf8')
  } catch {
    return null
  } finally {
    await handle.close()
  }
}
