import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { processDocumentSchema, type ProcessDocument } from '../../src-shared/contract/documents.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { partialFiles } from '../helpers/leftovers.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-two')
let source: string

beforeAll(async () => {
  source = await makeMedia(root, { seconds: 60, video: { gop: 60 }, container: 'mkv' }, 'source.mkv')
})

const documentOf = ({ code, stdout, stderr }: CliResult): ProcessDocument => {
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return processDocumentSchema.parse(JSON.parse(stdout))
}
/** How often each stage whose result is kept ran, over all processes. */
const runsOf = (documents: ProcessDocument[]): Record<string, number> => {
  const stages = documents.flatMap(({ recordings }) => recordings.flatMap(({ timing }) => Object.keys(timing.stages)))
  return Object.fromEntries(
    ['analyse', 'score', 'select'].map((name) => [name, stages.filter((one) => one === name).length]),
  )
}

it('asked for the same thing at once, two processes do it once', async () => {
  const [out, data] = [join(root, 'out'), join(root, 'data')]
  const args = ['process', source, '--out', out, '--top', '2', '--json', '--data-dir', data, '--device', 'cpu']
  const documents = (await Promise.all([runCli(args), runCli(args)])).map(documentOf)
  expect(runsOf(documents)).toEqual({ analyse: 1, score: 1, select: 1 })
  const clips = documents.map(({ recordings }) => recordings.flatMap((recording) => recording.clips))
  expect(clips[0]).toEqual(clips[1])
  expect(readdirSync(out).filter((name) => name.endsWith('.mp4'))).toHaveLength(clips[0]!.length)
  expect(partialFiles(out)).toEqual([])
  const library = openLibrary(data)
  try {
    expect(library.recordings.list({}).total).toBe(1)
    expect(library.renders.all()).toHaveLength(clips[0]!.length)
    expect(library.jobs.list({ states: ['queued', 'running', 'paused', 'failed'] })).toEqual([])
    expect(library.tempFiles.list()).toEqual([])
  } finally {
    library.close()
  }
})

it('asked for two things about one recording, they share what is common', async () => {
  const data = join(root, 'data-2')
  const outs = ['a', 'b'].map((name) => join(root, name))
  for (const out of outs) mkdirSync(out)
  const argsOf = (out: string): string[] => [
    'process',
    source,
    '--out',
    out,
    '--top',
    '2',
    '--json',
    '--data-dir',
    data,
    '--device',
    'cpu',
  ]
  const documents = (await Promise.all(outs.map((out) => runCli(argsOf(out))))).map(documentOf)
  expect(runsOf(documents)).toMatchObject({ analyse: 1, score: 1 })
  expect(readdirSync(outs[0]!)).toEqual(readdirSync(outs[1]!))
})
