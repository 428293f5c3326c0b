import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import type { Playback } from '../../../src-shared/contract/playback.ts'
import { ask, openWindow, own, signIn, tokenOf } from '../../helpers/browser-like.ts'
import { processesWith } from '../../helpers/leftovers.ts'
import { makeMedia } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-serve')
const cli = fileURLToPath(new URL('../../../src-main/cli.ts', import.meta.url))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
})

interface Serving {
  child: ChildProcess
  port: number
  url: string
  /** The next line of JSON. */
  next(): Promise<{ url: string; port: number }>
  stderr(): string
  ended: Promise<number | null>
}

async function serve(dataDir: string, ...more: string[]): Promise<Serving> {
  const args = [cli, 'serve', '--json', '--port', '0', '--data-dir', dataDir, ...more]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  children.push(child)
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => (text += more))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (): Promise<{ url: string; port: number }> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`it ended: ${text}`)
    return JSON.parse(value) as { url: string; port: number }
  }
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve))
  return { child, ...(await next()), next, stderr: () => text, ended }
}

describe('clutchcut serve', () => {
  test('signs in by its link, gives another when asked, and ends with everything it started', async () => {
    const dataDir = path.join(folder, 'data')
    const serving = await serve(dataDir)
    const { port, child } = serving
    const cookie = await signIn(port, serving.url)
    await expect(signIn(port, serving.url)).rejects.toThrow('401')
    child.stdin!.write('\n')
    const renewed = await serving.next()
    expect(renewed.port).toBe(port)
    expect(await signIn(port, renewed.url)).not.toBe(cookie)

    // A file arrives by upload, becomes a job, and its proxy is on the way when the end comes.
    const file = await makeMedia(folder, {
      container: 'mkv',
      seconds: 12,
      video: { codec: 'hevc', width: 640, height: 360 },
    })
    const sent = await ask(port, '/upload?name=match.mkv', {
      method: 'PUT',
      headers: own(port, cookie),
      body: readFileSync(file),
    })
    const { path: uploaded } = JSON.parse(sent.body.toString()) as { path: string }
    expect(statSync(uploaded).size).toBe(statSync(file).size)
    const { client, socket } = await openWindow(port, cookie)
    expect((await client.files.browse({ folder: path.dirname(uploaded) })).entries).toHaveLength(1)
    const job = await client.jobs.add({ spec: { kind: 'analyze', path: uploaded, device: 'cpu' } })
    let found: Playback | undefined
    await expect
      .poll(
        async () => {
          const { recording } = await client.jobs.get({ id: job.id })
          const { items } = await client.recordings.list({})
          const item = items.find(({ fingerprint }) => recording === null || fingerprint === recording)
          if (item === undefined) return null
          found = await client.recordings.playback({ id: item.id })
          return found.kind
        },
        { timeout: 30_000 },
      )
      .toBe('proxy')
    if (found?.kind !== 'proxy') throw new Error('no proxy')
    const piece = await ask(port, found.video!.path.replace('{n}', '0'), { headers: own(port, cookie) })
    expect(piece.status).toBe(200)
    expect(piece.body.toString('latin1', 4, 8)).toBe('ftyp')
    const unfinished = ask(port, found.video!.path.replace('{n}', '2'), { headers: own(port, cookie) }).catch(
      () => null,
    )

    const closed = new Promise((resolve) => void socket.once('close', resolve))
    child.kill('SIGINT')
    expect(await serving.ended).toBe(0)
    await Promise.all([closed, unfinished])
    await expect(ask(port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await expect.poll(() => processesWith(dataDir)).toEqual([])

    // Neither tokens nor cookies are in what it wrote.
    const logs = readdirSync(path.join(dataDir, 'logs')).map((name) =>
      readFileSync(path.join(dataDir, 'logs', name), 'utf8'),
    )
    for (const secret of [tokenOf(serving.url), tokenOf(renewed.url), cookie.split('=')[1]!]) {
      for (const log of [...logs, serving.stderr()]) expect(log).not.toContain(secret)
    }
  }, 90_000)

  test('warns when others can reach it, and says what is wrong with a port', async () => {
    const serving = await serve(path.join(folder, 'open'), '--host', '0.0.0.0')
    await expect.poll(serving.stderr).toContain('others in this network can reach it')
    expect((await ask(serving.port, '/session')).status).toBe(401)
    const taken = spawn(process.execPath, [
      ...[cli, 'serve', '--port', String(serving.port), '--host', '0.0.0.0'],
      ...['--data-dir', path.join(folder, 'taken')],
    ])
    children.push(taken)
    let said = ''
    taken.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    const code = await new Promise((resolve) => void taken.once('exit', resolve))
    expect([code, said]).toEqual([2, expect.stringContaining(`Port ${serving.port} is taken`)])
    serving.child.kill('SIGTERM')
    expect(await serving.ended).toBe(0)
  }, 60_000)
})
