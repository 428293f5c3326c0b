import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openLibrary } from '../../../../../src-main/adapters/library/open-library.ts'
import {
  hitEnd,
  hitStart,
  searchText,
  snippetOf,
  searchPhrases,
} from '../../../../../src-main/adapters/library/search-text.ts'
import { fakeFingerprint } from '../../../../helpers/fill-library.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const library = openLibrary(join(tempFolder('clutchcut-search'), 'library'))
afterAll(() => library.close())
beforeEach(() => library.recordings.remove(library.recordings.list({ limit: 500 }).items.map(({ id }) => id)))

let added = 0
function recording(title: string, game: string | null = null): { id: number; fingerprint: string } {
  const fingerprint = fakeFingerprint(`search ${added++}`)
  return library.recordings.save({ fingerprint, path: `/v/${added}.mkv`, size: 1, mtimeMs: 1 }, added, { title, game })
}
function clip(of: { fingerprint: string }, title: string, reason = 'Fast motion', tags: string[] = []): number {
  const start = added++
  const reasons = [{ signal: 'motion', weight: 1, text: reason }]
  const span = { start, end: start + 10, peak: start }
  return library.clips.add(
    { recording: of.fingerprint, ...span, score: 0.5, reasons, title, state: 'kept', favourite: false, tags },
    1,
  ).id
}
const titles = (text: string) => library.search.find(text).map(({ title }) => title)

describe('finds', () => {
  test('titles, games, tags, reasons and speech', () => {
    const r = recording('Friday stream', 'Rocket League')
    library.recordings.setTags(r.id, ['charity'])
    const id = clip(r, 'Overtime', 'Sudden loud burst, 14 dB over the last 3 minutes', ['clutch'])
    library.transcripts.replace(r.fingerprint, [{ start: 0, end: 5, text: 'what an incredible save' }])
    expect(titles('friday')).toEqual(['Friday stream'])
    expect(titles('charity')).toEqual(['Friday stream'])
    expect(titles('clutch')).toEqual(['Overtime'])
    expect(titles('burst loud')).toEqual(['Overtime'])
    expect(titles('rocket').toSorted()).toEqual(['Friday stream', 'Overtime'])
    expect(library.search.find('incredible')).toEqual([
      {
        recordingId: r.id,
        clipId: null,
        title: 'Friday stream',
        snippet: `what an ${hitStart}incredible${hitEnd} save`,
      },
    ])
    expect(library.search.find('overtime')[0]).toMatchObject({ recordingId: r.id, clipId: id })
  })

  test.each([
    ['日本語の配信 試合開始', ['試合', '配信', '試', '日本語', '開始', '試合開始']],
    ['원신 방송을 시작', ['원신', '방송', '시작']],
    ['ถ่ายทอดสดเกม', ['สด', 'ถ่ายทอด']],
    ['Über Café naïve', ['uber', 'ÜBER', 'cafe', 'café', 'naive']],
    ['Ночной стрим', ['ночной', 'СТРИМ', 'ноч']],
    ['GG 😂 wp', ['gg', '😂', 'wp 😂', 'g']],
    ['full width ＡＢＣ', ['abc', 'ＡＢＣ']],
    ['don\'t AND can\'t NOT "win"', ["don't", 'AND', 'NOT', 'win', '"win"']],
    ['C++ vs C#', ['c++', 'vs']],
    ['1v5 ace 100%', ['1v5', '100%', '1v']],
  ])('%s', (title, queries) => {
    recording('something else')
    recording(title)
    for (const query of queries) {
      // A single letter means the word of that letter only.
      expect(titles(query), query).toEqual(query === 'g' ? [] : [title])
    }
  })

  test('only what has every word, in any order, the last one begun', () => {
    recording('triple kill on Dust')
    recording('double kill on Inferno')
    expect(titles('kill dust')).toEqual(['triple kill on Dust'])
    expect(titles('dust tri')).toEqual(['triple kill on Dust'])
    expect(titles('tri dust')).toEqual([])
    expect(titles('kil').toSorted()).toEqual(['double kill on Inferno', 'triple kill on Dust'])
    expect(titles('試合')).toEqual([])
  })

  test('what is in a title before what is in a reason', () => {
    const r = recording('x')
    clip(r, 'an early clip', 'an explosion')
    clip(r, 'explosion')
    expect(titles('explosion')).toEqual(['explosion', 'an early clip'])
  })

  test('pages', () => {
    for (let n = 0; n < 7; n += 1) recording(`match ${n}`)
    const all = titles('match')
    expect(all).toHaveLength(7)
    expect(library.search.find('match', { limit: 3, offset: 3 }).map(({ title }) => title)).toEqual(all.slice(3, 6))
    expect(library.search.find('match', { limit: 3, offset: 2000 })).toEqual([])
  })

  test('words that are everywhere: titles first, the newest first', () => {
    const r = recording('only one')
    library.transcripts.replace(
      r.fingerprint,
      Array.from({ length: 1600 }, (_, n) => ({ start: n, end: n + 1, text: 'common' })),
    )
    const a = clip(r, 'x', 'common')
    const b = clip(r, 'common 1')
    const c = clip(r, 'common 2')
    expect(library.search.find('common').map(({ clipId }) => clipId)).toEqual([c, b, a, null])
  })
})

describe('keeps up with', () => {
  test('every change', () => {
    const r = recording('before', 'Apex')
    const id = clip(r, 'old name')
    library.recordings.rename(r.id, { title: 'after', game: 'Portal' })
    expect(titles('before')).toEqual([])
    expect(titles('after')).toEqual(['after'])
    expect(titles('apex')).toEqual([])
    expect(titles('portal').toSorted()).toEqual(['after', 'old name'])
    library.clips.update(id, { title: 'new name', tags: ['one'] })
    library.clips.update(id, { tags: ['two'] })
    expect([titles('old'), titles('new'), titles('one'), titles('two')]).toEqual([[], ['new name'], [], ['new name']])
    library.recordings.setTags(r.id, ['three'])
    library.recordings.setTags(r.id, [])
    expect(titles('three')).toEqual([])
    library.transcripts.replace(r.fingerprint, [{ start: 0, end: 1, text: 'first' }])
    library.transcripts.replace(r.fingerprint, [{ start: 0, end: 1, text: 'second' }])
    expect([titles('first'), titles('second')]).toEqual([[], ['after']])
    library.clips.remove([id])
    expect(titles('new')).toEqual([])
    library.recordings.remove([r.id])
    expect([titles('after'), titles('second')]).toEqual([[], []])
  })
})

describe('any text is a search', () => {
  test.each([
    '',
    ' ',
    '"',
    '*',
    '""',
    'NEAR(',
    'a NEAR b',
    '{title} : x',
    'title:x',
    '-x',
    '^x',
    "'; DROP TABLE clips;--",
    '()',
    '\0',
    '﷽',
    '\ud800',
    '"a" OR "b"',
    'a*b',
    '☃',
  ])('%j', (text) => {
    expect(() => library.search.find(text)).not.toThrow()
  })

  test('whatever is typed, and whatever is in the titles', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (query, title) => {
          recording(title)
          library.search.find(query)
          library.search.find(title)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a word of a title is found, whatever the script', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N}]{2,12}$/u), (word) => {
        // Letters that are younger than SQLite's tables are no words to it.
        if (!isKnown(word)) return
        const { id } = recording(`before ${word} after`)
        expect(library.search.find(`"${word}"*`, { limit: 500 }).map(({ recordingId }) => recordingId)).toContain(id)
        library.recordings.remove([id])
      }),
      { numRuns: 200 },
    )
  })

  const isKnown = (word: string): boolean =>
    /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\d]+$/u.test(
      word,
    ) && !/[\u{10000}-\u{10ffff}]/u.test(word)

  test('very long ones are cut', () => {
    expect(searchPhrases('word '.repeat(10_000))).toHaveLength(16)
    library.search.find('x'.repeat(100_000))
  })
})

describe('snippets', () => {
  const mark = (text: string, query: string, width?: number) =>
    snippetOf(text, searchPhrases(query), width)?.replaceAll(hitStart, '[').replaceAll(hitEnd, ']')

  test.each([
    ['Sudden loud burst', 'loud', 'Sudden [loud] burst'],
    ['Sudden loud burst', 'bur', 'Sudden loud [burst]'],
    ['loud LOUD louder', 'loud x', '[loud] [LOUD] louder'],
    ['今日の試合開始です', '試合', '今日の[試合]開始です'],
    ['ha 😂 ha', '😂', 'ha [😂] ha'],
    ['Über alles', 'uber', '[Über] alles'],
    ['a <b>bold</b> word', 'bold', 'a <b>[bold]</b> word'],
    [`nasty ${hitStart}fake${hitEnd} hit`, 'hit', 'nasty fake [hit]'],
  ])('%j, %j', (text, query, expected) => {
    expect(mark(text, query)).toBe(expected)
  })

  test('long texts are cut around the first hit', () => {
    const text = `${'before '.repeat(60)}needle ${'after '.repeat(60)}`
    const snippet = mark(text, 'needle', 60)!
    expect(snippet).toMatch(/^…before .*\[needle\].* after.*…$/)
    expect(snippet.length).toBeLessThan(70)
  })

  test('null where no word is', () => {
    expect(snippetOf('nothing here', searchPhrases('needle'))).toBeNull()
  })

  test('text comes out as it went in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        (text, query) => {
          const snippet = snippetOf(text, searchPhrases(query), 1000)
          if (snippet === null) return
          const plain = snippet.replaceAll(hitStart, '').replaceAll(hitEnd, '')
          expect(plain).toBe(text.replaceAll(/[\u0002\u0003]/g, '').replaceAll(/\s+/g, ' '))
        },
      ),
    )
  })
})

test('folding twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const words = (value: string) => value.split(/\s+/).filter((word) => word !== '')
      expect(words(searchText(searchText(text)))).toEqual(words(searchText(text)))
    }),
  )
})
