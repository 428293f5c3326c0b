import { join } from 'node:path'
import { expect, test } from 'vitest'
import { montageSchema } from '../../src-shared/contract/montage.ts'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0010')

test('files of an older library stay as they are, and montages are listed beside them', () => {
  const library = openFromVersion(join(folder, 'a'), 9, populateVersion1)
  expect(library.renders.page({}).items).toMatchObject([
    { path: '/out/clutch.mp4', clipId: 3, recordingId: 7, title: 'The clutch', montage: null },
  ])
  const before = library.changes.counts()
  const montage = montageSchema.parse({ title: 'Best of', clips: [{ clipId: 3 }, { clipId: 3 }] })
  const file = { path: '/out/Best of.mp4', kind: 'landscape', start: 0, end: 40, cut: 'smart', verified: true } as const
  library.renders.saveMontage(montage, { ...file, planHash: '', size: 5, mtimeMs: 1 }, 9)
  expect(library.changes.counts().clips).toBe(before.clips + 1)
  const { items, total } = library.renders.page({})
  expect(total).toBe(2)
  expect(items[0]).toMatchObject({ ...file, clipId: null, recordingId: null, title: 'Best of', montage })
  // Of one recording or clip, only its own.
  expect(library.renders.page({ recordingId: 7 }).total).toBe(1)
  library.clips.remove([3])
  expect(library.renders.page({}).items.map(({ path }) => path)).toEqual(['/out/Best of.mp4'])
  library.close()
})
