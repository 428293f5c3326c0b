import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { editDocumentSchema, type EditDocument } from '../../src-shared/contract/edit-document.ts'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { ticksFromSeconds as s } from '../../src-shared/domain/time.ts'
import { fakeFingerprint } from '../helpers/fill-library.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const folder = join(tempFolder('clutchcut-edit'), 'library')
const fingerprint = fakeFingerprint('one')
let id: number

beforeAll(() => {
  const library = openLibrary(folder)
  library.recordings.save({ fingerprint, path: '/v/one.mkv', size: 10, mtimeMs: 1.25 }, 5000)
  library.recordings.setDuration(fingerprint, 60)
  const span = { start: s(10), end: s(30), peak: s(20) }
  const about = { score: 0.5, reasons: [], title: 'x', state: 'kept' as const, favourite: false, tags: [] }
  id = library.clips.add({ recording: fingerprint, ...span, ...about }, 1).id
  library.close()
})

const edit = (...args: string[]): Promise<CliResult> => runCli(['edit', ...args, '--data-dir', folder])
const document = async (...args: string[]): Promise<EditDocument> => {
  const { stdout, stderr, code } = await edit(...args, '--json')
  expect(code, stderr).toBe(0)
  return editDocumentSchema.parse(JSON.parse(stdout))
}

describe('clutchcut edit', () => {
  it('edits, tells, and takes back', async () => {
    expect((await document('trim', String(id), '12', '0:00:24.5')).parts).toEqual([
      { at: 0, start: 12, end: 24.5, speed: 1 },
    ])
    const slow = await document('speed', String(id), '0.5', '--from', '4', '--to', '6')
    expect(slow).toMatchObject({ revision: 2, duration: 14.5 })
    expect(slow.parts.map(({ at, speed }) => [at, speed])).toEqual([
      [0, 1],
      [4, 0.5],
      [8, 1],
    ])
    await document('text', String(id), 'gg', '--from', '13', '--to', '15', '--colour', '#FFD800')
    await document('zoom', String(id), '0:13=1', '14=2@0.1,0.4')
    await document('track', String(id), '2', '--gain', '-6')
    const all = await document('sound', String(id), '--fade-out', '0.5', '--no-duck')
    expect(all.texts).toMatchObject([{ start: 13, text: 'gg', colour: '#ffd800' }])
    // The view stays inside the frame.
    expect(all.zoom[1]).toEqual({ at: 14, scale: 2, x: 0.25, y: 0.4 })
    expect(all.sound).toMatchObject({
      tracks: [{ track: 1, gainDb: -6, muted: false }],
      ...{ fadeOut: 0.5, duckMusic: false },
    })

    const { stdout } = await edit('show', String(id))
    expect(stdout).toContain('plays 14.500 s')
    expect(stdout).toContain('Text 1, 0:13.000 to 0:15.000: "gg"')
    expect(await document('undo', String(id))).toMatchObject({ canUndo: true, canRedo: true, sound: { fadeOut: 0 } })
    expect(await document('redo', String(id))).toMatchObject({ canRedo: false, sound: { fadeOut: 0.5 } })
  }, 60_000)

  it('says what cannot be done, and does not do it', async () => {
    const before = await document('show', String(id))
    const refused = await Promise.all([
      edit('trim', String(id), '50', '61'),
      edit('speed', String(id), '9'),
      edit('redo', String(id)),
      edit('split', String(id), 'soon'),
    ])
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 2])
    expect(refused[0]?.stderr).toMatch(/inside its recording/)
    expect((await edit('show', '999')).code).toBe(1)
    expect(await document('show', String(id))).toEqual(before)
  }, 60_000)
})
