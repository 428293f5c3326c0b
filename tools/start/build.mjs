// Builds what `npm start` opens, where it is older than what it is made from.
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import path from 'node:path'
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

/** Longer than any build takes: what is older was left behind by one that was killed. */
const turnMs = 120_000

/**
 * Two builds at once would empty each other's folder. Resolves when it is our turn, with what ends it.
 * @param {string} folder
 * @returns {Promise<() => void>}
 */
export async function takeTurn(folder) {
  mkdirSync(path.dirname(folder), { recursive: true })
  for (;;) {
    try {
      mkdirSync(folder)
      return () => rmdirSync(folder)
    } catch (thrown) {
      if (/** @type {NodeJS.ErrnoException} */ (thrown).code !== 'EEXIST') throw thrown
    }
    const since = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
    if (since !== undefined && Date.now() - since > turnMs) rmdirSync(folder)
    else await delay(200)
  }
}
