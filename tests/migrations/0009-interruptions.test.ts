import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0009')

test('jobs of an older library were never interrupted; one whose process is gone now was', () => {
  const library = openFromVersion(join(folder, 'a'), 8, populateVersion1)
  expect(library.jobs.list().map(({ id, interruptions }) => ({ id, interruptions }))).toEqual([
    { id: 6, interruptions: 0 },
    { id: 5, interruptions: 0 },
  ])
  expect(library.jobs.releaseStale(200, () => false)).toEqual([6])
  expect(library.jobs.get(6)).toMatchObject({ state: 'queued', attempt: 2, interruptions: 1 })
  expect(library.jobs.get(5)).toMatchObject({ interruptions: 0 })
  library.close()
})
