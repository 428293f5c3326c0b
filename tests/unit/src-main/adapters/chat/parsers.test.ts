import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChatParser } from '../../../../../src-main/adapters/chat/chat-parser.ts'
import { JsonElements, longestElement } from '../../../../../src-main/adapters/chat/json-elements.ts'
import { CsvChatParser, readCsvHeader } from '../../../../../src-main/adapters/chat/parse-csv.ts'
import { JsonChatParser } from '../../../../../src-main/adapters/chat/parse-json.ts'
import { LogChatParser } from '../../../../../src-main/adapters/chat/parse-log.ts'
import { readTime } from '../../../../../src-shared/domain/read-time.ts'
import { LineSplitter, longestLine } from '../../../../../src-main/adapters/chat/split-lines.ts'
import type { ChatMessage } from '../../../../../src-shared/domain/chat.ts'
import { csvText, logText, makeChat, twitchJson } from '../../../../helpers/make-chat.ts'

interface Parsed {
  messages: ChatMessage[]
  skipped: number
  truncated: boolean
  clock: ChatParser['clock']
}

function parse(parser: ChatParser, pieces: readonly string[]): Parsed {
  const messages = pieces.flatMap((piece) => parser.push(piece))
  messages.push(...parser.end())
  return { messages, skipped: parser.skipped, truncated: parser.truncated, clock: parser.clock }
}
const parseLog = (text: string): Parsed => parse(new LogChatParser(), [text])
const parseCsv = (text: string): Parsed => parse(new CsvChatParser(), [text])
const parseJson = (text: string): Parsed => parse(new JsonChatParser({ lines: false }), [text])

/** The text cut at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set([0, ...places.map((place) => place % (text.length + 1)), text.length])].toSorted(
    (a, b) => a - b,
  )
  return at.slice(1).map((end, i) => text.slice(at[i], end))
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 })
const anyMessage = fc.record({
  time: fc.integer({ min: 0, max: 86_000_000 }).map((ms) => ms / 1000),
  author: anyText,
  text: anyText,
  emotes: fc.integer({ min: 0, max: 3 }),
})
const anyChat = fc.array(anyMessage, { minLength: 1, maxLength: 12 })
const places = fc.array(fc.nat(100_000), { maxLength: 12 })

describe('where the pieces of a file are cut', () => {
  it('changes nothing: JSON, compact and indented, comes out as it went in', () => {
    fc.assert(
      fc.property(anyChat, places, fc.constantFrom(0, 2), (chat, cuts, indent) => {
        const text = twitchJson(chat, { indent })
        const { messages, skipped, truncated } = parse(new JsonChatParser({ lines: false }), cut(text, cuts))
        expect(messages.map(({ time, text, emotes }) => ({ time, text, emotes }))).toEqual(
          chat.map(({ time, text, emotes }) => ({ time, text, emotes })),
        )
        expect({ skipped, truncated }).toEqual({ skipped: 0, truncated: false })
      }),
    )
  })

  it('changes nothing: one JSON message a line', () => {
    fc.assert(
      fc.property(anyChat, places, (chat, cuts) => {
        const lines = chat.map(({ time, author, text }) =>
          JSON.stringify({ time_in_seconds: time, author, message: text }),
        )
        const { messages } = parse(new JsonChatParser({ lines: true }), cut(lines.join('\n'), cuts))
        expect(messages).toEqual(chat.map((message) => ({ ...message, emotes: 0 })))
      }),
    )
  })

  it('changes nothing: CSV comes out as it went in, line breaks and quotation marks and all', () => {
    const bare = anyChat.map((chat) =>
      // A carriage return before a line end is part of the line end.
      chat.map((message) => ({ ...message, author: clean(message.author), text: clean(message.text), emotes: 0 })),
    )
    fc.assert(
      fc.property(
        bare,
        places,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        (chat, cuts, separator, end) => {
          const { messages, skipped } = parse(new CsvChatParser(), cut(csvText(chat, { separator, end }), cuts))
          expect(messages).toEqual(chat)
          expect(skipped).toBe(0)
        },
      ),
    )
    function clean(text: string): string {
      return text.replaceAll('\r', '').replaceAll('\n', ' ')
    }
  })

  it('changes nothing: any text at all gives the same messages, and never throws', () => {
    const parsers = [
      () => new LogChatParser(),
      () => new CsvChatParser(),
      () => new JsonChatParser({ lines: false }),
      () => new JsonChatParser({ lines: true }),
    ]
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(
            ...[
              '[',
              ']',
              '{',
              '}',
              '"',
              '\\',
              ',',
              ':',
              '\n',
              '\r',
              '\0',
              '"comments"',
              '"a"',
              'time,message',
              '1',
              '"""',
            ],
            ...[
              '[20:15:30] ',
              '[23:59:59] <a> b\n',
              '[00:00:01] <a> b\n',
              '<a> b',
              '# 2026-11-22 20:15:30',
              '-5',
              '{"time":1}',
            ],
          ),
          { maxLength: 60 },
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(hostile, places, fc.constantFrom(...parsers), (text, cuts, create) => {
        expect(parse(create(), cut(text, cuts))).toEqual(parse(create(), [text]))
      }),
      { numRuns: 500 },
    )
  })
})

describe('JSON', () => {
  it('keeps nothing of what is too long, and goes on after it', () => {
    const chat = makeChat({ seconds: 60 }).slice(0, 3)
    const long = { ...chat[1]!, text: 'x'.repeat(longestElement) }
    const { messages, skipped } = parseJson(twitchJson([chat[0]!, long, chat[2]!]))
    expect(messages.map(({ time }) => time)).toEqual([chat[0]!.time, chat[2]!.time])
    expect(skipped).toBe(1)
  })

  it('says that it breaks off, and gives what is there', () => {
    const text = twitchJson(makeChat({ seconds: 60 }))
    const { messages, truncated } = parseJson(text.slice(0, text.length / 4))
    expect(messages.length).toBeGreaterThan(3)
    expect(truncated).toBe(true)
  })

  it('skips what has no time, or an impossible one', () => {
    const times = [5, -5, 1e300, '7', null, 40]
    const text = JSON.stringify({ comments: times.map((t) => ({ content_offset_seconds: t, message: { body: 'a' } })) })
    const { messages, skipped } = parseJson(text)
    expect(messages.map(({ time }) => time)).toEqual([5, 40])
    expect(skipped).toBe(4)
  })

  it('knows when the broadcast began', () => {
    const startedAt = Date.UTC(2026, 10, 22, 20)
    expect(parseJson(twitchJson(makeChat({ seconds: 60 }), { startedAt })).clock).toEqual({
      kind: 'offset',
      startedAt: startedAt / 1000,
    })
  })

  it('is not deceived by depth', () => {
    const deep = new JsonElements()
    deep.push('['.repeat(2_000_000))
    expect(deep.broken).toBe(true)
    expect(
      parseJson(`{"comments":[${'{"a":'.repeat(500)}1${'}'.repeat(500)},{"offset":3,"text":"b"}]}`).messages,
    ).toEqual([{ time: 3, author: '', text: 'b', emotes: 0 }])
  })
})

describe('logs', () => {
  it('run past midnight, and a line that comes a little late stays in its day', () => {
    const text = '[23:59:58] <a> one\n[00:00:01] <b> two\n[23:59:59] <c> late\n[00:00:05] <d> three\n'
    const { messages, clock } = parseLog(text)
    expect(clock).toEqual({ kind: 'day' })
    const [first] = messages
    expect(messages.map(({ time }) => time - first!.time)).toEqual([0, 3, 1, 7])
  })

  it('run past several midnights', () => {
    const chat = makeChat({ seconds: 60 * 3600, perMinute: 1 })
    const { messages } = parseLog(logText(chat, 20 * 3600))
    expect(messages).toHaveLength(chat.length)
    for (const [i, { time }] of messages.entries()) {
      expect(time - messages[0]!.time).toBeCloseTo(Math.floor(chat[i]!.time) - Math.floor(chat[0]!.time), 6)
    }
  })

  it('have the date and zone that Chatty writes above them, each time it is started', () => {
    const text = [
      '# Start logging: 2026-11-22 23:59:50 +0100',
      '[23:59:55] <@mod> hi',
      '[00:00:03] <%Sub> gg',
      '# Stop logging: 2026-11-23 00:00:10 +0100',
      '# Start logging: 2026-11-24 08:00:00 +0100',
      '[08:00:01] <a> morning',
    ].join('\r\n')
    const { messages, clock, skipped } = parseLog(text)
    expect(clock).toEqual({ kind: 'absolute' })
    expect(messages.map(({ time, author }) => [new Date(time * 1000).toISOString(), author])).toEqual([
      ['2026-11-22T22:59:55.000Z', 'mod'],
      ['2026-11-22T23:00:03.000Z', 'Sub'],
      ['2026-11-24T07:00:01.000Z', 'a'],
    ])
    expect(skipped).toBe(0)
  })

  it.each([
    ['[2026-11-22 20:15:30] <user> some text', { kind: 'wall' }, 'user', 'some text'],
    ['[2026-11-22 20:15:30 UTC] user: some text', { kind: 'absolute' }, 'user', 'some text'],
    ['2026-11-22T20:15:30.250Z <user> some text', { kind: 'absolute' }, 'user', 'some text'],
    ['[20:15:30] user: some text', { kind: 'day' }, 'user', 'some text'],
    ['[20:15:30]  名前 (login): some: text', { kind: 'day' }, '名前', 'some: text'],
    ['20:15:30 <@op> some text', { kind: 'day' }, 'op', 'some text'],
    ['[20:15:30] * user dances', { kind: 'day' }, 'user', 'dances'],
    ['[0:15:30] user: some text', { kind: 'offset', startedAt: null }, 'user', 'some text'],
    ['[20:15:30] :user!u@h PRIVMSG #c :some text', { kind: 'day' }, 'user', 'some text'],
    [
      '@badges=;emotes=25:0-4,6-10;tmi-sent-ts=1795377600000 :user!u@h PRIVMSG #c :Kappa Kappa',
      { kind: 'absolute' },
      'user',
      'Kappa Kappa',
    ],
  ])('understand %s', (line, clock, author, text) => {
    const parsed = parseLog(line)
    expect(parsed.clock).toEqual(clock)
    expect(parsed.messages).toMatchObject([{ author, text }])
  })

  it('pass over joins and raids silently, and count what is no line of a log', () => {
    const { messages, skipped } = parseLog(
      '[20:15:30] <a> b\n[20:15:31] *** c joins\n[20:15:32] [raid] d\nwhat is this\n[25:00:00] <a> b\n',
    )
    expect(messages).toHaveLength(1)
    expect(skipped).toBe(2)
  })

  it('may have lines of any length', () => {
    const { messages, skipped } = parseLog(
      `[20:15:30] <a> b\n[20:15:31] <a> ${'x'.repeat(longestLine)}\n[20:15:32] <a> c`,
    )
    expect(messages.map(({ text }) => text)).toEqual(['b', 'c'])
    expect(skipped).toBe(1)
  })
})

describe('lines', () => {
  it('are not kept while they are too long', () => {
    const lines = new LineSplitter()
    for (let i = 0; i < 100; i++) expect(lines.push('x'.repeat(longestLine))).toEqual([])
    expect(Object.values(lines).some((kept) => typeof kept === 'string' && kept.length > longestLine)).toBe(false)
    expect(lines.push('\nnext\n')).toEqual(['next'])
    expect(lines.overlong).toBe(1)
  })
})

describe('CSV', () => {
  it.each([
    ['time,author,message', { separator: ',', time: 0, author: 1, text: 2 }],
    ['Message;Offset (seconds);User Name', { separator: ';', time: 1, author: 2, text: 0 }],
    ['"created_at"\t"display name"\t"body"', { separator: '\t', time: 0, author: 1, text: 2 }],
    ['time_in_seconds,timestamp,message', { separator: ',', time: 0, author: -1, text: 2 }],
  ])('finds the columns of %s', (header, columns) => {
    expect(readCsvHeader(header)).toEqual(columns)
  })

  it.each(['time', 'a,b,c', '1,2,3', '', 'author,message'])('finds none in "%s"', (header) => {
    expect(readCsvHeader(header)).toBeNull()
  })

  it('survives a quotation mark that is never closed', () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},a,m${i}`)
    rows[10] = '10,a,"never closed'
    const { messages, skipped } = parseCsv(`time,author,message\n${rows.join('\n')}\n`)
    expect(messages.map(({ time }) => time)).toEqual(rows.flatMap((_, i) => (i === 10 ? [] : [i])))
    expect(skipped).toBe(1)
  })

  it('keeps a quotation mark within a bare cell', () => {
    expect(parseCsv('time,author,message\n1,a,5" screen\n2,b,c').messages.map(({ text }) => text)).toEqual([
      '5" screen',
      'c',
    ])
  })
})

describe('times', () => {
  it.each([
    ['754.25', { kind: 'offset', seconds: 754.25 }],
    ['12:34', { kind: 'offset', seconds: 754 }],
    ['1:02:03.5', { kind: 'offset', seconds: 3723.5 }],
    ['1795377600', { kind: 'absolute', seconds: 1_795_377_600 }],
    ['1795377600123', { kind: 'absolute', seconds: 1_795_377_600.123 }],
    ['1795377600123456', { kind: 'absolute', seconds: 1_795_377_600.123456 }],
    ['2026-11-22T20:00:00Z', { kind: 'absolute', seconds: 1_795_377_600 }],
    ['2026-11-22 21:30:00 +01:30', { kind: 'absolute', seconds: 1_795_377_600 }],
    ['2026-11-22 20:00:00', { kind: 'wall', seconds: 1_795_377_600 }],
  ])('%s', (text, time) => {
    expect(readTime(text)).toEqual(time)
  })

  it.each(['', '-5', 'NaN', 'Infinity', '1e9', '2026-02-30 20:00:00', '2026-11-22', '12:3', 'noon'])(
    'not "%s"',
    (text) => {
      expect(readTime(text)).toBeNull()
    },
  )
})
