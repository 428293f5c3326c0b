// Builds what `npm start` opens, where it is older than what it is made from.
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

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
  if (!isStale(checkout, built, desktop ? programSources : pageSources)) return
  say(desktop ? 'Building the application …' : 'Building the interface …')
  const { createBuilder } = await import('vite')
  const builder = await createBuilder({ configFile: path.join(checkout, 'vite.config.ts'), logLevel: 'error' })
  const { client } = builder.environments
  if (desktop) await builder.buildApp()
  else if (client !== undefined) await builder.build(client)
}
