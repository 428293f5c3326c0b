import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { labelsIn, readLabels } from '../../../../../src-main/adapters/labels/read-labels.ts'
import { ClutchcutError } from '../../../../../src-shared/contract/errors.ts'
import { truthOfLabels, type MarkedMoment } from '../../../../../src-shared/domain/evaluation/labels.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const moments = (content: string): readonly MarkedMoment[] => {
  const labels = labelsIn(content, 'labels.csv')
  if (labels.kind !== 'moments') throw new Error('these are events')
  return labels.moments
}
const problem = (content: string): string => {
  try {
    labelsIn(content, '/somewhere/labels.csv')
  } catch (error) {
    if (error instanceof ClutchcutError) return `${error.code}: ${error.message}`
  }
  return 'accepted'
}
const span = (start: number, end: number | null, name = '', weight = 1): MarkedMoment => ({ start, end, weight, name })

describe('tables', () => {
  test('spans and instants, in seconds or as clocks', () => {
    expect(moments('start,end\n12.5,20\n0:01:30,1:40.25\n')).toEqual([span(12.5, 20), span(90, 100.25)])
    expect(moments('time\r\n83.5\r\n1:02:03.004\r\n')).toEqual([span(83.5, null), span(3723.004, null)])
    expect(moments('start,end,time\n1,2,\n,,30')).toEqual([span(1, 2), span(30, null)])
  })

  test('weights, kinds and titles', () => {
    const text = 'Start;End;Weight;Kind;Title\n1,5;3;2,5;ace;"Five, ""in a row"""\n9;12;;clutch;\n'
    expect(moments(text)).toEqual([span(1.5, 3, 'Five, "in a row"', 2.5), span(9, 12, 'clutch')])
    expect(moments('start,end,weight\n1,2,0\n3,4,1')).toEqual([span(3, 4)])
  })

  test('without a header', () => {
    expect(moments('0:10\n0:40 \n')).toEqual([span(10, null), span(40, null)])
    expect(moments('# my list\n\n10,20,first\n30,40\n')).toEqual([span(10, 20, 'first'), span(30, 40)])
    expect(moments('10\tthe jump\n')).toEqual([span(10, null, 'the jump')])
  })

  test('a title may go on on the next line', () => {
    expect(moments('start,end,title\n1,2,"one\ntwo"\n5,6,x')).toEqual([span(1, 2, 'one\ntwo'), span(5, 6, 'x')])
  })

  test('what clutchcut export writes', () => {
    const text = 'file,title,start,end,peak,score,reasons\r\na.mkv,Ace,1.000,9.000,5.000,0.912,Loud moment\r\n'
    expect(moments(text)).toEqual([span(1, 9, 'Ace')])
  })

  it.each([
    ['start,end\n1,2\nfoo,3', 'line 3: "foo" is no time'],
    ['start,end\n\n5,4', 'line 3: the end (4) does not lie after the start (5)'],
    ['start,end\n1,2,\n-3,4', 'line 3: "-3" is no time'],
    ['start,end,weight\n1,2,much', 'line 2: the weight "much"'],
    ['start,end,weight\n1,2,-1', 'line 2: the weight "-1"'],
    ['start,end,title\n1,2,"open\n3,4,x', 'line 2: a quotation mark'],
    ['start,end\n,4', 'line 2: there is no start'],
    ['start,end\n99999999,999999999', 'is no time'],
    ['name,score\nx,1', 'line 1: this is no header'],
    ['2026-01-01 10:00:00', 'line 1: this is no header'],
    ['time,title\n2026-01-01 10:00:00,x', 'line 2: "2026-01-01 10:00:00" is no time'],
  ])('%j is refused with its line', (text, message) => {
    expect(problem(text)).toContain('input/unsupported: labels.csv, line')
    expect(problem(text)).toContain(message)
  })

  it.each(['start,end\n', '\n \n', '[]', '{"events":[]}'])('%j has no labels', (text) => {
    expect(problem(text)).toContain('input/empty: There are no labels in labels.csv')
  })
})

describe('JSON', () => {
  test('a list of moments', () => {
    expect(moments('[{"start":1,"end":"0:02.5","title":"x"},{"time":9,"weight":3}]')).toEqual([
      span(1, 2.5, 'x'),
      span(9, null, '', 3),
    ])
    expect(moments('{"game":[1],"moments":[{"t":5}]}')).toEqual([span(5, null)])
  })

  it.each([
    ['[\n {"start":1,"end":2},\n {"start":4,"end":"]["}\n]', 'line 3: "][" is no time'],
    ['{"name":"[","labels":[{"start":1,"end":2},\n\n7]}', 'line 3: entry 2 is no object'],
    ['[{"start":[1]}]', 'line 1: "start" of entry 1'],
    ['[\n{"start":1,}\n]', 'line 2: this is no JSON'],
    ['{"a":1}', 'line 1: there is no list'],
    ['[{"start":1', 'line 1: this is no JSON'],
  ])('%j is refused with its line', (text, message) => {
    expect(problem(text)).toContain(message)
  })
})

describe('event logs', () => {
  test('are known by their kinds, in JSON and in tables', () => {
    const events = [
      { t: 3, kind: 'other' },
      { t: 13, kind: 'kill' },
    ]
    const json = JSON.stringify({ name: 'x', events: events.map((event) => ({ ...event, weapon: 'y' })) })
    expect(labelsIn(json, 'x.json')).toEqual({ kind: 'events', events })
    expect(labelsIn('time,kind\n3,other\n13,kill', 'x.csv')).toEqual({ kind: 'events', events })
    expect(labelsIn('{"events":[{"t":1,"kind":"jump"}]}', 'x.json').kind).toBe('events')
  })

  test('are not what has weights, spans, titles of its own or other kinds', () => {
    for (const text of ['time,kind\n3,jump', 'time,kind,weight\n3,kill,2', 'start,end,kind\n3,4,kill', 'time\n3']) {
      expect([text, labelsIn(text, 'x').kind]).toEqual([text, 'moments'])
    }
  })
})

test('any text ends in labels or in a clear error', () => {
  const cell = fc.oneof(
    fc.constantFrom('start', 'end', 'time', 'kill', '1:02', '7', '"', '""', '[', '{', ''),
    fc.string(),
  )
  const table = fc.array(
    fc.array(cell, { maxLength: 4 }).map((row) => row.join(',')),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        table.map((rows) => rows.join('\n')),
        fc.json(),
        fc.string(),
      ),
      (text) => {
        const result = problem(text)
        expect(result).toMatch(/^(accepted$|input\/(unsupported|empty): )/)
      },
    ),
  )
})

test('written rows are read as they were', () => {
  const seconds = fc.integer({ min: 0, max: 1e8 }).map((n) => n / 1000)
  const title = fc.string().map((text) => text.trim().slice(0, 100))
  fc.assert(
    fc.property(fc.array(fc.tuple(seconds, fc.integer({ min: 1, max: 1000 }), title), { minLength: 1 }), (rows) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`
      const text = rows.map(([at, length, name]) => `${at},${at + length},${quoted(name)}\n`).join('')
      const expected = rows.map(([at, length, name]) => span(at, at + length, name.replaceAll(/[\r\n]/g, ' ').trim()))
      expect(moments(`start,end,title\n${text}`)).toEqual(expected)
    }),
  )
})

describe('files', () => {
  const folder = tempFolder('clutchcut-labels')
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const refusal = async (path: string): Promise<string> => {
    const error: unknown = await readLabels(path).catch((thrown: unknown) => thrown)
    return error instanceof ClutchcutError ? error.code : 'accepted'
  }

  test('in the encodings of spreadsheets', async () => {
    const text = 'start;end;title\n1;2;Überraschung\n'
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
    for (const bytes of [Buffer.from(`\uFEFF${text}`), utf16, Buffer.from(text, 'latin1')]) {
      const labels = await readLabels(write('labels.csv', bytes))
      expect(labels).toEqual({ kind: 'moments', moments: [span(1, 2, 'Überraschung')] })
    }
  })

  test('that cannot be used', async () => {
    mkdirSync(join(folder, 'sub'))
    expect(await refusal(join(folder, 'missing.csv'))).toBe('input/not-found')
    expect(await refusal('')).toBe('input/not-found')
    expect(await refusal(join(folder, 'sub'))).toBe('input/not-a-file')
    expect(await refusal(write('empty.csv', ''))).toBe('input/empty')
    expect(await refusal(write('binary.csv', Buffer.alloc(1000)))).toBe('input/unsupported')
    expect(await refusal(write('huge.csv', Buffer.alloc(16 * 1024 * 1024 + 1, 'a')))).toBe('input/refused')
    expect(await refusal(write('many.csv', 'time\n'.concat('1\n'.repeat(100_001))))).toBe('input/refused')
  })
})

test('labels after the end of the recording are counted and left out', () => {
  const { truth, outside } = truthOfLabels(
    { kind: 'moments', moments: [span(10, 20), span(95, null), span(120, 130)] },
    100,
  )
  expect(outside).toBe(1)
  expect(truth.highlights).toEqual([
    { from: 10, to: 19 },
    { from: 89, to: 98 },
  ])
  const events = truthOfLabels(
    {
      kind: 'events',
      events: [
        { t: 5, kind: 'kill' },
        { t: 99, kind: 'other' },
      ],
    },
    100,
  )
  expect(events.truth.moments).toHaveLength(1)
})
