import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { montageSchema } from '../../src-shared/contract/montage.ts'
import type { Contract } from '../../src-shared/contract/router.ts'
import type { FromEngine, ToEngine } from '../../src-shared/contract/shell-messages.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

/** The engine as the desktop runs it, with this test in the place of the shell. */
const folder = tempFolder()
const helper = new URL('../helpers/utility-process.ts', import.meta.url)
const program = (name: string): string => new URL(`../../src-main/${name}.ts`, import.meta.url).href

function startEngine(dataFolder: string) {
  const worker = new Worker(helper, { argv: ['--data-dir', dataFolder], workerData: program('desktop-engine') })
  const heard: FromEngine[] = []
  const tell = (message: ToEngine, ports: MessagePort[] = []): void => worker.postMessage({ message, ports }, ports)
  const children = new Map<number, Worker>()
  worker.on('message', (message: FromEngine) => {
    heard.push(message)
    if (message.kind === 'fork') fork(message.child, message.entry)
    if (message.kind === 'kill') void children.get(message.child)?.terminate()
  })
  /** As the shell does it: the two get a connection of their own. */
  function fork(child: number, entry: string): void {
    const started = new Worker(helper, { workerData: program(entry) })
    const { port1, port2 } = new MessageChannel()
    started.postMessage({ message: null, ports: [port1] }, [port1])
    tell({ kind: 'child', child }, [port2])
    started.once('exit', (code) => tell({ kind: 'child-exit', child, code }))
    children.set(child, started)
  }
  return {
    worker,
    tell,
    async hear<K extends FromEngine['kind']>(kind: K, fits: (said: Extract<FromEngine, { kind: K }>) => boolean) {
      return vi.waitFor(
        () => {
          const found = heard.find(
            (said): said is Extract<FromEngine, { kind: K }> => said.kind === kind && fits(said as never),
          )
          if (found === undefined) throw new Error(`Heard only: ${JSON.stringify(heard)}`)
          return found
        },
        { timeout: 60_000, interval: 20 },
      )
    },
    window() {
      const { port1, port2 } = new MessageChannel()
      worker.postMessage({ message: { kind: 'window' } satisfies ToEngine, ports: [port2] }, [port2])
      const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port1 }))
      return { client, close: () => port1.close() }
    },
  }
}

describe('the desktop’s engine', () => {
  let recording: string
  let engine: ReturnType<typeof startEngine>

  beforeAll(async () => {
    recording = await makeMedia(folder, { seconds: 4 })
    engine = startEngine(path.join(folder, 'data'))
  })
  afterAll(() => engine.worker.terminate())

  test('answers windows, each on a connection of its own', async () => {
    const [one, two] = [engine.window(), engine.window()]
    const info = await one.client.app.info()
    expect(info).toMatchObject({
      host: 'desktop',
      capabilities: { nativeDialogs: true, trash: true, openExternal: true },
    })
    one.close()
    expect((await two.client.app.info()).run).toBe(info.run)
    two.close()
  })

  test('tells the shell the settings that it lives by, also as they change', async () => {
    await engine.hear('settings', ({ settings }) => settings.language === 'system' && settings.notifications)
    const { client, close } = engine.window()
    await client.settings.change({ language: 'de' })
    const { settings } = await engine.hear('settings', (said) => said.settings.language === 'de')
    expect(settings).toEqual({ startAtLogin: false, notifications: true, language: 'de' })
    close()
  })

  test('analyses what was opened with the application, with the model in a process of its own, and tells of it', async () => {
    engine.tell({ kind: 'open', paths: [path.join(folder, 'gone.mp4'), recording] })
    await engine.hear('work', ({ work }) => work.running === 1)
    const { notice } = await engine.hear('notice', ({ notice: { outcome } }) => outcome === 'done')
    expect(notice).toMatchObject({ kind: 'analyze', recordingId: 1 })
    await engine.hear('fork', ({ entry }) => entry === 'infer')
  })

  test('answers for media by number, with ranges, and for nothing else', async () => {
    const ask = async (id: number, at: string, range?: string) => {
      engine.tell({ kind: 'media', id, request: { method: 'GET', path: at, headers: { range } } })
      return (await engine.hear('media-answer', (answer) => answer.id === id)).answer
    }
    expect(await ask(1, '/media/recording/1', 'bytes=0-99')).toMatchObject({
      status: 206,
      body: { kind: 'file', path: recording, first: 0, last: 99 },
    })
    expect((await ask(2, '/media/recording/1', 'bytes=999999999-')).status).toBe(416)
    expect((await ask(3, '/media/recording/99')).status).toBe(404)
    expect((await ask(4, `/media/recording/..%2F..%2Fetc%2Fpasswd`)).status).toBe(404)
  })

  test('asks the shell for what only that can do', async () => {
    const { client, close } = engine.window()
    const revealed = client.recordings.reveal({ id: 1 })
    const asked = await engine.hear('ask', ({ what }) => what === 'revealInFolder')
    expect(asked.value).toBe(recording)
    engine.tell({ kind: 'answer', id: asked.id, failure: null })
    await revealed
    close()
  })

  test('has the shell put a finished file on the clipboard, while there is one', async () => {
    const file = path.join(folder, 'Best of.mp4')
    writeFileSync(file, 'film')
    const library = openLibrary(path.join(folder, 'data'))
    const montage = montageSchema.parse({ title: 'Best of', clips: [{ clipId: 1 }] })
    const render = { kind: 'landscape', start: 0, end: 1, cut: 'copy', verified: true, planHash: '' } as const
    library.renders.saveMontage(montage, { ...render, path: file, size: 4, mtimeMs: 1 })
    library.close()
    const { client, close } = engine.window()
    expect((await client.app.info()).capabilities.copyFile).toBe(true)
    const { id } = (await client.exports.list({})).items.find(({ title }) => title === 'Best of')!
    const copied = client.exports.copy({ id })
    const asked = await engine.hear('ask', ({ what }) => what === 'copyFile')
    expect(asked.value).toBe(file)
    engine.tell({ kind: 'answer', id: asked.id, failure: null })
    await copied
    rmSync(file)
    await expect(client.exports.copy({ id })).rejects.toMatchObject({ code: 'input/not-found' })
    close()
  })

  test('ends in good order', async () => {
    const exited = once(engine.worker, 'exit')
    engine.tell({ kind: 'close' })
    expect(await exited).toEqual([0])
  })
})

test('a library that cannot be opened is said, in words for people', async () => {
  const file = path.join(folder, 'a file')
  writeFileSync(file, '')
  const engine = startEngine(path.join(file, 'data'))
  const exited = once(engine.worker, 'exit')
  const { message } = await engine.hear('failed', () => true)
  expect(message).toMatch(/\w{3,}.*\.$/)
  expect(await exited).toEqual([1])
})
