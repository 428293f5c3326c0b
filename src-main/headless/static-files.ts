import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'

export interface StaticFile {
  readonly path: string
  readonly size: number
  readonly type: string
  /** Its name holds a hash of its content. */
  readonly immutable: boolean
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** The built interface's file behind a URL path; null where there is none that may be served. */
export async function findStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const parts = partsOf(urlPath)
  if (parts === null) return null
  const file = path.join(folder, ...parts)
  const type = types[path.extname(file).toLowerCase()]
  if (type === undefined) return null
  try {
    // A link out of the folder is not part of the interface.
    const [root, real] = await Promise.all([realpath(folder), realpath(file)])
    const info = await stat(real)
    if (!real.startsWith(root + path.sep) || !info.isFile()) return null
    return { path: real, size: info.size, type, immutable: parts[0] === 'assets' }
  } catch {
    return null
  }
}

export function openStaticFile({ path: file }: StaticFile): NodeJS.ReadableStream {
  return createReadStream(file)
}

/** `/assets/a.js` → its parts; null for what could leave the folder on any system, and for hidden files. Pure. */
export function partsOf(urlPath: string): string[] | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  const parts = decoded.replace(/^\//, '').split('/')
  if (parts.length === 1 && parts[0] === '') return ['index.html']
  return parts.every((part) => /^[\w@~+-][\w@~+. -]*$/.test(part) && !part.includes('..')) ? parts : null
}
