import * as nodeFs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as files from '../../../../../src-main/adapters/files/publish-file.ts'
import { outputError } from '../../../../../src-main/adapters/files/output-error.ts'

let folder: string
let temp: string
let final: string
let slept: number[]
const sleep = async (ms: number): Promise<void> => void slept.push(ms)
const failing = (code: string): Error => Object.assign(new Error(code), { code })
/** `name` fails with `code` the first `times` times. */
const fsThatFails = (name: 'link' | 'rename' | 'unlink', code: string, times = Infinity): files.PublishFs => {
  let left = times
  const real = nodeFs[name] as (...paths: string[]) => Promise<void>
  return {
    ...nodeFs,
    [name]: async (...paths: string[]) => (left-- > 0 ? Promise.reject(failing(code)) : real(...paths)),
  }
}
const list = async (): Promise<string[]> => (await nodeFs.readdir(folder)).toSorted()

beforeEach(async () => {
  folder = await nodeFs.mkdtemp(join(tmpdir(), 'clutchcut-publish-'))
  temp = join(folder, 'temp')
  final = join(folder, 'final')
  slept = []
  await nodeFs.writeFile(temp, 'new')
})
afterEach(() => nodeFs.rm(folder, { recursive: true, force: true }))

describe('publishFile', () => {
  it.each(['linux', 'darwin', 'win32'] as const)(
    'gives the file its name and takes the old one away (%s)',
    async (platform) => {
      expect(await files.publishFile(temp, final, { platform })).toBe('published')
      expect(await list()).toEqual(['final'])
    },
  )

  it.each(['link', 'rename'] as const)('never replaces a file (by %s)', async (way) => {
    await nodeFs.writeFile(final, 'old')
    const fs = way === 'link' ? nodeFs : fsThatFails('link', 'ENOTSUP')
    expect(await files.publishFile(temp, final, { fs })).toBe('taken')
    expect(await nodeFs.readFile(final, 'utf8')).toBe('old')
    expect(await list()).toEqual(['final', 'temp'])
  })

  it.each(['EPERM', 'ENOTSUP', 'EISDIR', 'ENOSYS', 'UNKNOWN'])(
    'renames where there are no hard links (%s)',
    async (code) => {
      expect(await files.publishFile(temp, final, { fs: fsThatFails('link', code), platform: 'linux' })).toBe(
        'published',
      )
      expect(await list()).toEqual(['final'])
    },
  )

  it.each(['EPERM', 'EACCES', 'EBUSY'])('waits for who holds the file on Windows (%s), not for ever', async (code) => {
    const fs = fsThatFails('link', code, 3)
    expect(await files.publishFile(temp, final, { fs, platform: 'win32', sleep })).toBe('published')
    expect(slept).toHaveLength(3)
    slept = []
    const locked = { ...fsThatFails('link', code), rename: fsThatFails('rename', code).rename }
    await nodeFs.writeFile(temp, 'new')
    await nodeFs.rm(final)
    await expect(files.publishFile(temp, final, { fs: locked, platform: 'win32', sleep })).rejects.toMatchObject({
      code: 'output/not-writable',
    })
    expect(slept.length).toBeLessThan(20)
    expect(await list()).toEqual(['temp'])
  })

  it('does not wait elsewhere', async () => {
    const locked = { ...fsThatFails('link', 'EACCES'), rename: fsThatFails('rename', 'EACCES').rename }
    await expect(files.publishFile(temp, final, { fs: locked, platform: 'linux', sleep })).rejects.toMatchObject({
      code: 'output/not-writable',
    })
    expect(slept).toEqual([])
  })

  it('is published even where the temporary name will not go', async () => {
    const fs = fsThatFails('unlink', 'EBUSY')
    expect(await files.publishFile(temp, final, { fs, platform: 'win32', sleep })).toBe('published')
    expect(await list()).toEqual(['final', 'temp'])
  })
})

describe('removeFile', () => {
  it('tells a missing file from a missing folder', async () => {
    expect(await files.removeFile(temp)).toBe('removed')
    expect(await files.removeFile(temp)).toBe('missing')
    expect(await files.removeFile(join(folder, 'gone', 'temp'))).toBe('unreachable')
  })
})

describe('folders', () => {
  it('are made where they are missing', async () => {
    const deep = join(folder, 'a', 'b')
    await files.checkFolder(deep)
    expect(await list()).toEqual(['temp'])
    await files.prepareFolder(deep)
    await files.prepareFolder(deep)
    expect(await list()).toEqual(['a', 'temp'])
  })

  it('are refused where a file is in the way', async () => {
    for (const path of [temp, join(temp, 'below'), join(temp, 'far', 'below')]) {
      await expect(files.prepareFolder(path)).rejects.toMatchObject({ code: 'output/not-writable' })
      await expect(files.checkFolder(path)).rejects.toMatchObject({ code: 'output/not-writable' })
    }
  })
})

describe('outputError', () => {
  it.each([
    ['ENOSPC', 'output/disk-full'],
    ['EDQUOT', 'output/disk-full'],
    ['EROFS', 'output/not-writable'],
    ['EACCES', 'output/not-writable'],
    ['ENAMETOOLONG', 'output/not-writable'],
  ])('%s is %s', (system, code) => {
    expect(outputError('/x', failing(system))?.code).toBe(code)
  })

  it('leaves what it does not know', () => {
    expect(outputError('/x', failing('EWHAT'))).toBeNull()
    expect(outputError('/x', 'text')).toBeNull()
  })
})

describe('explainWriting', () => {
  it('says where the folder went away, and else what the system said', async () => {
    const why = new Error('no such file')
    await expect(files.explainWriting(join(folder, 'gone'))(why)).rejects.toMatchObject({
      code: 'output/not-writable',
      message: expect.stringContaining('the folder was removed, or its disk unplugged, meanwhile') as string,
    })
    await expect(files.explainWriting(folder)(why)).rejects.toBe(why)
    await expect(files.explainWriting(folder)(failing('ENOSPC'))).rejects.toMatchObject({ code: 'output/disk-full' })
    const cancelled = AbortSignal.abort(new Error('cancelled'))
    await expect(files.explainWriting(join(folder, 'gone'), cancelled)(why)).rejects.toThrow('cancelled')
  })
})
