import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'
import { openFromVersion, populateVersion1 } from './harness.ts'

const folder = tempFolder('clutchcut-0007')
const fingerprint = 'ab'.repeat(32)

test('an older library knows no analyses yet, and takes and replaces them', () => {
  const library = openFromVersion(join(folder, 'a'), 6, populateVersion1)
  expect(library.analyses.get(7)).toBeUndefined()
  const marker = { start: 1, end: 1, kind: 'hotkey', label: 'clip it', weight: 1 } as const
  library.analyses.save(fingerprint, {
    scores: Float32Array.of(0, 0.5, 1),
    chatRate: null,
    markers: [marker],
    madeAt: 5,
  })
  expect(library.analyses.get(7)).toEqual({
    scores: Float32Array.of(0, 0.5, 1),
    chatRate: null,
    markers: [marker],
    madeAt: 5,
  })
  const chatRate = Float32Array.of(Number.NaN, 12.5)
  library.analyses.save(fingerprint, { scores: Float32Array.of(0.25), chatRate, markers: [], madeAt: 6 })
  expect(library.analyses.get(7)).toEqual({ scores: Float32Array.of(0.25), chatRate, markers: [], madeAt: 6 })
  library.recordings.remove([7])
  expect(library.analyses.get(7)).toBeUndefined()
  library.close()
})

test('jobs of an older library say nothing of what came of them', () => {
  const library = openFromVersion(join(folder, 'b'), 6, populateVersion1)
  expect(library.jobs.get(5)).toMatchObject({ state: 'queued', produced: null })
  library.close()
})
