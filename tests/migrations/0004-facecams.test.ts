import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0004')

test('an older library keeps its recordings, and nothing was said of cameras yet', () => {
  const library = openFromVersion(join(folder, 'a'), 3, populateVersion1)
  expect(library.recordings.get(7)).toMatchObject({ title: 'Ranked night', game: 'Überwatch' })
  expect(library.facecams.settings()).toEqual([])
  const region = { x: 0, y: 0, width: 0.25, height: 0.25 }
  library.facecams.set({ game: 'Überwatch', region })
  library.facecams.keepFound('ab'.repeat(32), 1, null)
  expect(library.facecams.settingFor('Überwatch')).toEqual({ game: 'Überwatch', region })
  expect(library.facecams.found('ab'.repeat(32), 1)).toEqual({ region: null })
  library.close()
})
