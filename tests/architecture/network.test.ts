import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { defaultSettings } from '../../src-shared/contract/settings.ts'
import { privacyItems } from '../../src-shared/domain/privacy.ts'

const root = join(import.meta.dirname, '..', '..')
/** What opens connections, and what asks for addresses. */
const doors =
  /from '(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/\w+)?'|from '(?:ws|undici)'|\bfetch\(|\bXMLHttpRequest\b|\bnew WebSocket\(|sendBeacon/
/** Answers the interface, which speaks with nobody else (its content security policy sees to that). */
const allowed = [/^src-main\/headless\//]

test('nothing but the host of the interface opens a connection, as the privacy list says', () => {
  const sources = ['src-main', 'src-shared'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[cm]?tsx?$/.test(name))
      .map((name) => join(root, folder, name)),
  )
  const found = sources
    .filter((path) => doors.test(readFileSync(path, 'utf8')))
    .map((path) => relative(root, path).replaceAll('\\', '/'))
    .filter((path) => !allowed.some((one) => one.test(path)))
  expect(found, 'say in src-shared/domain/privacy.ts what leaves the machine, and allow the file here').toEqual([])
  expect(privacyItems(defaultSettings).every(({ to }) => to === null)).toBe(true)
})

test('a file that would send something is noticed', () => {
  expect(doors.test("import { request } from 'node:https'")).toBe(true)
  expect(doors.test('await fetch(url)')).toBe(true)
  expect(doors.test('prefetch(this)')).toBe(false)
})
