import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { assertChatUnchanged, identifyChat, readChat } from '../../../../../src-main/adapters/chat/read-chat.ts'
import type { ChatMessage } from '../../../../../src-shared/domain/chat.ts'
import { csvText, logText, makeChat, seeded, twitchJson } from '../../../../helpers/make-chat.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-chat')
let files = 0
function write(content: string | Uint8Array): string {
  files += 1
  const path = join(folder, `chat-${files}`)
  writeFileSync(path, content)
  return path
}
async function read(path: string, options = {}) {
  const file = await readChat(path, options)
  const messages: ChatMessage[] = []
  for await (const message of file.messages) messages.push(message)
  return { ...file, messages }
}
const codeOf = (path: string): Promise<string> =>
  read(path).then(
    () => 'none',
    (error: { code: string }) => error.code,
  )
const chat = makeChat({ seconds: 1800, spikes: [[900, 40]] })
const times = (messages: readonly ChatMessage[]): number[] => messages.map(({ time }) => time)

describe('the content tells the format', () => {
  it('TwitchDownloader, compact and indented, with a mark at its beginning or not', async () => {
    for (const content of [twitchJson(chat), twitchJson(chat, { indent: 2 }), `\uFEFF${twitchJson(chat)}`]) {
      const { format, clock, messages, report } = await read(write(content))
      expect({ format, clock }).toEqual({ format: 'json', clock: { kind: 'offset', startedAt: null } })
      expect(messages).toEqual(chat)
      expect(report).toEqual({ messages: chat.length, skipped: 0, truncated: false, cut: false })
    }
  })

  it('gzip', async () => {
    expect((await read(write(gzipSync(twitchJson(chat))))).messages).toEqual(chat)
    expect((await read(write(gzipSync(csvText(chat))))).messages).toEqual(chat)
  })

  it('an array, and a message a line', async () => {
    const entries = chat.map(({ time, author, text }) => ({
      time_in_seconds: time,
      author: { name: author },
      message: text,
    }))
    const array = await read(write(JSON.stringify(entries)))
    expect(array).toMatchObject({ format: 'json', messages: chat })
    const lines = await read(write(entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')))
    expect(lines).toMatchObject({ format: 'json-lines', messages: chat })
  })

  it('logs', async () => {
    const { format, clock, messages } = await read(write(logText(chat, 20 * 3600)))
    expect({ format, clock }).toEqual({ format: 'log', clock: { kind: 'day' } })
    expect(messages.map(({ author, text }) => [author, text])).toEqual(chat.map(({ author, text }) => [author, text]))
    const dated = await read(write(logText(chat, Date.UTC(2026, 10, 22) / 1000, { dated: true })))
    expect(dated.clock).toEqual({ kind: 'wall' })
  })

  it('CSV', async () => {
    expect(await read(write(csvText(chat)))).toMatchObject({ format: 'csv', messages: chat })
  })

  it('UTF-16 and Latin', async () => {
    const text = '[20:15:30] <Jürgen> schön\n'
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    for (const bytes of [
      ...[Buffer.from(text), Buffer.from(text, 'latin1'), little, big],
      ...[Buffer.concat([Buffer.of(0xff, 0xfe), little]), Buffer.concat([Buffer.of(0xfe, 0xff), big])],
    ]) {
      expect((await read(write(bytes))).messages).toMatchObject([{ author: 'Jürgen', text: 'schön' }])
    }
  })
})

describe('what is no chat', () => {
  it('is refused with a reason', async () => {
    mkdirSync(join(folder, 'a-folder'))
    expect(await codeOf(join(folder, 'nothing-here'))).toBe('input/not-found')
    expect(await codeOf(join(folder, 'a-folder'))).toBe('input/not-a-file')
    expect(await codeOf(`${folder}/a\0b`)).toBe('input/not-found')
    expect(await codeOf(write(''))).toBe('input/empty')
    expect(await codeOf(write('\n\n  \n'))).toBe('input/unsupported')
    expect(await codeOf(write('Dear diary,\ntoday I streamed.\n'))).toBe('input/unsupported')
    expect(await codeOf(write('{"comments":[]}'))).toBe('input/unsupported')
    expect(await codeOf(write('{"comments":'))).toBe('input/unsupported')
    expect(await codeOf(write('[1,2,3]'))).toBe('input/unsupported')
    expect(await codeOf(write('time,author,message\n'))).toBe('input/unsupported')
    expect(await codeOf(write(Buffer.alloc(100_000)))).toBe('input/unsupported')
    expect(await codeOf(write(gzipSync(Buffer.alloc(100_000))))).toBe('input/unsupported')
    expect(await codeOf(write(gzipSync('')))).toBe('input/empty')
    expect(await codeOf(write(readFileSync(process.execPath).subarray(0, 300_000)))).toBe('input/unsupported')
  })

  it('costs no more than an error, whatever it is', async () => {
    const random = seeded(7)
    for (let i = 0; i < 40; i++) {
      const bytes = Buffer.from(Array.from({ length: 3000 }, () => Math.floor(random() * 256)))
      if (i % 2 === 0) bytes.set([0x1f, 0x8b, 8, 0])
      expect(await codeOf(write(bytes))).toMatch(/^(?:input\/(?:unsupported|empty|truncated)|none)$/)
    }
  })
})

describe('what is damaged', () => {
  it('is used as far as it goes', async () => {
    const half = twitchJson(chat).slice(0, 60_000)
    const { messages, report } = await read(write(half))
    expect(times(messages)).toEqual(times(chat).slice(0, messages.length))
    expect(messages.length).toBeGreaterThan(50)
    expect(report.truncated).toBe(true)
  })

  it('gzip that breaks off, and gzip that is torn', async () => {
    const random = seeded(3)
    const noisy = chat.map((message) => ({ ...message, text: String(random()) }))
    const packed = gzipSync(csvText(noisy))
    const cut = await read(write(packed.subarray(0, packed.length / 2)))
    expect(cut.messages.length).toBeGreaterThan(50)
    expect(times(cut.messages)).toEqual(times(chat).slice(0, cut.messages.length))
    expect(cut.report.truncated).toBe(true)
    const torn = Buffer.from(packed)
    torn.fill(0xff, packed.length / 2, packed.length / 2 + 50)
    const broken = await read(write(torn))
    expect(broken.report.truncated).toBe(true)
    expect(broken.messages.length).toBeGreaterThan(50)
    expect(await codeOf(write(packed.subarray(0, 12)))).toBe('input/truncated')
  })

  it('counts the lines that are no messages', async () => {
    const lines = logText(chat, 0).split('\n')
    lines.splice(5, 0, 'garbage', '\0\0\0', `x`.repeat(200_000))
    const { messages, report } = await read(write(lines.join('\n')))
    expect(messages).toHaveLength(chat.length)
    expect(report.skipped).toBe(3)
  })
})

describe('bounds', () => {
  it('reads no more messages than it is told', async () => {
    const { messages, report } = await read(write(csvText(chat)), { mostMessages: 10 })
    expect(times(messages)).toEqual(times(chat).slice(0, 10))
    expect(report.cut).toBe(true)
  })

  it('can be cancelled, and closed before it was read', async () => {
    const path = write(csvText(chat))
    const gone = AbortSignal.abort(new Error('enough'))
    await expect(readChat(path, { signal: gone })).rejects.toThrow('enough')
    await (await readChat(path)).close()
  })
})

it('is known by its content, and a change while it is read is noticed', async () => {
  const path = write(csvText(chat))
  const identity = await identifyChat(path)
  expect((await identifyChat(write(csvText(chat)))).sha256).toBe(identity.sha256)
  await expect(assertChatUnchanged(path, identity)).resolves.toBeUndefined()
  writeFileSync(path, `${csvText(chat)}99,a,b\n`)
  await expect(assertChatUnchanged(path, identity)).rejects.toMatchObject({ code: 'input/changed' })
  expect((await identifyChat(path)).sha256).not.toBe(identity.sha256)
  await expect(identifyChat(join(folder, 'nothing-here'))).rejects.toMatchObject({ code: 'input/not-found' })
})
