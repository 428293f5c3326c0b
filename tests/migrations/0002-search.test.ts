import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../src-main/adapters/library/connect.ts'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0002')

test('what an older library holds is found, and nothing else of it changes', () => {
  const library = openFromVersion(join(folder, 'a'), 1, populateVersion1)
  const find = (text: string) => library.search.find(text).map(({ recordingId, clipId }) => [recordingId, clipId])
  expect(find('ranked')).toEqual([[7, null]])
  expect(find('finals')).toEqual([[7, null]])
  expect(find('uberwatch')).toEqual([
    [7, null],
    [7, 3],
  ])
  expect(find('clutch')).toEqual([[7, 3]])
  expect(find('loud burst')).toEqual([[7, 3]])
  expect(find('funny')).toEqual([[7, 3]])
  expect(find('save')).toEqual([[7, null]])
  expect(find('試合')).toEqual([[8, null]])

  expect(library.clips.get(3)).toMatchObject({ title: 'The clutch', favourite: true, tags: ['funny'] })
  expect(library.clips.get(3)?.renders).toHaveLength(1)
  expect(library.recordings.get(7)).toMatchObject({ sessionId: 1, tags: ['finals'], clipCount: 1 })
  expect(library.settings.get().clipsPerHour).toBe(9)
  expect(library.jobs.heavySlotHolder()).toBe(6)
  expect(library.jobs.list().map(({ id, state }) => [id, state])).toEqual([
    [6, 'running'],
    [5, 'queued'],
  ])
  library.close()
})

test('a copy of the library as it was is made first', () => {
  const root = join(folder, 'b')
  openFromVersion(root, 1, populateVersion1).close()
  const backups = readdirSync(join(root, 'backups'))
  expect(backups).toHaveLength(1)
  const { raw } = connect(join(root, 'backups', backups[0]!), { readonly: true })
  expect(raw.pragma('user_version', { simple: true })).toBe(1)
  expect(raw.prepare('SELECT title FROM clips').pluck().all()).toEqual(['The clutch'])
  raw.close()
})

test('a new library needs no backup', () => {
  const root = join(folder, 'c')
  openFromVersion(root, 0, () => {}).close()
  expect(existsSync(join(root, 'library.db'))).toBe(true)
  expect(readdirSync(join(root, 'backups'))).toEqual([])
})
