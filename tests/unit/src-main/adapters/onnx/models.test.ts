import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findHighlightsModel, listModels, readModelManifest } from '../../../../../src-main/adapters/onnx/models.ts'

let program: string
let data: string

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clutchcut-models-'))
  ;[program, data] = [join(folder, 'models'), join(folder, 'data')]
  await mkdir(join(program, 'highlights'), { recursive: true })
})
afterEach(() => rm(join(program, '..'), { recursive: true, force: true }))

const voice = {
  id: 'voice',
  version: '1.2.3',
  purpose: 'finds speech',
  file: 'voice.onnx',
  size: 5,
  sha256: 'a'.repeat(64),
  licence: 'MIT',
  url: 'https://example.com/voice.onnx',
}
const writeManifest = (...models: unknown[]): Promise<void> =>
  writeFile(join(program, 'manifest.json'), JSON.stringify({ version: 1, models }))
const card = { id: 'highlights', version: '1.0.0', licence: 'MIT', size: 4, sha256: 'b'.repeat(64) }

test("the program's own manifest can be read", async () => {
  const own = fileURLToPath(new URL('../../../../../models', import.meta.url))
  expect((await readModelManifest(own)).version).toBe(1)
  expect((await listModels({ program: own, data }))[0]).toMatchObject({ id: 'signals', installed: true })
})

test('lists what is built in, bundled and fetched, and whether it is there', async () => {
  await writeManifest(voice)
  const before = await listModels({ program, data })
  expect(before.map((row) => [row.id, row.kind, row.installed])).toEqual([
    ['signals', 'built-in', true],
    ['highlights', 'bundled', false],
    ['voice', 'fetched', false],
  ])
  await mkdir(join(data, 'models', 'voice', '1.2.3'), { recursive: true })
  await writeFile(join(data, 'models', 'voice', '1.2.3', 'voice.onnx'), '12345')
  await writeFile(join(program, 'highlights', 'model.onnx'), '1234')
  await writeFile(join(program, 'highlights', 'model.json'), JSON.stringify(card))
  const after = await listModels({ program, data })
  expect(after.slice(1).map((row) => [row.installed, row.version, row.size, row.problem])).toEqual([
    [true, '1.0.0', 4, null],
    [true, '1.2.3', 5, null],
  ])
  expect(await findHighlightsModel(program)).toEqual({ ...card, path: join(program, 'highlights', 'model.onnx') })
})

test('says what is wrong with a file', async () => {
  await writeManifest(voice)
  await mkdir(join(data, 'models', 'voice', '1.2.3'), { recursive: true })
  await writeFile(join(data, 'models', 'voice', '1.2.3', 'voice.onnx'), '12')
  await writeFile(join(program, 'highlights', 'model.onnx'), '1234')
  const [, highlights, fetched] = await listModels({ program, data })
  expect(highlights!.installed).toBe(false)
  expect(highlights!.problem).toMatch(/does not describe a model/)
  expect(fetched).toMatchObject({ installed: false, problem: 'The file has 2 bytes, not 5.' })
  await expect(findHighlightsModel(program)).rejects.toMatchObject({ code: 'model/invalid' })
})

test.each([
  ['a file name that leads elsewhere', { ...voice, file: '../../voice.onnx' }],
  ['an address that is not https', { ...voice, url: 'http://example.com/voice.onnx' }],
  ['a short checksum', { ...voice, sha256: 'abc' }],
])('refuses a manifest with %s', async (_what, model) => {
  await writeManifest(model)
  await expect(readModelManifest(program)).rejects.toMatchObject({ code: 'model/invalid' })
})
