import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { ClutchcutError } from '../../../../src-shared/contract/errors.ts'
import type { SourceSegment } from '../source-file.ts'

/** A whole day in two-second segments with an explicit timeline stays far below. */
const maxManifestBytes = 4 * 1024 * 1024
const maxFolderEntries = 500_000
const maxDepth = 4

/**
 * Checks a DASH manifest (Steam's `session.mpd`) as hostile input: every file that it may open must lie in its own
 * folder, symbolic links included. Returns those files.
 * @throws ClutchcutError `input/refused` when it points elsewhere, `input/not-media` when it is no manifest,
 *   `input/truncated` when none of its segments is there.
 */
export async function checkDashManifest(manifest: string, signal?: AbortSignal): Promise<SourceSegment[]> {
  const bytes = await readFile(manifest, signal === undefined ? {} : { signal })
  if (bytes.length > maxManifestBytes) throw refuse(manifest, 'it is absurdly long')
  const folder = path.dirname(manifest)
  // FFmpeg fills in $…$ templates over the whole path, so a folder of that form would be rewritten.
  if (folder.includes('$')) {
    throw new ClutchcutError(
      'input/unsupported',
      `The folder's name holds a $ sign, which DASH gives a meaning. Rename it: ${folder}`,
      {
        data: { path: manifest },
      },
    )
  }
  const references = readManifest(decode(bytes, manifest), manifest)
  const patterns = references.map(toPattern)
  const files = await listFolder(folder, patterns, manifest, signal)
  if (files.length === 0) {
    throw new ClutchcutError(
      'input/truncated',
      'The manifest is there but none of its segments. Copy the whole folder of the recording.',
      {
        data: { path: manifest },
      },
    )
  }
  return files
}

function decode(bytes: Uint8Array, manifest: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0')) throw new Error('NUL')
    return text
  } catch {
    // Another encoding could hide from us what FFmpeg's parser sees.
    throw refuse(manifest, 'it is not UTF-8 text')
  }
}

/**
 * The relative file templates (`chunk-stream$RepresentationID$-$Number%05d$.m4s`) that a manifest names, base folder
 * included. Pure. Stricter than the standard: what FFmpeg's own parser might read differently is refused.
 */
export function readManifest(text: string, manifest = 'manifest'): string[] {
  // Entities could hide a path, or grow without end.
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw refuse(manifest, 'it declares XML entities')
  const encoding = /^\uFEFF?\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']/i.exec(text)?.[1]
  if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding))
    throw refuse(manifest, `it is encoded as ${encoding}`)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    processEntities: false,
    parseAttributeValue: false,
    parseTagValue: false,
    removeNSPrefix: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
  })
  const root = parse(parser, text, manifest).find((node) => nameOf(node) === 'mpd')
  if (root === undefined) throw notManifest(manifest)
  if (attribute(root, 'type') === 'dynamic') {
    throw new ClutchcutError(
      'input/unsupported',
      'This recording is still running (a live manifest). Try again when it is finished.',
      {
        data: { path: manifest },
      },
    )
  }
  const references = new Set<string>()
  walk(root, '', manifest, references)
  if (references.size === 0) throw notManifest(manifest)
  return [...references]
}

function parse(parser: XMLParser, text: string, manifest: string): XmlNode[] {
  try {
    return parser.parse(text) as XmlNode[]
  } catch (error) {
    throw notManifest(manifest, error)
  }
}

type XmlNode = Record<string, unknown> & { ':@'?: Record<string, string> }

/** Attributes whose value is a URL, by lower-case name: of SegmentTemplate, SegmentURL, Initialization, and others. */
const urlAttributes = new Set(['media', 'initialization', 'index', 'sourceurl', 'bitstreamswitching'])

/** `base` is what the BaseURL elements so far add up to. */
function walk(node: XmlNode, base: string, manifest: string, references: Set<string>, representation = ''): void {
  const name = nameOf(node)
  const own = name === 'representation' ? (attribute(node, 'id') ?? '') : representation
  if (own !== '' && !/^[\w-][\w.-]*$/.test(own)) throw refuse(manifest, 'a representation has a strange id')
  for (const [key, value] of Object.entries(node[':@'] ?? {})) {
    const attributeName = key.toLowerCase()
    if (attributeName === 'href' || attributeName === 'actuate')
      throw refuse(manifest, 'it loads parts of itself from elsewhere (xlink)')
    if (!urlAttributes.has(attributeName) || /^(true|false)$/.test(value)) continue
    references.add(base + safeReference(value, manifest))
  }
  const children = childrenOf(node)
  const bases = children
    .filter((child) => nameOf(child) === 'baseurl')
    .map((child) => safeReference(textOf(child), manifest))
  if (bases.length > 1) throw refuse(manifest, 'it offers several base addresses')
  const inner = bases[0] === undefined ? base : joinBase(base, bases[0], own, references)
  for (const child of children) {
    const childName = nameOf(child)
    if (childName === 'baseurl') continue
    if (childName === 'location' || childName === 'patchlocation') throw refuse(manifest, 'it names another manifest')
    walk(child, inner, manifest, references, own)
  }
}

/** A BaseURL is either a folder for what follows or, in a representation, its one file. */
function joinBase(base: string, own: string, representation: string, references: Set<string>): string {
  if (own.endsWith('/')) return base + own
  if (representation !== '' && own !== '') references.add(base + own)
  return base
}

/**
 * One relative reference. A conservative alphabet: no scheme, no absolute path, no drive, no parent folder, no query,
 * and no entity or percent escape that somebody might decode.
 */
function safeReference(raw: string, manifest: string): string {
  const value = raw.trim().replace(/^(\.\/)+/, '')
  if (value.length > 1024 || !/^[\w.$ ()+=~@/%-]*$/.test(value))
    throw refuse(manifest, `it points to "${shorten(raw)}"`)
  // Two dots anywhere or a leading slash, also such as a template leaves behind when what it names is empty.
  if ([value, value.replace(/\$[^$]*\$/g, '')].some((text) => text.startsWith('/') || text.includes('..'))) {
    throw refuse(manifest, `it points out of its own folder: "${shorten(raw)}"`)
  }
  // A percent sign belongs to a number's width ($Number%05d$) and nothing else.
  if (value.replace(/\$(Number|Time|Bandwidth)%0\d{1,2}d\$/g, '').includes('%')) {
    throw refuse(manifest, `it points to "${shorten(raw)}"`)
  }
  return value
}

function toPattern(reference: string): RegExp {
  const source = reference
    .split(/(\$\w*(?:%0\d{1,2}d)?\$)/)
    .map((part) => {
      if (/^\$RepresentationID\$$/.test(part)) return '[\\w.-]+'
      if (/^\$(Number|Time|Bandwidth|SubNumber)/.test(part)) return '\\d+'
      return part === '$$' ? '\\$' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}$`)
}

async function listFolder(
  folder: string,
  patterns: readonly RegExp[],
  manifest: string,
  signal?: AbortSignal,
): Promise<SourceSegment[]> {
  const root = await realpath(folder)
  const found: SourceSegment[] = []
  let seen = 0
  const visit = async (relative: string, depth: number): Promise<void> => {
    for (const entry of await readdir(path.join(folder, relative), { withFileTypes: true })) {
      signal?.throwIfAborted()
      seen += 1
      if (seen > maxFolderEntries) throw refuse(manifest, 'its folder holds absurdly many files')
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`
      const absolute = path.join(folder, name)
      if (entry.isSymbolicLink()) {
        const target = await realpath(absolute).catch(() => null)
        if (target !== null && !isInside(root, target))
          throw refuse(manifest, `"${shorten(name)}" is a link out of its folder`)
      }
      if (entry.isDirectory()) {
        if (depth < maxDepth) await visit(name, depth + 1)
        continue
      }
      if (!patterns.some((pattern) => pattern.test(name))) continue
      const info = await stat(absolute).catch(() => null)
      if (info === null) continue
      if (!info.isFile()) throw refuse(manifest, `"${shorten(name)}" is not a plain file`)
      found.push({ path: absolute, size: info.size, mtimeMs: info.mtimeMs })
    }
  }
  await visit('', 0)
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function isInside(folder: string, target: string): boolean {
  const relative = path.relative(folder, target)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}

function nameOf(node: XmlNode): string {
  return (Object.keys(node).find((key) => key !== ':@') ?? '').toLowerCase()
}

function childrenOf(node: XmlNode): XmlNode[] {
  const key = Object.keys(node).find((name) => name !== ':@')
  const value = key === undefined ? undefined : node[key]
  return Array.isArray(value) ? (value as XmlNode[]).filter((child) => nameOf(child) !== '#text') : []
}

function textOf(node: XmlNode): string {
  const key = Object.keys(node).find((name) => name !== ':@')
  const value = key === undefined ? undefined : node[key]
  if (!Array.isArray(value)) return ''
  return (value as XmlNode[]).map((child) => (typeof child['#text'] === 'string' ? child['#text'] : '')).join('')
}

function attribute(node: XmlNode, name: string): string | undefined {
  return node[':@']?.[name]
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function refuse(manifest: string, why: string): ClutchcutError {
  return new ClutchcutError('input/refused', `The manifest ${path.basename(manifest)} was refused: ${why}.`, {
    data: { path: manifest, why },
  })
}

function notManifest(manifest: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError('input/not-media', `${path.basename(manifest)} is not a readable DASH manifest.`, {
    data: { path: manifest },
    ...(cause === undefined ? {} : { cause }),
  })
}
