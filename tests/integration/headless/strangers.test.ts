import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHost, type Host } from '../../../src-main/headless/host.ts'
import { ask, openSocket, own, signIn, tokenOf } from '../../helpers/browser-like.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-host')
const rendererFolder = path.join(folder, 'renderer')
let host: Host
let asked = 0

beforeAll(async () => {
  mkdirSync(path.join(rendererFolder, 'assets'), { recursive: true })
  writeFileSync(path.join(rendererFolder, 'index.html'), '<!doctype html><title>Clutchcut</title>')
  writeFileSync(path.join(rendererFolder, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(path.join(rendererFolder, '.env'), 'hidden')
  writeFileSync(path.join(folder, 'secret.txt'), 'secret')
  symlinkSync(path.join(folder, 'secret.txt'), path.join(rendererFolder, 'link.txt'))
  host = await startHost({
    host: '127.0.0.1',
    port: 0,
    rendererFolder,
    serveRpc: () => void asked++,
    async media() {
      asked += 1
      return { status: 200, headers: {}, body: { kind: 'bytes', bytes: Buffer.from('film') } }
    },
    async upload() {
      asked += 1
      return { path: '/x' }
    },
    onProblem: () => {},
  })
})
afterAll(() => host.close())

const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }

describe('the page', () => {
  test('comes with headers that keep others out of it', async () => {
    const { status, headers, body } = await ask(host.port, '/')
    expect(status).toBe(200)
    expect(body.toString()).toContain('Clutchcut')
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${host.port}`)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect((await ask(host.port, '/assets/main-1a2b.js')).headers['cache-control']).toContain('immutable')
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '/.env',
    '/%00',
    '/%',
    '/assets',
    '/C:/Windows/win.ini',
  ])('%s gives nothing', async (address) => {
    const { status, body } = await ask(host.port, address)
    expect(status).toBe(404)
    expect(body.toString()).not.toMatch(/secret|hidden/)
  })
})

test('an address that is none is refused, also of a socket', async () => {
  expect((await ask(host.port, '//')).status).toBe(400)
  expect((await openSocket(host.port, foreign, '//')).status).toBe(404)
  expect((await ask(host.port, '/')).status).toBe(200)
})

describe('a page of another site', () => {
  test('gets nothing, signed in or not', async () => {
    const cookie = await signIn(host.port, host.newLink())
    const before = asked
    for (const headers of [foreign, { ...foreign, Cookie: cookie }, { ...foreign, Origin: 'null', Cookie: cookie }]) {
      for (const [method, address] of [
        ['GET', '/'],
        ['GET', '/session'],
        ['POST', '/session'],
        ['GET', '/media/recording/1'],
        ['PUT', '/upload?name=a.mp4'],
        ['OPTIONS', '/upload?name=a.mp4'],
        ['DELETE', '/media/recording/1'],
      ] as const) {
        const answer = await ask(host.port, address, { method, headers })
        expect(answer.status, `${method} ${address}`).toBe(403)
        expect(answer.headers['access-control-allow-origin']).toBeUndefined()
        expect(answer.headers['set-cookie']).toBeUndefined()
      }
      expect((await openSocket(host.port, headers)).status).toBe(403)
    }
    expect(asked).toBe(before)
  })

  test('on another port of this machine, or as an image, is another site too', async () => {
    const cookie = await signIn(host.port, host.newLink())
    const before = asked
    const neighbour = { Origin: 'http://127.0.0.1:1', 'Sec-Fetch-Site': 'same-site', Cookie: cookie }
    expect((await ask(host.port, '/media/recording/1', { headers: neighbour })).status).toBe(403)
    expect((await openSocket(host.port, neighbour)).status).toBe(403)
    // `<img>` and `<video>` send no Origin.
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors', Cookie: cookie }
      expect((await ask(host.port, '/media/recording/1', { headers })).status).toBe(403)
      expect((await ask(host.port, '/assets/main-1a2b.js', { headers })).status).toBe(403)
    }
    expect(asked).toBe(before)
  })

  test('may link to us: the page comes, and nothing that is private', async () => {
    const followed = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }
    expect((await ask(host.port, '/', { headers: followed })).status).toBe(200)
    expect((await ask(host.port, '/media/recording/1', { headers: followed })).status).toBe(403)
    const framed = { ...followed, 'Sec-Fetch-Dest': 'iframe' }
    expect((await ask(host.port, '/', { headers: framed })).status).toBe(403)
  })

  test('cannot come by a name of its own that leads to this machine', async () => {
    const cookie = await signIn(host.port, host.newLink())
    for (const name of [
      'evil.example',
      `evil.example:${host.port}`,
      '127.0.0.1',
      `127.0.0.1.evil.example:${host.port}`,
    ]) {
      const headers = { Host: name, Origin: `http://${name}`, 'Sec-Fetch-Site': 'same-origin', Cookie: cookie }
      expect((await ask(host.port, '/', { headers })).status, name).toBe(421)
      expect((await ask(host.port, '/media/recording/1', { headers })).status, name).toBe(421)
      expect((await openSocket(host.port, headers)).status, name).toBe(421)
    }
    const localhost = { Host: `localhost:${host.port}`, Origin: `http://localhost:${host.port}`, Cookie: cookie }
    expect((await ask(host.port, '/media/recording/1', { headers: localhost })).status).toBe(200)
  })
})

describe('signing in', () => {
  test('a token is good for one session, and the next link makes it worthless', async () => {
    const link = host.newLink()
    expect(link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/#token=[\\w-]{43}$`))
    const cookie = await signIn(host.port, link)
    await expect(signIn(host.port, link)).rejects.toThrow('401')
    const old = host.newLink()
    const fresh = host.newLink()
    await expect(signIn(host.port, old)).rejects.toThrow('401')
    const second = await signIn(host.port, fresh)
    // Both browsers stay signed in.
    for (const each of [cookie, second]) {
      expect((await ask(host.port, '/session', { headers: own(host.port, each) })).status).toBe(204)
      expect((await ask(host.port, '/media/recording/1', { headers: own(host.port, each) })).body.toString()).toBe(
        'film',
      )
    }
  })

  test('the cookie is out of reach of scripts and of other sites', async () => {
    const answer = await ask(host.port, '/session', {
      method: 'POST',
      headers: own(host.port),
      body: JSON.stringify({ token: tokenOf(host.newLink()) }),
    })
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^clutchcut-${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`)),
    ])
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('without a session there is the page, and nothing else', async () => {
    for (const cookie of [undefined, `clutchcut-${host.port}=nonsense`, `clutchcut-${host.port}=`, 'x'.repeat(500)]) {
      const headers = own(host.port, cookie)
      expect((await ask(host.port, '/session', { headers })).status).toBe(401)
      expect((await ask(host.port, '/media/recording/1', { headers })).status).toBe(401)
      expect((await ask(host.port, '/upload?name=a.mp4', { method: 'PUT', headers, body: 'x' })).status).toBe(401)
      expect((await openSocket(host.port, headers)).status).toBe(401)
      expect((await ask(host.port, '/', { headers })).status).toBe(200)
    }
    // Something that is no browser has to say where it comes from, too.
    const cookie = await signIn(host.port, host.newLink())
    expect((await openSocket(host.port, { Cookie: cookie })).status).toBe(403)
    expect((await openSocket(host.port, own(host.port, cookie), '/other')).status).toBe(404)
  })

  test('nobody guesses on and on', async () => {
    const other = await startHost({
      host: '127.0.0.1',
      port: 0,
      rendererFolder,
      serveRpc: () => {},
      media: async () => ({ status: 200, headers: {}, body: null }),
      upload: async () => ({ path: '' }),
      onProblem: () => {},
    })
    try {
      const guess = (): Promise<number> =>
        ask(other.port, '/session', { method: 'POST', headers: own(other.port), body: '{"token":"guess"}' }).then(
          ({ status }) => status,
        )
      // Who signs in properly, however often, is not counted.
      for (let i = 0; i < 20; i++) await signIn(other.port, other.newLink())
      const link = other.newLink()
      const answers = []
      for (let i = 0; i < 12; i++) answers.push(await guess())
      expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
      // Also with the right one: it waits.
      await expect(signIn(other.port, link)).rejects.toThrow('429')
      // Sites that are refused anyway use none of it up.
      expect((await ask(other.port, '/session', { method: 'POST', headers: foreign })).status).toBe(403)
    } finally {
      await other.close()
    }
  })

  test.each(['', 'null', '[]', '{"token":7}', '{"token":', `{"token":"${'x'.repeat(2000)}"}`])(
    'a body that is no token (%#)',
    async (body) => {
      const { status } = await ask(host.port, '/session', { method: 'POST', headers: own(host.port), body })
      expect(status).toBe(body.length > 1024 ? 400 : 401)
    },
  )
})

test('a refused socket is let go of, also by one who holds on to it; then the host can end', async () => {
  const other = await startHost({
    host: '127.0.0.1',
    port: 0,
    rendererFolder,
    serveRpc: () => {},
    media: async () => ({ status: 200, headers: {}, body: null }),
    upload: async () => ({ path: '' }),
    onProblem: () => {},
  })
  const holding = connect({ port: other.port, host: '127.0.0.1', allowHalfOpen: true })
  holding.on('error', () => {})
  holding.write(
    `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${other.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  )
  const answer = await new Promise((resolve) => void holding.once('data', resolve))
  expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /)
  await other.close()
  holding.destroy()
})

test('a port that is taken is said, not waited for', async () => {
  const again = startHost({
    host: '127.0.0.1',
    port: host.port,
    rendererFolder,
    serveRpc: () => {},
    media: async () => ({ status: 200, headers: {}, body: null }),
    upload: async () => ({ path: '' }),
    onProblem: () => {},
  })
  await expect(again).rejects.toMatchObject({ code: 'usage', data: { reason: 'EADDRINUSE' } })
})
