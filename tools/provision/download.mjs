// Fetches the archives of a build, checks them and takes ffmpeg and ffprobe out of them.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { checksumVerdict, refusalOfUrl } from './plan.mjs'

const connectMs = 10_000
const stallMs = 30_000

/**
 * Streams `url` into `file`; throws when it is not https all the way, too large, too slow or cut short.
 * @param {string} url
 * @param {string} file
 * @param {number} maxBytes
 * @param {typeof fetch} [fetcher]
 * @returns {Promise<{ sha256: string, bytes: number }>}
 */
export async function downloadFile(url, file, maxBytes, fetcher = fetch) {
  const refused = refusalOfUrl(url)
  if (refused !== null) throw new Error(refused)
  const abort = new AbortController()
  let timer = setTimeout(() => abort.abort(new Error('no answer within 10 s')), connectMs)
  const output = await open(file, 'wx')
  try {
    const response = await fetcher(url, { signal: abort.signal, redirect: 'follow' })
    const redirected = response.url === '' ? null : refusalOfUrl(response.url)
    if (redirected !== null) throw new Error(redirected)
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`)
    const announced = Number(response.headers.get('content-length') ?? Number.NaN)
    if (announced > maxBytes) throw new Error(`it is ${announced} bytes long, more than the ${maxBytes} allowed`)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of response.body) {
      clearTimeout(timer)
      timer = setTimeout(() => abort.abort(new Error('nothing came for 30 s')), stallMs)
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw new Error(`it is longer than the ${maxBytes} bytes allowed`)
      hash.update(chunk)
      await output.write(chunk)
    }
    if (announced > bytes) throw new Error(`it ended after ${bytes} of ${announced} bytes`)
    return { sha256: hash.digest('hex'), bytes }
  } finally {
    clearTimeout(timer)
    await output.close()
  }
}

/**
 * `tar` is on Windows 10 and macOS too, where it also reads zip.
 * @param {string} archive
 * @param {string} folder
 * @returns {Promise<void>}
 */
function extract(archive, folder) {
  return new Promise((resolve, reject) => {
    const child = spawn('tar', ['-xf', archive, '-C', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    })
    let said = ''
    child.stderr.on('data', (text) => (said = `${said}${text}`.slice(-500)))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`tar could not unpack it: ${said.trim() || `exit code ${code}`}`)),
    )
  })
}

/**
 * The regular file of that name nearest to the top; links are not followed.
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<string | null>}
 */
export async function findProgram(folder, name) {
  const entries = await readdir(folder, { withFileTypes: true })
  const here = entries.find((entry) => entry.isFile() && entry.name === name)
  if (here !== undefined) return path.join(folder, here.name)
  for (const entry of entries) {
    if (!entry.isDirectory()) continue
    const below = await findProgram(path.join(folder, entry.name), name)
    if (below !== null) return below
  }
  return null
}

/**
 * Downloads a build into `cacheFolder` (ffmpeg, ffprobe, source.json), replacing what lay there only when all is well.
 * @param {import('./plan.mjs').Build} build
 * @param {{ cacheFolder: string, maxBytes: number, platform: NodeJS.Platform, say: (line: string) => void, fetcher?: typeof fetch }} options
 * @returns {Promise<void>}
 */
export async function downloadBuild(build, { cacheFolder, maxBytes, platform, say, fetcher = fetch }) {
  await mkdir(path.dirname(cacheFolder), { recursive: true })
  const work = await mkdtemp(`${cacheFolder}.partial-`)
  try {
    const unpacked = path.join(work, 'unpacked')
    const ready = path.join(work, 'ready')
    await mkdir(unpacked)
    await mkdir(ready)
    const came = []
    for (const [index, archive] of build.archives.entries()) {
      const file = path.join(work, `archive-${index}`)
      const { sha256, bytes } = await downloadFile(archive.url, file, maxBytes, fetcher)
      const verdict = checksumVerdict(archive, sha256)
      if (!verdict.ok) throw new Error(verdict.note)
      say(`  ${archive.url}: ${(bytes / 1e6).toFixed(0)} MB. ${verdict.note}`)
      await extract(file, unpacked)
      came.push({ url: archive.url, sha256 })
    }
    for (const name of platform === 'win32' ? ['ffmpeg.exe', 'ffprobe.exe'] : ['ffmpeg', 'ffprobe']) {
      const program = await findProgram(unpacked, name)
      if (program === null || !(await lstat(program)).isFile()) throw new Error(`it holds no ${name}`)
      await rename(program, path.join(ready, name))
      await chmod(path.join(ready, name), 0o755)
    }
    await writeFile(
      path.join(ready, 'source.json'),
      `${JSON.stringify({ provider: build.provider, archives: came }, null, 2)}\n`,
    )
    await rm(cacheFolder, { recursive: true, force: true })
    await rename(ready, cacheFolder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
