import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0008')

test('speech and edits of an older library stay, and from now on their changes count', () => {
  const library = openFromVersion(join(folder, 'a'), 7, populateVersion1)
  expect(library.transcripts.list(7)).toMatchObject([{ text: 'What a save!' }])
  const before = library.changes.counts()
  library.transcripts.replace('ab'.repeat(32), [])
  expect(library.changes.counts().recordings).toBe(before.recordings + 1)
  library.connection.raw.exec(
    `INSERT INTO clip_edits (clip_id, revision, kind, value, happened_at) VALUES (3, 0, 'begin', '{}', 1)`,
  )
  expect(library.changes.counts()).toMatchObject({ clips: before.clips + 1, settings: before.settings })
  library.connection.raw.exec(`INSERT INTO facecam_settings (game, changed_at) VALUES ('Apex', 1)`)
  expect(library.changes.counts().settings).toBe(before.settings + 1)
  library.close()
})
