import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerFile, parseRange } from '../../../../../src-main/adapters/files/answer-file.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-answer')
const file = path.join(folder, 'a.mp4')
writeFileSync(file, Buffer.alloc(1000))
const send = { path: file, type: 'video/mp4', tag: 'abc' }
const answer = (headers: Record<string, string> = {}, method = 'GET') =>
  answerFile({ method, path: '/media/recording/1', headers }, send)

describe('parseRange', () => {
  test.each<[string, number, ReturnType<typeof parseRange>]>([
    ['bytes=0-', 1000, { first: 0, last: 999 }],
    ['bytes=0-0', 1000, { first: 0, last: 0 }],
    ['bytes=999-999', 1000, { first: 999, last: 999 }],
    ['bytes=500-5000', 1000, { first: 500, last: 999 }],
    ['bytes=-1', 1000, { first: 999, last: 999 }],
    ['bytes=-5000', 1000, { first: 0, last: 999 }],
    ['bytes=-0', 1000, null],
    ['bytes=1000-', 1000, null],
    ['bytes=99999999999999999999-', 1000, null],
    ['bytes=0-', 0, null],
    ['bytes=-5', 0, null],
    ['bytes=5-2', 1000, 'whole'],
    ['bytes=-', 1000, 'whole'],
    ['bytes=0-1,5-6', 1000, 'whole'],
    ['items=0-1', 1000, 'whole'],
    ['bytes=a-b', 1000, 'whole'],
    ['', 1000, 'whole'],
  ])('%s of %i bytes', (header, size, part) => expect(parseRange(header, size)).toEqual(part))

  test('whatever is asked, it never leaves the file', () => {
    const number = fc.option(fc.nat(), { nil: undefined })
    fc.assert(
      fc.property(number, number, fc.nat(5000), (from, to, size) => {
        const part = parseRange(`bytes=${from ?? ''}-${to ?? ''}`, size)
        if (part === null || part === 'whole') return
        expect(part.first).toBeGreaterThanOrEqual(0)
        expect(part.last).toBeLessThan(size)
        expect(part.first).toBeLessThanOrEqual(part.last)
      }),
    )
  })
})

describe('answerFile', () => {
  test('the whole file, and a part of it', async () => {
    expect(await answer()).toEqual({
      status: 200,
      headers: {
        'Content-Type': 'video/mp4',
        ETag: '"abc"',
        'Accept-Ranges': 'bytes',
        'Cache-Control': 'private, no-cache',
        'Content-Length': '1000',
      },
      body: { kind: 'file', path: file, first: 0, last: 999 },
    })
    expect(await answer({ range: 'bytes=10-19' })).toMatchObject({
      status: 206,
      headers: { 'Content-Length': '10', 'Content-Range': 'bytes 10-19/1000' },
      body: { first: 10, last: 19 },
    })
  })
  test('nothing of it: HEAD, unchanged, out of range', async () => {
    expect(await answer({ range: 'bytes=10-19' }, 'HEAD')).toMatchObject({
      status: 200,
      headers: { 'Content-Length': '1000' },
      body: null,
    })
    expect(await answer({ 'if-none-match': '"abc"' })).toMatchObject({ status: 304, body: null })
    expect(await answer({ range: 'bytes=1000-' })).toMatchObject({
      status: 416,
      headers: { 'Content-Range': 'bytes */1000' },
      body: null,
    })
  })
  test('a part of the version that the browser has, or the whole of the new one', async () => {
    expect((await answer({ range: 'bytes=10-19', 'if-range': '"abc"' })).status).toBe(206)
    expect((await answer({ range: 'bytes=10-19', 'if-range': '"old"' })).status).toBe(200)
    expect((await answer({ range: 'bytes=10-19', 'if-range': 'Sun, 22 Nov 2026 19:00:00 GMT' })).status).toBe(200)
  })
  test('an empty file, a folder, and nothing', async () => {
    const empty = path.join(folder, 'empty.mp4')
    writeFileSync(empty, '')
    const of = (name: string) => answerFile({ method: 'GET', path: '/', headers: {} }, { ...send, path: name })
    expect(await of(empty)).toMatchObject({ status: 200, headers: { 'Content-Length': '0' }, body: null })
    await expect(of(folder)).rejects.toMatchObject({ code: 'input/not-a-file' })
    rmSync(empty)
    await expect(of(empty)).rejects.toMatchObject({ code: 'input/not-found' })
  })
})
