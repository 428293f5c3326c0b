import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  analysisDocumentSchema,
  processDocumentSchema,
  type AnalysisDocument,
} from '../../src-shared/contract/documents.ts'
import { logText, makeChat, twitchJson } from '../helpers/make-chat.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { runCli, type CliResult } from '../helpers/run-cli.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-chat-cli')
const seconds = 300
/** Viewers cheer at 2:20 about what happened at 2:00. */
const messages = makeChat({ seconds, spikes: [[140, 50]] })
const startedAt = Date.UTC(2026, 10, 22, 20)
let dated: string
let undated: string
const chats = join(root, 'chat.json')

/** Five minutes in which nothing happens but hum; one says when it was made. */
beforeAll(async () => {
  const recipe = {
    container: 'mkv' as const,
    seconds,
    video: { gop: 60 },
    audio: [{ title: 'Game', source: `aevalsrc='0.02*sin(2*PI*220*t)':s=48000:d=${seconds}` }],
  }
  undated = await makeMedia(root, recipe, 'quiet.mkv')
  const made = { metadata: { creation_time: '2026-11-22T20:00:00Z' } }
  dated = await makeMedia(root, { ...recipe, ...made }, 'dated.mkv')
  writeFileSync(chats, twitchJson(messages))
})

const run = (...args: string[]): Promise<CliResult> => runCli([...args, '--data-dir', join(root, 'data')])
async function analyze(file: string, ...args: string[]): Promise<AnalysisDocument> {
  const result = await run('analyze', file, '--device', 'cpu', '--json', ...args)
  expect(result.stderr).toBe('')
  return analysisDocumentSchema.parse(JSON.parse(result.stdout))
}
const untimed = (document: AnalysisDocument): string => JSON.stringify({ ...document, timing: null })
function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(root, name), content)
  return join(root, name)
}
/** The moment at 2:00 is found first, because of the chat. */
function expectMoment({ segments }: Pick<AnalysisDocument, 'segments'>): void {
  const [first] = segments
  expect(first!.selected).toBe(true)
  expect(first!.reasons[0]!.signal).toBe('chat.rate')
  expect(Math.abs(first!.peak - 120)).toBeLessThanOrEqual(5)
  expect(first!.reasons[0]!.text).toMatch(/^Chat spike: \d+ times as many messages as in the/)
}

describe('analyze --chat', () => {
  it('finds what the viewers answered, and a recording without chat loses nothing', async () => {
    const before = await analyze(undated)
    expect(before.segments.some(({ selected }) => selected)).toBe(false)
    expect(before).not.toHaveProperty('chat')

    const document = await analyze(undated, '--chat', chats)
    expectMoment(document)
    expect(Object.keys(document.timing.stages)).not.toContain('score')
    expect(document.chat).toMatchObject({
      format: 'json',
      messages: messages.length,
      placedBy: 'start',
      lagSeconds: 20,
    })
    expect(document.warnings).toEqual([expect.stringContaining('taken to begin with the recording')])
    expect(document.scores.values.filter((value, i) => value === before.scores.values[i]).length).toBeGreaterThan(
      before.scores.values.length / 2,
    )

    expect(untimed(await analyze(undated))).toBe(untimed(before))
    expect(untimed(await analyze(undated, '--no-cache'))).toBe(untimed(before))
    // A chat in which nobody speaks while this was recorded says nothing.
    const elsewhere = await analyze(undated, '--chat', chats, '--chat-offset', '9000')
    expect(elsewhere.scores).toEqual(before.scores)
    expect(elsewhere.segments).toEqual(before.segments)
    expect(elsewhere.warnings).toEqual([expect.stringContaining('No message of the chat')])
  })

  it('starts at the chat when its content has changed, whatever its name', async () => {
    const changing = write('changing.json', twitchJson(messages))
    await analyze(undated, '--chat', changing)
    expect(Object.keys((await analyze(undated, '--chat', changing)).timing.stages)).toEqual(['import'])
    write('changing.json', twitchJson(messages.slice(0, -5)))
    const { timing, chat } = await analyze(undated, '--chat', changing)
    expect(Object.keys(timing.stages)).toEqual(['import', 'chat', 'select'])
    expect(chat!.messages).toBe(messages.length - 5)
  })

  it('places times of day by the date of the recording', async () => {
    // The broadcast began a minute before the recording.
    const json = write(
      'early.json.gz',
      gzipSync(
        twitchJson(
          messages.map((m) => ({ ...m, time: m.time + 60 })),
          { startedAt: startedAt - 60_000 },
        ),
      ),
    )
    const document = await analyze(dated, '--chat', json)
    expectMoment(document)
    expect(document.chat).toMatchObject({ placedBy: 'clock', warnings: [] })
    const log = write('zone.log', `# Start logging: 2026-11-22 21:00:00 +0100\n${logText(messages, 21 * 3600)}`)
    expectMoment(await analyze(dated, '--chat', log))
  })

  it('needs to be told when the recording began, if nothing says so', async () => {
    const log = write('day.log', logText(messages, 20 * 3600))
    const asked = await run('analyze', undated, '--chat', log)
    expect(asked.code).toBe(4)
    expect(asked.stderr).toContain('--chat-offset')
    expectMoment(await analyze(undated, '--chat', log, '--chat-offset', String(Math.floor(messages[0]!.time))))
  })

  it('refuses what is no chat before it analyses, and what is no number', async () => {
    const fresh = join(root, 'fresh')
    const refuse = async (code: number, ...args: string[]): Promise<string> => {
      const result = await runCli(['analyze', undated, ...args, '--data-dir', fresh])
      expect(result.code).toBe(code)
      return result.stderr
    }
    expect(await refuse(3, '--chat', join(root, 'nothing.json'))).toContain('There is no chat file')
    expect(await refuse(3, '--chat', root)).toContain('is not a file')
    expect(await refuse(3, '--chat', write('empty.json', ''))).toContain('is empty')
    expect(await refuse(3, '--chat', undated)).toContain('no chat')
    expect(await refuse(3, '--chat', write('diary.txt', 'Dear diary\n'))).toContain('No chat messages were found')
    const both = ['process', undated, dated, '--out', root, '--chat', chats, '--chat-offset', '5']
    expect((await run(...both)).code).toBe(2)
    expect(await refuse(2, '--chat-offset', '5')).toContain('--chat')
    expect(await refuse(2, '--chat', chats, '--chat-offset', 'soon')).toContain('number of seconds')
    expect(existsSync(join(fresh, 'features')) ? readdirSync(join(fresh, 'features')) : []).toEqual([])
  })
})

describe('process --chat', () => {
  it('cuts the moment that the viewers answered, and says why', async () => {
    const broken = write('broken.log', `garbage\n[20:00:0\n${logText(messages, 20 * 3600)}`)
    const args = [
      '--out',
      join(root, 'clips'),
      '--chat',
      broken,
      '--chat-offset',
      String(Math.floor(messages[0]!.time)),
    ]
    const result = await run('process', undated, ...args, '--json')
    expect(result.code).toBe(0)
    const [recording] = processDocumentSchema.parse(JSON.parse(result.stdout)).recordings
    expectMoment(recording!)
    expect(recording!.clips).toHaveLength(1)
    expect(recording!.chat).toMatchObject({ format: 'log', skipped: 2, placedBy: 'hand' })
    const human = await run('process', undated, ...args)
    expect(human.stdout).toContain('Chat spike')
    expect(human.stdout).toContain('Note: 2 lines of the chat broken.log could not be read.')
    expect((await run('library', 'search', 'Chat spike')).stdout).toContain('[Chat] [spike]')
  })
})
