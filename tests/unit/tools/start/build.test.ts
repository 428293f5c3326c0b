import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { isStale, takeTurn } from '../../../../tools/start/build.mjs'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const checkout = tempFolder()
const at = (file: string, seconds: number): void => utimesSync(path.join(checkout, file), seconds, seconds)
const stale = (): boolean => isStale(checkout, ['dist/index.html', 'dist/main.mjs'], ['src', 'config.ts', 'not there'])

beforeEach(() => {
  rmSync(checkout, { recursive: true, force: true })
  mkdirSync(path.join(checkout, 'src', 'deep'), { recursive: true })
  mkdirSync(path.join(checkout, 'dist'))
  for (const file of ['src/deep/page.ts', 'src/other.ts', 'config.ts', 'dist/index.html', 'dist/main.mjs']) {
    writeFileSync(path.join(checkout, file), '')
    at(file, file.startsWith('dist') ? 2000 : 1000)
  }
  for (const folder of ['src', 'src/deep']) at(folder, 1000)
})

test('what is newer than all of its sources stays', () => {
  expect(stale()).toBe(false)
})

test('a changed source, a removed one, and a missing or older result do not', () => {
  at('src/deep/page.ts', 3000)
  expect(stale()).toBe(true)
  at('src/deep/page.ts', 1000)
  at('src/deep', 3000)
  expect(stale()).toBe(true)
  at('src/deep', 1000)
  at('dist/main.mjs', 500)
  expect(stale()).toBe(true)
  rmSync(path.join(checkout, 'dist', 'main.mjs'))
  expect(stale()).toBe(true)
})

test('one build at a time; a turn that was left behind is taken', async () => {
  const folder = path.join(checkout, '.cache', 'building')
  const order: string[] = []
  const free = await takeTurn(folder)
  const next = takeTurn(folder).then((end) => {
    order.push('second')
    end()
  })
  order.push('first')
  free()
  await next
  expect(order).toEqual(['first', 'second'])
  await takeTurn(folder)
  at('.cache/building', Date.now() / 1000 - 600)
  const after = await takeTurn(folder)
  after()
})

test('a build that was interrupted keeps nobody waiting', async () => {
  const file = path.join(checkout, '.cache', 'building')
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, String(child.pid))
  const free = await takeTurn(file)
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid))
  free()
  expect(existsSync(file)).toBe(false)
  // As an older version left it.
  mkdirSync(file)
  at('.cache/building', Date.now() / 1000 - 600)
  const after = await takeTurn(file)
  after()
})
