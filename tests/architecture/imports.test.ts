import { globSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { violationsOf } from './import-rules.ts'
import { importsOf } from './read-imports.ts'

const checkout = path.resolve(import.meta.dirname, '..', '..')
const files = globSync('{src-*,native}/**/*.{ts,tsx,mts,mjs,js}', { cwd: checkout }).map((file) =>
  file.replaceAll(path.sep, '/'),
)

describe('the import arrows', () => {
  it('hold in every source file', () => {
    expect(files.length).toBeGreaterThan(30)
    const violations = files.flatMap((file) => violationsOf(file, importsOf(path.join(checkout, file))))
    expect(violations.map(({ file, line, why }) => `${file}:${line} ${why}`)).toEqual([])
  })
})

/** Each rule, broken on purpose: the file, what it imports, and what the rule says (null: it is allowed). */
const cases: [file: string, specifier: string, why: RegExp | null][] = [
  ['src-shared/contract/a.ts', './b.ts', null],
  ['src-shared/contract/a.ts', 'zod', null],
  ['src-shared/contract/a.ts', '../domain/b.ts', /contract may not import domain/],
  ['src-shared/contract/a.ts', 'node:fs', /outside Node/],
  ['src-shared/contract/a.ts', 'execa', /may not import execa/],
  ['src-shared/contract/a.ts', 'zodiac', /may not import zodiac/],
  ['src-shared/domain/a.ts', '../contract/b.ts', null],
  ['src-shared/domain/a.ts', '../../src-main/jobs/deps.ts', /domain may not import jobs/],
  ['src-shared/domain/a.ts', 'node:path', /outside Node/],
  ['src-main/stages/select/a.ts', './peaks.ts', null],
  ['src-main/stages/select/a.ts', '../score/b.ts', /sibling score/],
  ['src-main/stages/select/a.ts', '../../adapters/ffmpeg/b.ts', /stages may not import adapters/],
  ['src-main/stages/select/a.ts', '../../jobs/deps.ts', /stages may not import jobs/],
  ['src-main/jobs/a.ts', '../stages/select/b.ts', null],
  ['src-main/jobs/a.ts', '../adapters/library/b.ts', /jobs may not import adapters/],
  ['src-main/jobs/a.ts', '../adapters/processes/b.ts', /jobs may not import processes/],
  ['src-main/api/a.ts', '../jobs/b.ts', /api may not import jobs/],
  ['src-main/api/a.ts', '../adapters/library/b.ts', /api may not import adapters/],
  ['src-main/adapters/ffmpeg/a.ts', '../library/b.ts', /sibling library/],
  ['src-main/adapters/ffmpeg/a.ts', '../processes/b.ts', null],
  ['src-main/adapters/markers/a.ts', '../text-files/b.ts', null],
  ['src-main/adapters/text-files/a.ts', '../markers/b.ts', /text-files may not import adapters/],
  ['src-main/adapters/processes/a.ts', '../ffmpeg/b.ts', /processes may not import adapters/],
  ['src-main/adapters/ffmpeg/a.ts', '../../../native/find-ffmpeg.mjs', null],
  ['src-main/adapters/library/a.ts', '../../jobs/deps.ts', /adapters may not import jobs/],
  ['src-main/adapters/library/a.ts', '../../stages/select/b.ts', /adapters may not import stages/],
  ['src-main/adapters/library/a.ts', '../../cli/b.ts', /adapters may not import roots/],
  ['src-main/cli.ts', './adapters/library/a.ts', null],
  ['src-main/cli/process.ts', '../jobs/a.ts', null],
  ['src-main/cli/process.ts', '../../tests/helpers/a.ts', /no part of the product/],
  ['src-main/cli/process.ts', '../../tools/demo.ts', /no part of the product/],
  ['src-main/cli/process.ts', 'electron', /electron is imported only/],
  ['src-main/desktop.ts', 'electron', /electron is imported only/],
  ['src-main/shell/tray.ts', 'electron', null],
  ['src-main/shell/tray.ts', '../engine.ts', /shell may not import roots/],
  ['src-main/headless/serve.ts', '../adapters/library/a.ts', /headless may not import adapters/],
  ['src-main/headless/serve.ts', '../../src-shared/contract/a.ts', null],
  ['src-renderer/main.tsx', '../src-main/cli.ts', /renderer may not import roots/],
  ['src-renderer/main.tsx', '../src-shared/domain/time.ts', null],
  ['src-renderer/main.tsx', 'node:fs', /outside Node/],
  ['src-renderer/main.tsx', 'electron', /electron is imported only/],
  ['src-preload/index.ts', 'electron', null],
  ['src-preload/index.ts', '../src-main/engine.ts', /preload may not import roots/],
  ['src-cloud/main.ts', '../src-main/engine.ts', /cloud may not import roots/],
  ['src-cloud/main.ts', '../src-shared/contract/a.ts', null],
  ['src-main/stages/score/a.ts', 'onnxruntime-node', /imported only from/],
  ['src-main/adapters/onnx/a.ts', 'onnxruntime-node', null],
  ['src-main/jobs/a.ts', 'better-sqlite3', /imported only from/],
  ['src-main/jobs/a.ts', 'drizzle-orm/better-sqlite3', /imported only from/],
  ['src-main/engine.ts', '../package.json', null],
  ['native/a.mjs', 'node:fs', null],
  ['native/a.mjs', 'execa', /native may not import execa/],
  ['src-unheard-of/a.ts', './b.ts', /lies in no zone/],
]

describe('the rules can fail', () => {
  it.each(cases)('%s importing %s', (file, specifier, why) => {
    const [first, ...rest] = violationsOf(file, [{ specifier, line: 1 }])
    expect(rest).toEqual([])
    if (why === null) expect(first).toBeUndefined()
    else expect(first?.why).toMatch(why)
  })

  it('sees every way to import', () => {
    const source = [
      "import a from 'one'",
      "import type { B } from 'two'",
      "export * from 'three'",
      "export type { C } from 'four'",
      "const d = await import('five')",
      'const e = await import(`six`)',
      'const f = await import(a)',
      'const g = await import(`${a}.ts`)',
    ].join('\n')
    expect(importsOf('x.ts', source).map(({ specifier, line }) => [line, specifier])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
      [4, 'four'],
      [5, 'five'],
      [6, 'six'],
      [7, null],
      [8, null],
    ])
    expect(violationsOf('src-main/cli.ts', [{ specifier: null, line: 1 }])[0]?.why).toMatch(/computes/)
  })
})
