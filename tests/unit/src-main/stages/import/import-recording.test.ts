import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importRecording, type ImportDeps } from '../../../../../src-main/stages/import/import-recording.ts'

const { signal } = new AbortController()
const fingerprint = 'cd'.repeat(32)
const depsOf = (change: Partial<ImportDeps> = {}): ImportDeps => ({
  check: async () => {},
  stat: async () => ({ size: 9, mtimeMs: 4 }),
  fingerprint: async () => fingerprint,
  ...change,
})

describe('importRecording', () => {
  it('makes a recording of a path, absolute', async () => {
    const recording = await importRecording(depsOf(), 'match.mkv', { signal })
    expect(recording).toEqual({ fingerprint, path: resolve('match.mkv'), size: 9, mtimeMs: 4 })
  })

  it('refuses before it reads', async () => {
    const check = async (): Promise<never> => Promise.reject(new Error('a playlist'))
    const read = async (): Promise<never> => Promise.reject(new Error('read'))
    await expect(importRecording(depsOf({ check, fingerprint: read }), 'x', { signal })).rejects.toThrow('a playlist')
  })

  it('notices a file that is still being written, and one that goes away', async () => {
    let size = 9
    const growing = depsOf({ stat: async () => ({ size: size++, mtimeMs: 4 }) })
    await expect(importRecording(growing, 'x', { signal })).rejects.toMatchObject({ code: 'input/changed' })
    let looks = 0
    const vanishing = depsOf({
      stat: async () => (looks++ === 0 ? { size: 9, mtimeMs: 4 } : Promise.reject(new Error('ENOENT'))),
    })
    await expect(importRecording(vanishing, 'x', { signal })).rejects.toMatchObject({ code: 'input/not-found' })
  })

  it('stops on a signal', async () => {
    await expect(importRecording(depsOf(), 'x', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
