import path from 'node:path'
import type { ImportOf } from './read-imports.ts'

/**
 * The arrows of docs/architecture.md, as data. A zone is a part of the tree; `may` lists the zones that it imports
 * besides itself. A zone with `siblings: 'apart'` is split by its first folder, and those never import each other.
 */
interface Zone {
  readonly name: string
  /** Matches a path from the checkout, with `/`. The first zone that matches owns the file. */
  readonly owns: RegExp
  readonly may: readonly string[]
  readonly siblings?: 'apart'
  /** Runs outside Node too: neither `node:` nor a package that is not in this list. */
  readonly onlyPackages?: readonly string[]
}

export const zones: readonly Zone[] = [
  {
    name: 'contract',
    owns: /^src-shared\/contract\//,
    may: [],
    onlyPackages: ['zod', '@orpc/contract', '@orpc/client'],
  },
  { name: 'domain', owns: /^src-shared\//, may: ['contract'], onlyPackages: ['zod'] },
  { name: 'preload', owns: /^src-preload\//, may: ['contract', 'domain'], onlyPackages: ['electron', '@orpc/client'] },
  { name: 'shell', owns: /^src-main\/shell\//, may: ['contract', 'domain'] },
  { name: 'headless', owns: /^src-main\/headless\//, may: ['contract', 'domain'] },
  { name: 'api', owns: /^src-main\/api\//, may: ['contract', 'domain'] },
  { name: 'stages', owns: /^src-main\/stages\//, may: ['contract', 'domain'], siblings: 'apart' },
  { name: 'jobs', owns: /^src-main\/jobs\//, may: ['contract', 'domain', 'stages'] },
  { name: 'processes', owns: /^src-main\/adapters\/processes\//, may: ['contract', 'domain'] },
  { name: 'text-files', owns: /^src-main\/adapters\/text-files\//, may: ['contract', 'domain'] },
  {
    name: 'adapters',
    owns: /^src-main\/adapters\//,
    may: ['contract', 'domain', 'native', 'processes', 'text-files'],
    siblings: 'apart',
  },
  {
    name: 'roots',
    owns: /^src-main\/(?:[^/]+\.ts$|cli\/|engine\/)/,
    may: ['contract', 'domain', 'native', 'api', 'stages', 'jobs', 'adapters', 'processes', 'shell', 'headless'],
  },
  { name: 'renderer', owns: /^src-renderer\//, may: ['contract', 'domain'] },
  { name: 'cloud', owns: /^src-cloud\//, may: ['contract', 'domain'] },
  { name: 'native', owns: /^native\//, may: [], onlyPackages: ['node:'] },
]

/** One door per outside thing: these packages are imported from one place only. */
const doors: readonly { readonly packages: RegExp; readonly from: RegExp }[] = [
  { packages: /^electron$/, from: /^src-(?:main\/shell|preload)\// },
  { packages: /^(?:better-sqlite3|drizzle-orm)(?:\/|$)/, from: /^src-main\/adapters\/library\// },
  { packages: /^onnxruntime-node$/, from: /^src-main\/adapters\/onnx\// },
  { packages: /^commander$/, from: /^src-main\/cli\// },
  { packages: /^pino/, from: /^src-main\/adapters\/logging\// },
]

/** What runs in a browser too. */
const withoutNode = /^src-(?:shared|renderer|preload)\//

export interface Violation {
  readonly file: string
  readonly line: number
  readonly why: string
}

const zoneOf = (file: string): Zone | undefined => zones.find((zone) => zone.owns.test(file))

/** `src-main/stages/select/peaks.ts` → `select`; a file directly in the zone's folder belongs to none. */
function siblingOf(zone: Zone, file: string): string | null {
  const below = file.replace(zone.owns, '')
  return below.includes('/') ? (below.split('/')[0] ?? null) : null
}

/** Why a file may not import what it does; empty when it may. `file` is relative to the checkout, with `/`. */
export function violationsOf(file: string, imports: readonly ImportOf[]): Violation[] {
  const zone = zoneOf(file)
  if (zone === undefined) return [{ file, line: 1, why: 'lies in no zone of tests/architecture/import-rules.ts' }]
  return imports.flatMap(({ specifier, line }) => {
    const why = specifier === null ? 'computes what it imports' : reasonAgainst(zone, file, specifier)
    return why === null ? [] : [{ file, line, why }]
  })
}

function reasonAgainst(zone: Zone, file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return reasonAgainstPackage(zone, file, specifier)
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
  const targetZone = zoneOf(target)
  if (targetZone === undefined) {
    // Data files (a manifest, a version) are not code.
    return target.endsWith('.json') ? null : `imports ${target}, which is no part of the product`
  }
  if (targetZone !== zone) {
    return zone.may.includes(targetZone.name) ? null : `${zone.name} may not import ${targetZone.name} (${target})`
  }
  if (zone.siblings !== 'apart') return null
  const [mine, theirs] = [siblingOf(zone, file), siblingOf(zone, target)]
  return theirs === null || mine === theirs ? null : `${zone.name}/${mine} may not import its sibling ${theirs}`
}

function reasonAgainstPackage(zone: Zone, file: string, specifier: string): string | null {
  if (withoutNode.test(file) && specifier.startsWith('node:')) return `runs outside Node too, so not ${specifier}`
  const allowed = zone.onlyPackages
  if (
    allowed !== undefined &&
    !allowed.some((name) => specifier === name || specifier.startsWith(packagePrefix(name)))
  ) {
    return `${zone.name} may not import ${specifier}`
  }
  const closed = doors.find((door) => door.packages.test(specifier) && !door.from.test(file))
  return closed === undefined ? null : `${specifier} is imported only from ${closed.from.source}`
}

const packagePrefix = (name: string): string => (name.endsWith(':') ? name : `${name}/`)
