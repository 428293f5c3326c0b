import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0005')

test('an older library keeps its renders, and takes square ones with a note', () => {
  const library = openFromVersion(join(folder, 'a'), 4, populateVersion1)
  const [landscape] = library.renders.list(3)
  expect(landscape).toEqual({
    ...{ path: '/out/clutch.mp4', kind: 'landscape', start: 9, end: 31, cut: 'copy', verified: false },
    ...{ planHash: 'hash', size: 99, mtimeMs: 1.5 },
  })
  const square = { ...landscape!, path: '/out/square.mp4', kind: 'square', note: 'It was encoded.' } as const
  library.renders.save(3, square)
  expect(library.renders.byPath('/out/square.mp4')).toEqual(square)
  expect(library.clips.get(3)?.renders).toMatchObject([
    { kind: 'landscape' },
    { kind: 'square', note: 'It was encoded.' },
  ])
  library.close()
})

test('a render goes with its clip, as before', () => {
  const library = openFromVersion(join(folder, 'b'), 4, populateVersion1)
  library.recordings.remove([7])
  expect(library.renders.all()).toEqual([])
  library.close()
})
