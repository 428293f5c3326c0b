import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { missingFromLock, type Lock } from './lock-complete.ts'

const checkout = path.resolve(import.meta.dirname, '..', '..')
const read = (file: string): string => readFileSync(path.join(checkout, file), 'utf8')

/** Empty outside a git checkout (a source archive): then there is nothing to check. */
function trackedFiles(): string[] {
  try {
    const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: checkout,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return list.split('\0').filter((file) => file !== '' && existsSync(path.join(checkout, file)))
  } catch {
    return []
  }
}

const tracked = trackedFiles()
const isText = (file: string): boolean => !/\.(?:mp4|mkv|onnx|db|png|ico|icns|ttf|woff2|bin)$/.test(file)

describe('the README', () => {
  it('opens with exactly the three commands', () => {
    const block = /```(?:sh|bash)\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? ''
    const commands = block.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim())
    expect(commands.filter((line) => line !== '')).toEqual([
      'npm ci && npm run demo',
      'npm ci && npm test',
      'npm ci && npm start',
    ])
  })
})

describe('the scripts', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

  it('have no pre and post: `ignore-scripts` would silently leave them out', () => {
    const names = Object.keys(scripts)
    expect(names.filter((name) => /^(?:pre|post)/.test(name))).toEqual([])
    expect(read('.npmrc')).toContain('ignore-scripts=true')
  })

  it('are the ones that CI calls', () => {
    for (const file of ['.ci/run', '.github/workflows/ci.yml']) {
      const called = [...read(file).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1] ?? '')
      expect(called.length).toBeGreaterThan(2)
      expect(called.filter((name) => scripts[name] === undefined)).toEqual([])
    }
  })
})

describe('the lockfile', () => {
  const lock = JSON.parse(read('package-lock.json')) as Lock

  it('holds all that its packages ask for, on every platform', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(50)
    expect(missingFromLock(lock)).toEqual([])
  })

  it('would be found incomplete', () => {
    const broken: Lock = {
      packages: {
        '': { dependencies: { a: '1' } },
        'node_modules/a': {
          optionalDependencies: { 'a-darwin': '1' },
          peerDependencies: { b: '1', c: '1' },
          peerDependenciesMeta: { c: { optional: true } },
        },
      },
    }
    expect(missingFromLock(broken)).toEqual(['node_modules/a: a-darwin', 'node_modules/a: b'])
    const nested: Lock = {
      packages: {
        '': { dependencies: { a: '1' } },
        'node_modules/a': { dependencies: { b: '1' } },
        'node_modules/a/node_modules/b': { dependencies: { a: '1' } },
      },
    }
    expect(missingFromLock(nested)).toEqual([])
  })
})

describe('the tracked files', () => {
  // Written in pieces, so that this file is not found by its own search.
  const unwanted: [what: string, pattern: RegExp][] = [
    ['a registry host', new RegExp(['registry', 'npmjs'].join('\\.'))],
    ['a package mirror', new RegExp(['deb', 'debian', 'org'].join('\\.'))],
    ['an absolute path of one machine', new RegExp(`(?<![\\w.~*-])/(?:${['work', 'farm'].join('|')})/`)],
    ['an admitted gap', new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`)],
    ['a test that is switched off', new RegExp(`\\b(?:it|test|describe)\\.(?:${['only', 'todo'].join('|')})\\b`)],
  ]

  it.each(unwanted)('hold no %s', (_what, pattern) => {
    const found = tracked.filter(isText).flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 100)}`] : [])),
    )
    expect(found).toEqual([])
  })

  it('are no larger than they must be', () => {
    /** What is needed whole, by file, and how many bytes it may have: the demo, and the one font that knows CJK. */
    const larger = new Map([
      ['resources/demo/openarena-match.mp4', 12_000_000],
      ['resources/fonts/ttf/DroidSansFallback_400Regular.ttf', 3_500_000],
    ])
    const bytes = (file: string) => readFileSync(path.join(checkout, file)).byteLength
    expect(tracked.filter((file) => bytes(file) > (larger.get(file) ?? 1_500_000))).toEqual([])
    expect([...larger.keys()].filter((file) => !tracked.includes(file))).toEqual([])
  })
})

describe('the documents', () => {
  const documents = tracked.filter((file) => file.endsWith('.md'))

  it('link to files that are there', () => {
    const broken = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) =>
        existsSync(path.resolve(checkout, path.dirname(file), decodeURIComponent(target)))
          ? []
          : [`${file} → ${target}`],
      ),
    )
    expect(broken).toEqual([])
  })

  it('list every decision in the index, numbered without a gap', () => {
    const records = readdirSync(path.join(checkout, 'docs/adr'))
      .filter((file) => /^\d{4}-.*\.md$/.test(file))
      .toSorted()
    expect(records.length).toBeGreaterThanOrEqual(4)
    expect(records.map((file) => Number(file.slice(0, 4)))).toEqual(records.map((_, index) => index + 1))
    const index = read('docs/adr/README.md')
    expect(records.filter((file) => !index.includes(`(${file})`))).toEqual([])
  })
})
