import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0006')

test('an older library keeps its clips as they are, and they can be edited and taken back', () => {
  const library = openFromVersion(join(folder, 'a'), 5, populateVersion1)
  expect(library.clipEdits.state(3)).toMatchObject({
    edits: { parts: [{ start: 10, end: 30, speed: 1 }] },
    ...{ revision: 0, canUndo: false, canRedo: false },
  })
  library.clips.update(3, { start: 12 })
  expect(library.clips.get(3)).toMatchObject({ start: 12, end: 30, title: 'The clutch', state: 'kept' })
  library.clipEdits.undo(3)
  expect(library.clips.get(3)).toMatchObject({ start: 10, end: 30 })
  library.close()
})

test('edits go with their clip', () => {
  const library = openFromVersion(join(folder, 'b'), 5, populateVersion1)
  library.clips.update(3, { start: 12 })
  library.recordings.remove([7])
  expect(library.connection.raw.prepare('SELECT count(*) FROM clip_edits').pluck().get()).toBe(0)
  library.close()
})
