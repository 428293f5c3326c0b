import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createStillCache } from '../../../../../src-main/adapters/stills/still-cache.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-stills')
const fail = (error: unknown): never => {
  throw error
}
let folders = 0
const newFolder = (): string => path.join(root, String(folders++))
const still = (length: number, facts: unknown = {}) => ({ facts, bytes: new Uint8Array(length).fill(7) })
const sizeOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0)

describe('the cache of stills', () => {
  test('gives back what was put, with its facts; another process too', async () => {
    const folder = newFolder()
    const cache = createStillCache({ folder, maxBytes: 1e6, onProblem: fail })
    expect(await cache.get('a')).toBeNull()
    await cache.put('a', still(5, { times: [1, 2], text: 'ü' }))
    await cache.put('a', still(6, { times: [3] }))
    const other = createStillCache({ folder, maxBytes: 1e6, onProblem: fail })
    const found = (await other.get('a'))!
    expect(found.facts).toEqual({ times: [3] })
    expect([...found.bytes]).toEqual([7, 7, 7, 7, 7, 7])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('stays within its room; what was used last stays', async () => {
    const folder = newFolder()
    let now = 1_700_000_000_000
    const cache = createStillCache({ folder, maxBytes: 10_000, onProblem: fail, now: () => (now += 10_000) })
    for (let n = 0; n < 40; n++) {
      await cache.put(`still ${n}`, still(990))
      expect(await cache.get('still 0')).not.toBeNull()
      // A sixteenth of the room may be beyond it between two looks.
      expect(sizeOf(folder)).toBeLessThanOrEqual(10_000)
    }
    expect(await cache.get('still 39')).not.toBeNull()
    expect(await cache.get('still 20')).toBeNull()
    await cache.put('huge', still(20_000))
    expect(await cache.get('huge')).toBeNull()
  })

  test('a damaged file is none, and what a crash left is removed', async () => {
    const folder = newFolder()
    const cache = createStillCache({ folder, maxBytes: 1e6, onProblem: fail })
    await cache.put('a', still(100))
    const file = path.join(folder, readdirSync(folder)[0]!)
    const bytes = readFileSync(file)
    for (let at = 0; at < bytes.length; at += 5) {
      const damaged = Buffer.from(bytes)
      damaged[at]! ^= 4
      writeFileSync(file, damaged)
      expect(await cache.get('a')).toBeNull()
    }
    writeFileSync(file, bytes.subarray(0, 6))
    expect(await cache.get('a')).toBeNull()
    for (const [name, ageMs] of [
      ['.clutchcut-old.partial', 7_200_000],
      ['.clutchcut-new.partial', 0],
    ] as const) {
      const left = path.join(folder, name)
      writeFileSync(left, 'half')
      utimesSync(left, (Date.now() - ageMs) / 1000, (Date.now() - ageMs) / 1000)
    }
    await createStillCache({ folder, maxBytes: 1e6, onProblem: fail }).put('a', still(9))
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual(['.clutchcut-new.partial'])
    expect((await cache.get('a'))!.bytes.length).toBe(9)
  })

  test('a folder that cannot be written is a problem to tell of, not an error', async () => {
    const blocked = newFolder()
    writeFileSync(blocked, 'a file in its place')
    const problems: unknown[] = []
    const cache = createStillCache({ folder: blocked, maxBytes: 1e6, onProblem: (problem) => problems.push(problem) })
    await cache.put('a', still(9))
    expect(problems).toHaveLength(1)
    expect(await cache.get('a')).toBeNull()
  })

  test.skipIf(process.platform === 'win32')('only its owner may look in', async () => {
    const folder = newFolder()
    await createStillCache({ folder, maxBytes: 1e6, onProblem: fail }).put('a', still(9))
    expect(statSync(folder).mode & 0o077).toBe(0)
  })
})
