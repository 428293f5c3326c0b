import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { createNodeHostServices } from '../../../src-main/adapters/host/node-host-services.ts'
import { openEngine, type Engine } from '../../../src-main/engine.ts'
import { connectHost } from '../../../src-main/engine/connect-host.ts'
import { recordingFiles } from '../../../src-main/engine/recording-files.ts'
import type { Host } from '../../../src-main/headless/host.ts'
import type { EngineEvent } from '../../../src-shared/contract/events.ts'
import { receivedError } from '../../../src-shared/contract/received-error.ts'
import { ask, openWindow, own, signIn } from '../../helpers/browser-like.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-windows')
const allowed = path.join(folder, 'allowed')
const uploads = path.join(folder, 'data', 'uploads')
let engine: Engine
let host: Host
let cookie: string
let file: string
let id: number

beforeAll(async () => {
  mkdirSync(allowed)
  engine = await openEngine({
    dataDir: path.join(folder, 'data'),
    host: createNodeHostServices(),
    logger: pino({ level: 'silent' }),
    allowedFolders: [allowed],
  })
  host = await connectHost(engine, { host: '127.0.0.1', port: 0, rendererFolder: folder, onProblem: () => {} })
  cookie = await signIn(host.port, host.newLink())
  file = await makeMedia(folder, { seconds: 3, video: { width: 320, height: 180 } }, 'match.mp4')
  id = engine.library.recordings.save(await recordingFiles().fingerprint(file), Date.now()).id
})
afterAll(async () => {
  await host.close()
  await engine.close()
})

const get = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
  ask(host.port, address, { method, headers: { ...own(host.port, cookie), ...headers } })
const put = (name: string, body: string | Buffer | Readable, headers: Record<string, string> = {}) =>
  ask(host.port, `/upload?name=${encodeURIComponent(name)}`, {
    method: 'PUT',
    headers: { ...own(host.port, cookie), ...headers },
    body,
  })

describe('two windows', () => {
  test('both hear what one of them changes; one that closes takes its listening along', async () => {
    const [first, second] = [await openWindow(host.port, cookie), await openWindow(host.port, cookie)]
    const hear = async (events: AsyncIterable<EngineEvent>): Promise<EngineEvent> => {
      for await (const event of events) if (event.kind === 'recording-changed') return event
      throw new Error('ended')
    }
    const heard = await Promise.all([first.client.events({}), second.client.events({})]).then(async (lists) => {
      const both = Promise.all(lists.map(hear))
      await first.client.recordings.rename({ id, title: 'Final' })
      return both
    })
    expect(heard).toEqual([
      expect.objectContaining({ kind: 'recording-changed', recordingId: id }),
      expect.objectContaining({ kind: 'recording-changed', recordingId: id }),
    ])
    expect((await second.client.recordings.get({ id })).recording.title).toBe('Final')

    const listening = hear(await second.client.events({}))
    listening.catch(() => {})
    second.socket.close()
    await expect(listening).rejects.toBeDefined()
    first.socket.close()
  })

  test('an error comes with its code', async () => {
    const { client, socket } = await openWindow(host.port, cookie)
    const error = await client.recordings.get({ id: 999 }).catch(receivedError)
    expect(error).toMatchObject({ code: 'library/not-found', message: 'There is no recording 999 in the library.' })
    socket.close()
  })

  test('too large a message ends that window only', async () => {
    const [first, second] = [await openWindow(host.port, cookie), await openWindow(host.port, cookie)]
    const closed = new Promise<number>((resolve) => first.socket.once('close', resolve))
    first.socket.send(Buffer.alloc(5 * 1024 * 1024))
    expect(await closed).toBe(1009)
    expect((await second.client.settings.get()).cut).toBeNull()
    second.socket.close()
  })

  test('more than 32 at once are refused', async () => {
    const windows = await Promise.all(Array.from({ length: 32 }, () => openWindow(host.port, cookie)))
    await expect(openWindow(host.port, cookie)).rejects.toThrow()
    const closed = windows.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)))
    for (const { socket } of windows) socket.close()
    await Promise.all(closed)
  })
})

describe('a recording', () => {
  test('comes whole and in parts, byte for byte', async () => {
    const bytes = readFileSync(file)
    const whole = await get(`/media/recording/${id}`)
    expect(whole.status).toBe(200)
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4', 'accept-ranges': 'bytes' })
    expect(whole.body.equals(bytes)).toBe(true)
    const part = await get(`/media/recording/${id}`, { Range: 'bytes=100-1099', 'If-Range': whole.headers.etag! })
    expect(part.status).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes 100-1099/${bytes.length}`)
    expect(part.body.equals(bytes.subarray(100, 1100))).toBe(true)
    expect((await get(`/media/recording/${id}`, { Range: `bytes=${bytes.length}-` })).status).toBe(416)
    const head = await get(`/media/recording/${id}`, {}, 'HEAD')
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(bytes.length), 0])
  })

  test('that has gone is said to have gone, and comes back when it does', async () => {
    renameSync(file, `${file}.away`)
    const gone = await get(`/media/recording/${id}`)
    expect(gone.status).toBe(404)
    expect(JSON.parse(gone.body.toString())).toMatchObject({ error: { code: 'input/not-found' } })
    renameSync(`${file}.away`, file)
    expect((await get(`/media/recording/${id}`)).status).toBe(200)
  })

  test('that became another file is not shown as the old one', async () => {
    const other = await makeMedia(folder, { seconds: 2 }, 'other.mp4')
    const { id: otherId } = engine.library.recordings.save(await recordingFiles().fingerprint(other), Date.now())
    copyFileSync(await makeMedia(folder, { seconds: 4 }, 'longer.mp4'), other)
    expect((await get(`/media/recording/${otherId}`)).status).toBe(409)
  })

  test('tells by the contract how it is played', async () => {
    const { client, socket } = await openWindow(host.port, cookie)
    expect(await client.recordings.playback({ id })).toMatchObject({ kind: 'direct', path: `/media/recording/${id}` })
    socket.close()
  })

  test('only what the library knows as a render is one', async () => {
    expect((await get('/media/render/1')).status).toBe(404)
    expect((await get(`/media/render/1?path=${encodeURIComponent(file)}`)).status).toBe(404)
  })
})

describe('an upload', () => {
  test('lies under a safe name of its own, as it was sent', async () => {
    const content = readFileSync(file)
    const first = await put('../../CON.MP4', content)
    expect(first.status).toBe(200)
    expect(JSON.parse(first.body.toString())).toEqual({ path: path.join(uploads, '_CON.mp4') })
    const second = await put('CON.mp4', content)
    expect(JSON.parse(second.body.toString())).toEqual({ path: path.join(uploads, '_CON (2).mp4') })
    expect(readFileSync(path.join(uploads, '_CON.mp4')).equals(content)).toBe(true)
  })

  test.each([
    '..\\..\\up.mp4',
    '/etc/up.mp4',
    'C:\\up.mp4',
    'up.mp4:stream.mp4',
    'nothing\0.mp4',
    `${'\u202e'}4pm.up.mp4`,
    `${'long'.repeat(120)}.mp4`,
    '....//....//up.mp4',
  ])('lies in its folder, whatever it is called: %j', async (name) => {
    const before = readdirSync(uploads)
    const answer = await put(name, 'content')
    expect(answer.status).toBe(200)
    const { path: made } = JSON.parse(answer.body.toString()) as { path: string }
    expect(path.dirname(made)).toBe(uploads)
    expect(readdirSync(uploads).filter((one) => !before.includes(one))).toEqual([path.basename(made)])
    expect(path.basename(made)).not.toMatch(/[\p{Cc}\u202e:\\/]/u)
  })

  test.each([
    ['program.exe', 422, 'input/unsupported'],
    ['.mp4', 200, null],
    ['', 400, null],
  ])('of %s is answered with %i', async (name, status, code) => {
    const answer = await put(name, 'content')
    expect(answer.status).toBe(status)
    if (code !== null) expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { code } })
  })

  test('without its length, empty, or larger than anything is refused', async () => {
    expect((await put('a.mp4', Readable.from(['x']))).status).toBe(411)
    expect((await put('a.mp4', '', { 'Content-Length': '0' })).status).toBe(422)
    const disk = await put('a.mp4', '', { 'Content-Length': String(2 ** 39) }).catch(() => null)
    // More than is free, unless this disk is a very large one.
    if (disk !== null) expect(disk.status).toBe(507)
  })

  test('that is broken off leaves nothing', async () => {
    const before = readdirSync(uploads).sort()
    const socket = connect(host.port, '127.0.0.1')
    const headers = Object.entries(own(host.port, cookie)).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(
      `PUT /upload?name=broken.mp4 HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nContent-Length: 1000000\r\n${headers.join('')}\r\n`,
    )
    socket.write(Buffer.alloc(10_000))
    await expect.poll(() => readdirSync(uploads).length).toBe(before.length + 1)
    socket.destroy()
    await expect.poll(() => readdirSync(uploads).sort()).toEqual(before)
    expect(engine.library.tempFiles.list()).toEqual([])
  })
})

describe('choosing files', () => {
  test('folders first, then recordings, by name as people count; nothing hidden', async () => {
    for (const name of ['take 10.mkv', 'take 9.mkv', 'notes.docx', '.hidden.mp4', 'chat.json']) {
      writeFileSync(path.join(allowed, name), 'x')
    }
    mkdirSync(path.join(allowed, 'more'))
    const { client, socket } = await openWindow(host.port, cookie)
    const found = await client.files.browse({ folder: allowed })
    expect(found.entries.map(({ kind, name }) => [kind, name])).toEqual([
      ['folder', 'more'],
      ['file', 'take 9.mkv'],
      ['file', 'take 10.mkv'],
    ])
    expect(found).toMatchObject({ folder: allowed, parent: null, cutShort: false })
    expect(found.entries[1]).toMatchObject({ path: path.join(allowed, 'take 9.mkv'), size: 1 })
    const texts = await client.files.browse({ folder: allowed, files: 'texts' })
    expect(texts.entries.map(({ name }) => name)).toEqual(['more', 'chat.json'])
    expect((await client.files.browse({ folder: path.join(allowed, 'more') })).parent).toBe(allowed)
    const roots = await client.files.browse({ folder: null })
    expect(roots.entries.map(({ path: root }) => root)).toContain(allowed)
    socket.close()
  })

  test('never outside of what was allowed, whatever links and dots say', async () => {
    const outside = path.join(folder, 'outside')
    mkdirSync(outside)
    writeFileSync(path.join(outside, 'private.mkv'), 'x')
    symlinkSync(outside, path.join(allowed, 'way out'))
    symlinkSync(path.join(outside, 'private.mkv'), path.join(allowed, 'private.mkv'))
    const { client, socket } = await openWindow(host.port, cookie)
    const names = (await client.files.browse({ folder: allowed })).entries.map(({ name }) => name)
    expect(names).not.toContain('way out')
    expect(names).not.toContain('private.mkv')
    for (const wanted of [
      outside,
      path.join(allowed, 'way out'),
      `${allowed}/../outside`,
      `${allowed}x`,
      'allowed',
      '/',
    ]) {
      const error = await client.files.browse({ folder: wanted }).catch(receivedError)
      expect(error, wanted).toMatchObject({ code: 'input/refused' })
    }
    // Whether it is there or not is nobody's business.
    const error = await client.files.browse({ folder: path.join(folder, 'nothing') }).catch(receivedError)
    expect(error).toMatchObject({ code: 'input/refused' })
    socket.close()
  })
})

test('closing ends every window and frees the port', async () => {
  const other = await connectHost(engine, { host: '127.0.0.1', port: 0, rendererFolder: folder, onProblem: () => {} })
  const window = await openWindow(other.port, await signIn(other.port, other.newLink()))
  const events = await window.client.events({})
  const listening = (async () => {
    for await (const _event of events);
  })()
  listening.catch(() => {})
  await other.close()
  await expect(listening).rejects.toBeDefined()
  const again = await connectHost(engine, {
    host: '127.0.0.1',
    port: other.port,
    rendererFolder: folder,
    onProblem: () => {},
  })
  await again.close()
  expect(existsSync(file)).toBe(true)
})
