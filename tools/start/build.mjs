// Builds what `npm start` opens, where it is older than what it is made from.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * The newest change below some places of a checkout, in milliseconds; folders count too, for what was removed.
 * @param {string} checkout
 * @param {readonly string[]} places
 * @returns {number}
 */
export function newestChange(checkout, places) {
  const visit = (/** @type {string} */ file) => {
    const info = statSync(file, { throwIfNoEntry: false })
    if (info === undefined) return 0
    /** @type {number} */
    let newest = info.mtimeMs
    if (info.isDirectory())
      for (const name of readdirSync(file)) newest = Math.max(newest, visit(path.join(file, name)))
    return newest
  }
  return Math.max(...places.map((place) => visit(path.join(checkout, place))))
}

/**
 * Whether something that was built is missing or older than its sources.
 * @param {string} checkout
 * @param {readonly string[]} built
 * @param {readonly string[]} sources
 * @returns {boolean}
 */
export function isStale(checkout, built, sources) {
  const times = built.map((file) => statSync(path.join(checkout, file), { throwIfNoEntry: false })?.mtimeMs ?? 0)
  return Math.min(...times) < newestChange(checkout, sources)
}

const page = 'dist/renderer/index.html'
const pageSources = ['src-renderer', 'src-shared', 'tools/build', 'vite.config.ts', 'package-lock.json']
const programSources = [...pageSources, 'src-main', 'src-preload', 'package.json']

/**
 * Builds the interface, and for the desktop the programs too, unless they are up to date.
 * @param {string} checkout
 * @param {'desktop' | 'browser'} kind
 * @param {(line: string) => void} say
 */
export async function buildWhenStale(checkout, kind, say) {
  const desktop = kind === 'desktop'
  const built = desktop ? [page, 'dist/desktop.mjs', 'dist/preload.cjs'] : [page]
  const sources = desktop ? programSources : pageSources
  if (!isStale(checkout, built, sources)) return
  const free = await takeTurn(path.join(checkout, '.cache', 'building'))
  try {
    // Whoever had the turn before may have built just that.
    if (isStale(checkout, built, sources)) await build(checkout, desktop, say)
  } finally {
    free()
  }
}

/**
 * @param {string} checkout
 * @param {boolean} desktop
 * @param {(line: string) => void} say
 */
async function build(checkout, desktop, say) {
  say(desktop ? 'Building the application …' : 'Building the interface …')
  const { createBuilder } = await import('vite')
  const builder = await createBuilder({ configFile: path.join(checkout, 'vite.config.ts'), logLevel: 'error' })
  const { client } = builder.environments
  if (desktop) await builder.buildApp()
  else if (client !== undefined) await builder.build(client)
}

/** Longer than any build takes: what is older was left behind. */
const turnMs = 120_000

/**
 * Two builds at once would empty each other's folder. Resolves when it is our turn, with what ends it. `file` holds
 * the number of the process whose turn it is.
 * @param {string} file
 * @returns {Promise<() => void>}
 */
export async function takeTurn(file) {
  mkdirSync(path.dirname(file), { recursive: true })
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (thrown) {
      if (/** @type {NodeJS.ErrnoException} */ (thrown).code !== 'EEXIST') throw thrown
    }
    if (isLeftBehind(file)) rmSync(file, { recursive: true, force: true })
    else await delay(200)
  }
}

/**
 * Whether whoever had the turn was ended in the middle of it, as by Ctrl-C.
 * @param {string} file
 */
function isLeftBehind(file) {
  const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (since === undefined) return false
  if (Date.now() - since > turnMs) return true
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // It is written right after the file is made.
    if (pid > 0) process.kill(pid, 0)
    return false
  } catch (thrown) {
    return /** @type {NodeJS.ErrnoException} */ (thrown).code === 'ESRCH'
  }
}
