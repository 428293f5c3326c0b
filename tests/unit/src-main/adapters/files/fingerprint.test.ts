import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { fingerprint, statRecording } from '../../../../../src-main/adapters/files/fingerprint.ts'
import { fingerprintWindows, windowBytes } from '../../../../../src-shared/domain/identity.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

vi.mock('node:fs/promises', async (original) => ({ ...(await original<typeof fs>()) }))

const folder = tempFolder('clutchcut-fingerprint')
const file = (name: string, content: Buffer | string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const size = 17 * windowBytes
const big = Buffer.alloc(size)
for (let i = 0; i < size; i += 4) big.writeUInt32LE((i * 2654435761) >>> 0, i)

/** The definition in other words. */
function expected(bytes: Buffer): string {
  const header = Buffer.alloc(8)
  header.writeBigUInt64BE(BigInt(bytes.length))
  const parts = fingerprintWindows(bytes.length).map(({ start, end }) => bytes.subarray(start, end))
  return createHash('sha256')
    .update(Buffer.concat([header, ...parts]))
    .digest('hex')
}

test('is SHA-256 over the size and the windows', async () => {
  const path = file('big.mkv', big)
  const { size: length, mtimeMs } = statSync(path)
  expect(await fingerprint(path)).toEqual({ fingerprint: expected(big), path, size: length, mtimeMs })
  const small = file('small.mkv', 'hello')
  expect((await fingerprint(small)).fingerprint).toBe(expected(Buffer.from('hello')))
  expect((await fingerprint(small)).fingerprint).toBe(
    createHash('sha256').update('\0\0\0\0\0\0\0\x05hello', 'latin1').digest('hex'),
  )
})

test('is the same wherever the file lies, and another for another byte or length', async () => {
  const { fingerprint: first } = await fingerprint(file('a.mkv', big))
  expect((await fingerprint(file('b.mp4', big))).fingerprint).toBe(first)
  for (const at of [0, windowBytes - 1, size - 1]) {
    const other = Buffer.from(big)
    other[at]! ^= 1
    expect((await fingerprint(file('c.mkv', other))).fingerprint).not.toBe(first)
  }
  expect((await fingerprint(file('d.mkv', Buffer.concat([big, Buffer.alloc(1)])))).fingerprint).not.toBe(first)
})

test('leaves the file as it is', async () => {
  const path = file('same.mkv', big)
  utimesSync(path, 1000, 2000)
  await fingerprint(path)
  expect(statSync(path).mtimeMs).toBe(2_000_000)
  expect(readFileSync(path).equals(big)).toBe(true)
})

test('a DASH recording is its files one after another, in the order of their names', async () => {
  const dash = join(folder, 'dash')
  mkdirSync(dash)
  const parts: Record<string, Buffer> = {
    'session.mpd': Buffer.from('<MPD/>'),
    'chunk-stream0-00002.m4s': big.subarray(9 * windowBytes),
    'chunk-stream0-00001.m4s': big.subarray(0, 9 * windowBytes),
    'init-stream0.m4s': Buffer.from('init'),
  }
  for (const [name, bytes] of Object.entries(parts)) writeFileSync(join(dash, name), bytes)
  writeFileSync(join(dash, 'thumbnail.jpg'), 'not part of it')
  const whole = Buffer.concat(
    Object.keys(parts)
      .toSorted()
      .map((name) => parts[name]!),
  )
  const segments = Object.keys(parts)
    .filter((name) => name !== 'session.mpd')
    .toReversed()
    .map((name) => join(dash, name))
  const found = await fingerprint(join(dash, 'session.mpd'), { segments })
  expect(found.fingerprint).toBe(expected(whole))
  expect(found.size).toBe(whole.length)
  const stat = await statRecording(join(dash, 'session.mpd'), { segments })
  expect(stat).toEqual({ size: found.size, mtimeMs: found.mtimeMs })
})

test.each([
  ['input/not-found', () => join(folder, 'absent.mkv')],
  ['input/not-found', () => join(file('plain', 'x'), 'below.mkv')],
  ['input/not-a-file', () => folder],
])('%s', async (code, path) => {
  await expect(fingerprint(path())).rejects.toMatchObject({ code })
})

test.skipIf(process.platform === 'win32')('a pipe is refused, not waited for', async () => {
  const pipe = join(folder, 'pipe.mkv')
  execFileSync('mkfifo', [pipe])
  await expect(fingerprint(pipe)).rejects.toMatchObject({ code: 'input/not-a-file' })
})

test.skipIf(process.platform === 'win32')('a link is the file that it points to', async () => {
  const path = file('target.mkv', 'hello')
  symlinkSync(path, join(folder, 'link.mkv'))
  expect((await fingerprint(join(folder, 'link.mkv'))).fingerprint).toBe(expected(Buffer.from('hello')))
})

/** Lets something happen to the file after its first piece was read. */
function afterFirstRead(happen: () => void): void {
  const { open } = fs
  vi.spyOn(fs, 'open').mockImplementationOnce(async (...values) => {
    const handle = await open(...values)
    const read = handle.read.bind(handle)
    let first = true
    const reading = async (...args: Parameters<typeof read>) => {
      const result = await read(...args)
      if (first) happen()
      first = false
      return result
    }
    return Object.assign(handle, { read: reading })
  })
}

test.each([
  ['grows', (path: string) => appendFileSync(path, 'more')],
  ['is cut', (path: string) => truncateSync(path, 2 * windowBytes)],
  ['is written in place', (path: string) => utimesSync(path, 5000, 5000)],
])('a file that %s while it is read is input/changed', async (_, change) => {
  const path = file('changing.mkv', big)
  afterFirstRead(() => change(path))
  await expect(fingerprint(path)).rejects.toMatchObject({ code: 'input/changed' })
})

test('a file that vanishes while it is read is input/not-found', async () => {
  const path = file('vanishing.mkv', big)
  afterFirstRead(() => rmSync(path))
  await expect(fingerprint(path)).rejects.toMatchObject({ code: 'input/not-found' })
})

test('a disk that fails is input/not-readable', async () => {
  const path = file('failing.mkv', big)
  vi.spyOn(fs, 'open').mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'EACCES' }))
  await expect(fingerprint(path)).rejects.toMatchObject({ code: 'input/not-readable', data: { code: 'EACCES' } })
})

test('can be cancelled', async () => {
  const path = file('long.mkv', big)
  const controller = new AbortController()
  afterFirstRead(() => controller.abort())
  await expect(fingerprint(path, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
})
