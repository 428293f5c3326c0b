import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0003')

test('an older library keeps its segments and clips, and nothing was decided yet', () => {
  const library = openFromVersion(join(folder, 'a'), 2, populateVersion1)
  const [segment] = library.segments.list(7)
  expect(segment).toMatchObject({ start: 10, end: 30, peak: 20, score: 0.5, selected: true })
  expect(segment).not.toHaveProperty('baseScore')
  expect(segment).not.toHaveProperty('found')
  expect(library.clips.get(3)).toMatchObject({ start: 10, end: 30, state: 'kept' })
  expect(library.learning.total()).toBe(0)
  expect(library.settings.get().learning).toBe(true)
  library.close()
})

test('a clip of back then can be decided about, and waits for what is known of it', () => {
  const library = openFromVersion(join(folder, 'b'), 2, populateVersion1)
  library.clips.update(3, { state: 'rejected' }, 100)
  expect(library.learning.decisions({ id: 'signals', version: '1.0.0' })).toMatchObject({ decided: [], waiting: 1 })
  library.close()
})
