// What a browser loads before the first page stands: index.html's scripts and styles, and the library's own.
import { readFileSync } from 'node:fs'
import path from 'node:path'

const renderer = path.join(import.meta.dirname, 'dist', 'renderer')
/** @type {Record<string, { file: string, imports?: string[], css?: string[] }>} */
const chunks = JSON.parse(readFileSync(path.join(renderer, '.vite', 'manifest.json'), 'utf8'))

/**
 * A chunk and everything that it needs at once.
 * @param {string} name
 * @param {Set<string>} [files]
 */
function filesOf(name, files = new Set()) {
  const chunk = chunks[name]
  if (chunk === undefined) throw new Error(`The build has no ${name}; was it renamed? .size-limit.mjs asks for it.`)
  if (files.has(chunk.file)) return files
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
  for (const each of chunk.imports ?? []) filesOf(each, files)
  return files
}

const first = filesOf('features/library/library-page.tsx', filesOf('index.html'))

export default [
  { name: 'first route', path: [...first].map((file) => path.join(renderer, file)), limit: '250 kB', gzip: true },
]
