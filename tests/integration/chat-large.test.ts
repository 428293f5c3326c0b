import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip } from 'node:zlib'
import { expect, it } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-chat-large')
const source = (file: string): string => JSON.stringify(new URL(`../../src-main/${file}`, import.meta.url).href)

/** 200,000 messages, and the pictures of emotes that TwitchDownloader puts behind them: some 220 MB in all. */
function* largeChat(): Generator<string> {
  yield '{"FileInfo":{"Version":{"Major":1}},"comments":['
  for (let i = 0; i < 200_000; i++) {
    const commenter = { display_name: `user${i % 5000}`, bio: 'b'.repeat(200), logo: 'l'.repeat(100) }
    const message = { body: i % 50 === 0 ? 'LETS GOOO' : 'what comes next', fragments: [], user_badges: [] }
    yield `${i > 0 ? ',' : ''}${JSON.stringify({ content_offset_seconds: i / 20, commenter, message })}\n`
  }
  yield '],"embeddedData":{"thirdParty":['
  for (let i = 0; i < 250; i++) yield `${i > 0 ? ',' : ''}{"data":"${'eHh4'.repeat(125_000)}"}`
  yield ']}}'
}

it('reads a chat of 200,000 messages within 40 MB of heap', async () => {
  const path = join(root, 'large.json.gz')
  await pipeline(Readable.from(largeChat()), createGzip({ level: 1 }), createWriteStream(path))
  const program = `
    const { readChat } = await import(${source('adapters/chat/read-chat.ts')})
    const { collectMessages } = await import(${source('stages/chat/collect-messages.ts')})
    const file = await readChat(${JSON.stringify(path)})
    const log = await collectMessages(file.messages)
    console.log(JSON.stringify({ ...file.report, length: log.length, last: log.times[log.length - 1] }))`
  // Whatever grew with the file would end this process.
  const flags = ['--max-old-space-size=40', '--input-type=module', '-e', program]
  const { stdout } = await promisify(execFile)(process.execPath, flags)
  expect(JSON.parse(stdout)).toEqual({
    ...{ messages: 200_000, skipped: 0, truncated: false, cut: false },
    ...{ length: 200_000, last: 9999.95 },
  })
})
