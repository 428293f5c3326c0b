import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readJobLog } from '../../../../../src-main/adapters/logging/read-job-log.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-job-log')
let n = 0
function logs(files: Record<string, object[]>): string {
  n += 1
  const folder = join(root, String(n))
  mkdirSync(folder)
  for (const [name, lines] of Object.entries(files)) {
    writeFileSync(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
  return folder
}
const line = (job: number, msg: string, rest: object = {}) => ({
  level: 30,
  time: 1_700_000_000_000,
  pid: 7,
  job,
  msg,
  ...rest,
})
const texts = async (folder: string, job: number, most = 100): Promise<string[]> =>
  (await readJobLog(folder, job, most)).map(({ text }) => text)

it('gives a job’s lines of several files in their order, and no other’s', async () => {
  const folder = logs({
    'clutchcut-2026-11-21.log': [line(4, 'first'), line(44, 'other')],
    'clutchcut-2026-11-22.log': [line(4, 'second', { stage: 'probe' })],
    'clutchcut-2026-11-22-001.log': [line(4, 'third'), { level: 30, msg: 'says "job":4 in its text', text: '"job":4' }],
    'something-else.log': [line(4, 'not ours')],
  })
  expect(await texts(folder, 4)).toEqual(['first', 'second {"stage":"probe"}', 'third'])
  expect(await texts(folder, 4, 2)).toEqual(['second {"stage":"probe"}', 'third'])
  expect(await readJobLog(folder, 44, 5)).toEqual([{ at: '2023-11-14T22:13:20.000Z', level: 'info', text: 'other' }])
})

it('leaves out folders, secrets, and what is no line', async () => {
  const folder = logs({
    'clutchcut-2026-11-22.log': [line(4, 'read', { path: '/home/anna/v/match.mkv', token: 'abcdefgh' })],
  })
  const [text] = await texts(folder, 4)
  expect(text).toContain('match.mkv')
  expect(text).not.toMatch(/anna|abcdefgh/)
  writeFileSync(join(folder, 'clutchcut-2026-11-23.log'), '{"job":4,"msg":"torn')
  expect(await texts(folder, 4)).toHaveLength(1)
  expect(await readJobLog(join(root, 'none'), 4, 5)).toEqual([])
})

it('keeps a line short', async () => {
  const folder = logs({ 'clutchcut-2026-11-22.log': [line(4, 'x'.repeat(5000))] })
  expect((await texts(folder, 4))[0]).toHaveLength(600)
})
