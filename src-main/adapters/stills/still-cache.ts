import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** Pictures that can be made again, with what is to be known of each (JSON). */
export interface StillCache {
  /** null when there is none, or it is damaged. What is read was used last. */
  get(key: string): Promise<Still | null>
  /** Keeps it, and removes what was not used for longest. A disk that is full or read-only is no error: `onProblem`. */
  put(key: string, still: Still): Promise<void>
}

export interface Still {
  readonly facts: unknown
  readonly bytes: Uint8Array
}

export interface StillCacheOptions {
  /** Belongs to the cache alone; made when it is needed. */
  readonly folder: string
  readonly maxBytes: number
  readonly onProblem: (error: unknown) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

const suffix = '.still'
const partial = '.partial'
/** A half-written file this old has nobody who writes it any more. */
const abandonedMs = 3_600_000
/** Looking at every file is due after so much of the room was written. */
const sweepShare = 1 / 16

/**
 * Files of a folder, replaced as a whole (a rename), so that any number of processes may use it at once. A file: CRC-32
 * of the rest (u32), length of the facts (u32), facts, bytes.
 */
export function createStillCache({ folder, maxBytes, onProblem, now = Date.now }: StillCacheOptions): StillCache {
  const pathOf = (key: string): string =>
    join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 40)}${suffix}`)
  let unswept = Number.POSITIVE_INFINITY

  async function sweep(): Promise<void> {
    const files: { path: string; size: number; usedAt: number }[] = []
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      // Another process may be quicker.
      const found = await stat(path).catch(() => null)
      if (found === null) continue
      if (name.endsWith(suffix)) files.push({ path, size: found.size, usedAt: found.mtimeMs })
      else if (name.endsWith(partial) && now() - found.mtimeMs > abandonedMs) await rm(path, { force: true })
    }
    let left = files.reduce((sum, { size }) => sum + size, 0)
    for (const { path, size } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      if (left <= maxBytes) break
      await rm(path, { force: true }).catch(onProblem)
      left -= size
    }
  }

  return {
    async get(key) {
      const path = pathOf(key)
      const file = await readFile(path).catch(() => null)
      const still = file === null ? null : unpack(file)
      if (still !== null) await utimes(path, now() / 1000, now() / 1000).catch(() => {})
      return still
    },

    async put(key, still) {
      const packed = pack(still)
      // One that fills the folder would only drive everything else out.
      if (packed.length > maxBytes) return
      const temp = join(folder, `.clutchcut-${randomBytes(6).toString('hex')}${partial}`)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(temp, packed, { flag: 'wx' })
        await utimes(temp, now() / 1000, now() / 1000)
        await rename(temp, pathOf(key))
        unswept += packed.length
        if (unswept < maxBytes * sweepShare) return
        unswept = 0
        await sweep()
      } catch (thrown) {
        await rm(temp, { force: true }).catch(() => {})
        onProblem(thrown)
      }
    },
  }
}

function pack({ facts, bytes }: Still): Buffer {
  const json = Buffer.from(JSON.stringify(facts))
  const head = Buffer.alloc(8)
  head.writeUInt32LE(json.length, 4)
  const packed = Buffer.concat([head, json, bytes])
  packed.writeUInt32LE(crc32(packed.subarray(4)), 0)
  return packed
}

function unpack(file: Buffer): Still | null {
  if (file.length < 8 || crc32(file.subarray(4)) !== file.readUInt32LE(0)) return null
  const length = file.readUInt32LE(4)
  try {
    return { facts: JSON.parse(file.toString('utf8', 8, 8 + length)), bytes: file.subarray(8 + length) }
  } catch {
    return null
  }
}
