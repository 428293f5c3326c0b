import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadBuild, downloadFile } from '../../tools/provision/download.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'clutchcut-provision-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Answers every address with these bytes, as a server that was reached over https. */
const serving =
  (body: Uint8Array<ArrayBuffer>, given: { status?: number; url?: string; length?: number } = {}): typeof fetch =>
  async (input) => {
    const headers = { 'content-length': String(given.length ?? body.byteLength) }
    const response = new Response(body, { status: given.status ?? 200, headers })
    Object.defineProperty(response, 'url', { value: given.url ?? (input as string) })
    return response
  }

/** A build as providers pack it: a folder with `bin/`. */
function archive(names: string[]): Uint8Array<ArrayBuffer> {
  const bin = path.join(folder, 'pack', 'ffmpeg-build', 'bin')
  mkdirSync(bin, { recursive: true })
  for (const name of names) writeFileSync(path.join(bin, name), `#!/bin/sh\necho ${name}\n`)
  const file = path.join(folder, 'build.tar')
  execFileSync('tar', ['-cf', file, '-C', path.join(folder, 'pack'), 'ffmpeg-build'])
  return new Uint8Array(readFileSync(file))
}

const url = 'https://example.org/build.tar'

describe('downloading one file', () => {
  const bytes = new TextEncoder().encode('hello')
  const target = () => path.join(folder, 'file')

  it('measures what came', async () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await downloadFile(url, target(), 100, serving(bytes))).toEqual({ sha256, bytes: 5 })
  })

  it.each([
    ['plain http', 'http://example.org/x', serving(bytes), /not https/],
    ['a redirect to plain http', url, serving(bytes, { url: 'http://example.org/x' }), /not https/],
    ['an error page', url, serving(bytes, { status: 404 }), /answered 404/],
    ['an announced length beyond the limit', url, serving(bytes, { length: 101 }), /more than the 100/],
    ['more bytes than announced and allowed', url, serving(new Uint8Array(200), { length: 50 }), /longer than the 100/],
    ['a cut answer', url, serving(bytes, { length: 9 }), /ended after 5 of 9/],
  ])('refuses %s', async (_what, address, fetcher, why) => {
    await expect(downloadFile(address, target(), 100, fetcher)).rejects.toThrow(why)
  })
})

describe('downloading a build', () => {
  const options = (fetcher: typeof fetch, said: string[] = []) => ({
    cacheFolder: path.join(folder, 'cache', 'ffmpeg'),
    maxBytes: 1e6,
    platform: 'linux' as const,
    say: (line: string) => {
      said.push(line)
    },
    fetcher,
  })

  it('leaves both programs and where they came from', async () => {
    const said: string[] = []
    const given = options(serving(archive(['ffmpeg', 'ffprobe', 'ffplay'])), said)
    await downloadBuild({ provider: 'p', archives: [{ url, sha256: null }] }, given)
    expect(readdirSync(given.cacheFolder).toSorted()).toEqual(['ffmpeg', 'ffprobe', 'source.json'])
    if (process.platform !== 'win32') {
      expect(statSync(path.join(given.cacheFolder, 'ffprobe')).mode & 0o111).not.toBe(0)
    }
    expect(said.join()).toContain('No checksum is recorded')
    expect(readdirSync(path.dirname(given.cacheFolder))).toEqual(['ffmpeg'])
  })

  it('leaves nothing behind when the checksum is wrong or a program is missing', async () => {
    const whole = options(serving(archive(['ffmpeg', 'ffprobe'])))
    const wrong = { provider: 'p', archives: [{ url, sha256: '0'.repeat(64) }] }
    await expect(downloadBuild(wrong, whole)).rejects.toThrow(/thrown away/)
    rmSync(path.join(folder, 'pack'), { recursive: true })
    const lone = options(serving(archive(['ffmpeg'])))
    await expect(downloadBuild({ provider: 'p', archives: [{ url, sha256: null }] }, lone)).rejects.toThrow(
      /no ffprobe/,
    )
    expect(existsSync(whole.cacheFolder)).toBe(false)
    expect(readdirSync(path.dirname(whole.cacheFolder))).toEqual([])
  })
})
