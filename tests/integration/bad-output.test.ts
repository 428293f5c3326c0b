import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { processDocumentSchema } from '../../src-shared/contract/documents.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { mountReadOnly, mountSmallDisk, whyNoMounts } from '../helpers/mounts.ts'
import { partialFiles } from '../helpers/leftovers.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-output')
const data = join(root, 'data')
const noMounts = whyNoMounts(root)
let source: string

const newFolder = (): string => mkdtempSync(join(root, 'case-'))
const process_ = (file: string, out: string, ...more: string[]): Promise<CliResult> =>
  runCli(['process', '--out', out, '--top', '1', '--json', '--data-dir', data, '--device', 'cpu', ...more, '--', file])
const documentOf = ({ stdout }: CliResult) => processDocumentSchema.parse(JSON.parse(stdout))
const sentence = /^[^\n]{10,400}[.!]$/

beforeAll(async () => {
  source = await makeMedia(root, { seconds: 30, video: { gop: 60 }, container: 'mkv' }, 'source.mkv')
})

async function expectFailure(out: string, code: string): Promise<void> {
  const before = statSync(source)
  const result = await process_(source, out)
  const { failures, recordings } = documentOf(result)
  expect(recordings).toEqual([])
  expect(failures).toMatchObject([{ path: source, code }])
  expect(failures[0]?.message).toMatch(sentence)
  expect(result.code).toBe(1)
  expect(statSync(source)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs })
}

describe('an output folder', () => {
  it('that is missing is made', async () => {
    const out = join(newFolder(), 'not', 'there yet')
    const result = await process_(source, out)
    expect(result.stderr).toBe('')
    expect(result.code).toBe(0)
    const [render] = documentOf(result).recordings[0]!.clips[0]!.renders
    expect(readdirSync(out).toSorted()).toHaveLength(2)
    expect(existsSync(render!.path)).toBe(true)
  })

  it('in whose place there is a file is refused, and the file left alone', async () => {
    const out = join(newFolder(), 'file')
    writeFileSync(out, 'mine')
    await expectFailure(out, 'output/not-writable')
    await expectFailure(join(out, 'below'), 'output/not-writable')
    expect(statSync(out).size).toBe(4)
  })

  it.skipIf(noMounts !== null)(
    `that is read-only is refused${noMounts === null ? '' : ` (SKIPPED: ${noMounts})`}`,
    async () => {
      const out = join(newFolder(), 'read-only')
      const unmount = mountReadOnly(out)
      try {
        await expectFailure(out, 'output/not-writable')
        await expectFailure(join(out, 'below'), 'output/not-writable')
        expect(readdirSync(out)).toEqual([])
      } finally {
        unmount()
      }
    },
  )

  it.skipIf(noMounts !== null)(
    `that is full is said so, and nothing stays in it${noMounts === null ? '' : ` (SKIPPED: ${noMounts})`}`,
    async () => {
      const out = join(newFolder(), 'full')
      const unmount = mountSmallDisk(out, '48k')
      try {
        await expectFailure(out, 'output/disk-full')
        expect(readdirSync(out)).toEqual([])
        // With room, the same command goes on where it failed.
        const again = await process_(source, newFolder())
        expect(again.code).toBe(0)
        expect(Object.keys(documentOf(again).recordings[0]!.timing.stages)).not.toContain('analyse')
      } finally {
        unmount()
      }
    },
  )
})

const longName = `${'é'.repeat(125)}x.mkv`
const names = [
  `it's "quoted" [*?]{n}$(x)\`.mkv`,
  'two\nlines 🎮🔥 .mkv',
  longName,
  '-rf --out %03d %s 100%.mkv',
  ' file:concat|a.mkv',
]

describe.skipIf(process.platform === 'win32')('a recording and a clip called', () => {
  it.each(names)('%j', async (name) => {
    expect(Buffer.byteLength(longName)).toBe(255)
    const folder = newFolder()
    const file = join(folder, name)
    copyFileSync(source, file)
    const before = statSync(file)
    const out = join(folder, `out ${name.slice(0, 20)}`)
    const result = await process_(file, out, '--name', '{recording} {n}')
    expect(result.stderr).toBe('')
    expect(result.code).toBe(0)
    const [render] = documentOf(result).recordings[0]!.clips[0]!.renders
    expect(existsSync(render!.path)).toBe(true)
    expect(basename(render!.path)).toMatch(/^[^-.\s][^<>:"/\\|?*\n]* 01\.mp4$|^é+\.mp4$/u)
    expect(readdirSync(out)).toHaveLength(2)
    expect(partialFiles(out)).toEqual([])
    expect(statSync(file)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs })
  })

  it('a relative path with a leading dash works from its folder', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'out'))
    copyFileSync(source, join(folder, '-i.mkv'))
    const args = [
      'process',
      '--out',
      'out',
      '--top',
      '1',
      '--json',
      '--data-dir',
      data,
      '--device',
      'cpu',
      '--',
      '-i.mkv',
    ]
    const result = await runCli(args, { cwd: folder })
    expect(result.code).toBe(0)
    expect(readdirSync(join(folder, 'out'))).toHaveLength(2)
  })
})
