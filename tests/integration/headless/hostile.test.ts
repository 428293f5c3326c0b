import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startHost, type Host, type HostOptions } from '../../../src-main/headless/host.ts'
import { ask, openSocket, own, signIn, tokenOf } from '../../helpers/browser-like.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

/** What no browser would send, written to the socket as it is. */
const rendererFolder = path.join(tempFolder('clutchcut-hostile'), 'renderer')
const problems: unknown[] = []
let uploaded = 0
let host: Host
/** The same, with less patience than anybody has: for those who are slow on purpose. */
let impatient: Host
let cookie: string

const options: HostOptions = {
  host: '127.0.0.1',
  port: 0,
  rendererFolder,
  serveRpc: () => {},
  media: async ({ headers: { range } }) => {
    return { status: 200, headers: {}, body: { kind: 'bytes', bytes: Buffer.from(range ?? 'film') } }
  },
  async upload({ content }) {
    for await (const chunk of content) uploaded += (chunk as Buffer).length
    return { path: '/x' }
  },
  onProblem: (problem) => problems.push(problem),
}

beforeAll(async () => {
  mkdirSync(rendererFolder)
  writeFileSync(path.join(rendererFolder, 'index.html'), '<!doctype html><title>Clutchcut</title>')
  host = await startHost(options)
  impatient = await startHost({ ...options, patience: { headers: 2000, body: 700 } })
  cookie = await signIn(host.port, host.newLink())
})
afterAll(() => Promise.all([host.close(), impatient.close()]))

const open: Socket[] = []
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  // Whatever was tried, others are served, and nothing unexpected happened inside.
  for (const { port } of [host, impatient]) await expect.poll(() => statusOf(port)).toBe(200)
  expect(problems).toEqual([])
})

/** 0: nobody answers, yet. */
const statusOf = (port: number): Promise<number> =>
  ask(port, '/').then(
    ({ status }) => status,
    () => 0,
  )

/** However it came to that. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => void socket.once('close', () => resolve()))

async function dial(port = host.port): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  open.push(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** Sends it, and resolves with all that came until the host closed the connection. */
async function say(text: string | Buffer, port = host.port): Promise<string> {
  const socket = await dial(port)
  let heard = ''
  socket.setEncoding('latin1').on('data', (more: string) => (heard += more))
  const end = closed(socket)
  socket.write(text)
  await end
  return heard
}

const lines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
const request = (first: string, headers: Record<string, string> = {}, port = host.port): string =>
  `${first} HTTP/1.1\r\n${lines({ Host: `127.0.0.1:${port}`, ...headers })}\r\n`

describe('who keeps a connection', () => {
  test('by saying nothing, or never the end of the headers, is let go of', async () => {
    const { port } = impatient
    const heard = await Promise.all(['', 'GET / HTTP/1.1\r\nHost: 127'].map((text) => say(text, port)))
    for (const each of heard) expect(each).not.toMatch(/200 OK/)
  })

  test('by a body that never ends is let go of, whether it is read or refused', async () => {
    const { port } = impatient
    const endless = { 'Content-Length': '1000' }
    const [read, refused, chunked] = await Promise.all([
      say(`${request('POST /session', { ...own(port), ...endless }, port)}{"token":"`, port),
      say(`${request('POST /session', { ...endless, Origin: 'https://evil.example' }, port)}x`, port),
      say(`${request('PUT /upload?name=a.mp4', { 'Transfer-Encoding': 'chunked' }, port)}1\r\nx\r\n`, port),
    ])
    expect(read).toBe('')
    expect(refused).toMatch(/^HTTP\/1\.1 403 /)
    expect(chunked).toMatch(/^HTTP\/1\.1 403 /)
  })

  test('by an upload that was let in may take longer', async () => {
    const { port } = impatient
    const session = await signIn(port, impatient.newLink())
    const before = uploaded
    const socket = await dial(port)
    const answered = new Promise((resolve) => void socket.once('data', resolve))
    socket.write(request('PUT /upload?name=a.mp4', { ...own(port, session), 'Content-Length': '4' }, port))
    for (const byte of 'slow') {
      await new Promise((resolve) => setTimeout(resolve, 250))
      socket.write(byte)
    }
    expect(String(await answered)).toMatch(/^HTTP\/1\.1 200 /)
    expect(uploaded - before).toBe(4)
  })

  test('is one of 256 at most', async () => {
    const other = await startHost(options)
    try {
      const sockets = await Promise.all(Array.from({ length: 300 }, () => dial(other.port)))
      const answers = sockets.map(async (socket) => {
        const end = closed(socket)
        const answered = new Promise<'answered'>((resolve) => void socket.once('data', () => resolve('answered')))
        socket.write(request('GET /session', {}, other.port))
        return Promise.race([end, answered])
      })
      // What is too much is closed without a word.
      const dropped = (await Promise.all(answers)).filter((answer) => answer !== 'answered').length
      expect(dropped).toBeGreaterThan(0)
      expect(dropped).toBeLessThanOrEqual(300 - 256)
      for (const socket of sockets) socket.destroy()
      await expect.poll(() => statusOf(other.port)).toBe(200)
    } finally {
      await other.close()
    }
  })
})

describe('what is no request', () => {
  test.each<[string, () => string]>([
    ['headers without end', () => request('GET /', { 'X-Long': 'x'.repeat(20_000) })],
    ['an address without end', () => request(`GET /${'x'.repeat(20_000)}`)],
    ['two lengths', () => request('POST /session', { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' })],
    ['a length below nothing', () => request('POST /session', { 'Content-Length': '-1' })],
    ['a length in words', () => request('POST /session', { 'Content-Length': '1e3' })],
    ['no host', () => 'GET / HTTP/1.1\r\n\r\n'],
    ['something else', () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n'],
  ])('is not answered with anything of ours: %s', async (_what, text) => {
    const heard = await say(text())
    expect(heard).not.toMatch(/200 OK|Clutchcut<|film/)
  })

  test.each([
    '//',
    '*',
    'http://evil.example/media/recording/1',
    '/media/%zz',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/\\..\\x',
  ])('an address that is none of ours gives nothing: %s', async (address) => {
    const heard = await say(request(`GET ${address}`, { Connection: 'close' }))
    expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(heard).not.toMatch(/film|root:/)
  })

  test('a second host does not make the first one ours', async () => {
    const twice = `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:${host.port}\r\nConnection: close\r\n\r\n`
    expect(await say(twice)).not.toMatch(/200 OK/)
  })
})

describe('signing in', () => {
  test('twice with one token, at once: one does', async () => {
    const token = tokenOf(host.newLink())
    const body = JSON.stringify({ token })
    const both = [1, 2].map(() => ask(host.port, '/session', { method: 'POST', headers: own(host.port), body }))
    const statuses = (await Promise.all(both)).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 401])
  })
})

describe('a socket', () => {
  test('that speaks another version, or not as browsers do, is closed; others stay', async () => {
    const { socket } = await openSocket(host.port, own(host.port, cookie))
    const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' }
    const signedIn = { ...own(host.port, cookie), ...upgrade }
    expect(await say(request('GET /rpc', { ...signedIn, 'Sec-WebSocket-Version': '1' }))).toMatch(/^HTTP\/1\.1 4/)
    // A frame that is not masked comes from no browser.
    const frame = Buffer.concat([
      Buffer.from(request('GET /rpc', { ...signedIn, 'Sec-WebSocket-Version': '13' })),
      Buffer.from([0x81, 0x02, 0x68, 0x69]),
    ])
    expect((await say(frame)).slice(0, 12)).toBe('HTTP/1.1 101')
    expect(socket?.readyState).toBe(1)
    socket?.close()
  })
})
