import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { answerSchemes, registerSchemes, type ProtocolDeps } from '../../../../src-main/shell/protocols.ts'
import type { MediaAnswer } from '../../../../src-shared/contract/media-answer.ts'
import * as electron from '../../../helpers/fake-electron.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

vi.mock('electron', () => import('../../../helpers/fake-electron.ts'))

const file = path.join(tempFolder(), 'a.mp4')
writeFileSync(file, '0123456789')
const media = vi.fn<ProtocolDeps['media']>()
const findPage = vi.fn<ProtocolDeps['findPage']>()
const ask = (url: string, init?: RequestInit): Promise<Response> => {
  const handler = electron.protocol.handlers.get(url.slice(0, url.indexOf(':')))
  if (handler === undefined) throw new Error(`Nobody answers ${url}.`)
  return handler(new Request(url, init))
}

beforeEach(async () => {
  electron.resetElectron()
  registerSchemes()
  await electron.app.whenReady()
  media.mockReset()
  findPage.mockReset().mockResolvedValue(null)
  answerSchemes({ media, findPage })
})

test('both are secure and standard, only media streams, and neither gets around the policy', () => {
  const [[schemes]] = electron.protocol.registerSchemesAsPrivileged.mock.calls as [[{ scheme: string }[]]]
  expect(schemes).toEqual([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, bypassCSP: false, codeCache: true },
    },
    {
      scheme: 'media',
      privileges: {
        ...{ standard: true, secure: true, supportFetchAPI: true, bypassCSP: false },
        ...{ stream: true, corsEnabled: true },
      },
    },
  ])
})

describe('media:', () => {
  const part: MediaAnswer = {
    status: 206,
    headers: { 'Content-Range': 'bytes 2-5/10', 'Content-Length': '4', 'Content-Type': 'video/mp4' },
    body: { kind: 'file', path: file, first: 2, last: 5 },
  }

  test('asks the engine for the range, and sends just that', async () => {
    media.mockResolvedValue(part)
    const answer = await ask('media://clutchcut/media/render/3?path=%2Fa.mp4', {
      headers: { Range: 'bytes=2-5', 'If-Range': '"tag"', Cookie: 'secret' },
    })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe('bytes 2-5/10')
    expect(await answer.text()).toBe('2345')
    expect(media.mock.calls[0]?.[0]).toEqual({
      method: 'GET',
      path: '/media/render/3?path=%2Fa.mp4',
      headers: { range: 'bytes=2-5', 'if-range': '"tag"', 'if-none-match': undefined },
    })
  })

  test('may be fetched from our page only, and is what it says', async () => {
    media.mockResolvedValue({ status: 200, headers: { 'Content-Type': 'video/mp4' }, body: null })
    const { headers } = await ask('media://clutchcut/media/recording/1')
    expect(headers.get('access-control-allow-origin')).toBe('app://clutchcut')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('passes pieces on, and errors as they are', async () => {
    const bytes = new TextEncoder().encode('piece')
    media.mockResolvedValueOnce({ status: 200, headers: {}, body: { kind: 'bytes', bytes } })
    expect(await (await ask('media://clutchcut/media/video/1/0')).text()).toBe('piece')
    media.mockResolvedValueOnce({ status: 404, headers: {}, body: null })
    expect((await ask('media://clutchcut/media/recording/9')).status).toBe(404)
    media.mockResolvedValueOnce({ status: 416, headers: { 'Content-Range': 'bytes */10' }, body: null })
    expect((await ask('media://clutchcut/media/recording/1')).headers.get('content-range')).toBe('bytes */10')
  })

  test('what went after the engine had looked is not there', async () => {
    media.mockResolvedValue({ ...part, body: { kind: 'file', path: `${file}.gone`, first: 2, last: 5 } })
    const answer = await ask('media://clutchcut/media/recording/1')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-range')).toBeNull()
  })

  test.each(['bytes=0-1,5-6', 'bytes=-', 'items=1-2', 'bytes=5-2', `bytes=${'9'.repeat(400)}-`])(
    'a range is judged by the engine, whatever it is: %s',
    async (range) => {
      media.mockResolvedValue({ status: 416, headers: { 'Content-Range': 'bytes */10' }, body: null })
      expect((await ask('media://clutchcut/media/recording/1', { method: 'HEAD', headers: { range } })).status).toBe(
        416,
      )
      expect(media.mock.calls.at(-1)?.[0]).toMatchObject({ method: 'HEAD', headers: { range } })
    },
  )

  test('another host is nobody', async () => {
    expect((await ask('media://elsewhere/media/recording/1')).status).toBe(404)
    expect(media).not.toHaveBeenCalled()
  })

  test('a page that goes away ends the reading', async () => {
    media.mockResolvedValue(part)
    const gone = new AbortController()
    const { body } = await ask('media://clutchcut/media/recording/1', { signal: gone.signal })
    gone.abort()
    await expect(body?.getReader().read()).rejects.toThrow()
    expect(media.mock.calls[0]?.[1].aborted).toBe(true)
  })
})

describe('app:', () => {
  test('serves the interface under a strict policy', async () => {
    const page = path.join(path.dirname(file), 'index.html')
    writeFileSync(page, '<!doctype html>')
    findPage.mockResolvedValue({ path: page, type: 'text/html; charset=utf-8' })
    const answer = await ask('app://clutchcut/')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("media-src 'self' blob: media://clutchcut;")
    expect(policy).not.toMatch(/unsafe|wss?:/)
    expect(await answer.text()).toBe('<!doctype html>')
    expect(await (await ask('app://clutchcut/', { method: 'HEAD' })).text()).toBe('')
    expect(findPage).toHaveBeenCalledWith('/')
  })

  test('and nothing else', async () => {
    expect((await ask('app://clutchcut/secret')).status).toBe(404)
    expect((await ask('app://elsewhere/')).status).toBe(404)
    expect((await ask('app://clutchcut/', { method: 'POST' })).status).toBe(404)
    expect(findPage.mock.calls).toEqual([['/secret']])
  })
})
