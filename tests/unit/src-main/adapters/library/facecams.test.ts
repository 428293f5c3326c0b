import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openLibrary, type Library } from '../../../../../src-main/adapters/library/open-library.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-facecams')
let library: Library
let count = 0
beforeEach(() => {
  library?.close()
  library = openLibrary(join(folder, String(count++)))
})
afterAll(() => library.close())

const region = { x: 0.75, y: 0.7, width: 0.25, height: 0.3 }
const other = { x: 0, y: 0, width: 0.2, height: 0.2 }

test('what is said of a game goes before what is said of all, in any case of letters', () => {
  const { facecams } = library
  expect(facecams.settingFor('Quake')).toBeUndefined()
  facecams.set({ game: null, region })
  facecams.set({ game: 'Quake', region: null })
  facecams.set({ game: 'Doom', region })
  facecams.set({ game: 'DOOM', region: other })
  expect(facecams.settingFor('quake')).toEqual({ game: 'Quake', region: null })
  expect(facecams.settingFor('Tetris')).toEqual({ game: null, region })
  expect(facecams.settingFor(null)).toEqual({ game: null, region })
  expect(facecams.settings()).toEqual([
    { game: null, region },
    { game: 'DOOM', region: other },
    { game: 'Quake', region: null },
  ])
})

test('what was said is forgotten by game', () => {
  const { facecams } = library
  facecams.set({ game: null, region })
  facecams.set({ game: 'Quake', region: null })
  expect(facecams.forget('QUAKE')).toBe(true)
  expect(facecams.forget('Quake')).toBe(false)
  expect(facecams.settingFor('Quake')).toEqual({ game: null, region })
  expect(facecams.forget(null)).toBe(true)
  expect(facecams.settings()).toEqual([])
})

test('what was found is kept for one way of looking', () => {
  const { facecams } = library
  const fingerprint = 'ab'.repeat(32)
  expect(facecams.found(fingerprint, 1)).toBeUndefined()
  facecams.keepFound(fingerprint, 1, null)
  expect(facecams.found(fingerprint, 1)).toEqual({ region: null })
  expect(facecams.found(fingerprint, 2)).toBeUndefined()
  facecams.keepFound(fingerprint, 2, region)
  expect(facecams.found(fingerprint, 2)).toEqual({ region })
  expect(facecams.found(fingerprint, 1)).toBeUndefined()
})
