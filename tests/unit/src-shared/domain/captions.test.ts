import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { directionOf, markedLine, placedLeftToRight, visualOrder } from '../../../../src-shared/domain/captions-bidi.ts'
import { captionFilter } from '../../../../src-shared/domain/captions-filter.ts'
import { formatSubRip, formatWebVtt } from '../../../../src-shared/domain/captions-subtitles.ts'
import {
  cleanText,
  graphemesOf,
  joinWords,
  splitText,
  spreadWords,
} from '../../../../src-shared/domain/captions-text.ts'
import { ticksFromSeconds as s } from '../../../../src-shared/domain/time.ts'

describe('splitting a text', () => {
  it('parts words at white space, and Japanese between its words', () => {
    expect(splitText(' one\n two ').map(({ text }) => text)).toEqual(['one', 'two'])
    const japanese = splitText('「今日は」GG!いい天気。')
    expect(japanese.length).toBeGreaterThan(3)
    expect(japanese[0]?.text.startsWith('「')).toBe(true)
    expect(japanese.at(-1)?.text).toMatch(/。$/)
    // Nothing begins with what must not begin a line.
    expect(japanese.filter(({ text }) => /^[」。！？]/u.test(text))).toEqual([])
  })

  it('keeps foreign words in it whole', () => {
    expect(splitText('今日はClutchを見た').map(({ text }) => text)).toContain('Clutch')
  })

  it('loses nothing but white space and control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const kept = cleanText(text).replace(/[\s\u0085]+/gu, '')
        expect(
          splitText(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(kept)
      }),
    )
  })

  it('lets no direction marks or control characters in', () => {
    expect(cleanText('a\u202eb\u0000c\u2067d\ud800')).toBe('abcd\ufffd')
  })

  it('shares the time out in order, from the first to the last', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.nat(1e9), fc.nat(1e9), (text, start, length) => {
        const words = spreadWords(text, start, start + length)
        if (words.length === 0) return
        expect(words[0]?.start).toBe(start)
        expect(words.at(-1)?.end).toBe(start + length)
        for (const [i, word] of words.entries()) {
          expect(word.end).toBeGreaterThanOrEqual(word.start)
          if (i > 0) expect(word.start).toBe(words[i - 1]?.end)
        }
      }),
    )
  })

  it('knows one emoji from its parts', () => {
    expect(graphemesOf('👨‍👩‍👧é')).toEqual(['👨‍👩‍👧', 'é'])
    expect(joinWords([{ text: 'a' }, { text: 'b', joined: true }, { text: 'c' }])).toBe('ab c')
  })
})

describe('right-to-left text', () => {
  it('is known by its first letter', () => {
    expect(directionOf('12 שלום world')).toBe('rtl')
    expect(directionOf('GG שלום')).toBe('ltr')
    expect(directionOf('12 !')).toBeNull()
  })

  it('has its words placed as the algorithm of Unicode places them', () => {
    const placed = (line: string, base: 'ltr' | 'rtl'): string => {
      const words = line.split(' ')
      return visualOrder(words, base)
        .map((i) => words[i])
        .join(' ')
    }
    expect(placed('one two three', 'ltr')).toBe('one two three')
    expect(placed('אחת שתיים שלוש', 'rtl')).toBe('שלוש שתיים אחת')
    // A phrase of the other direction keeps its own order.
    expect(placed('אחת GG well played שלוש', 'rtl')).toBe('שלוש GG well played אחת')
    expect(placed('one אחת שתיים two', 'ltr')).toBe('one שתיים אחת two')
    // Numbers: each on its own behind right-to-left words, part of the phrase behind left-to-right ones.
    expect(placed('אחת 10 20 שלוש', 'rtl')).toBe('שלוש 20 10 אחת')
    expect(placed('אחת Map 10 שלוש', 'rtl')).toBe('שלוש Map 10 אחת')
    // What has no direction goes with its neighbours, or with the line.
    expect(placed('one - two', 'ltr')).toBe('one - two')
    expect(placed('אחת - שתיים', 'rtl')).toBe('שתיים - אחת')
    expect(placed('אחת 😂', 'rtl')).toBe('😂 אחת')
    expect(placed('one אחת 😂', 'ltr')).toBe('one אחת 😂')
  })

  it('loses and doubles no word', () => {
    const word = fc.constantFrom('one', 'אחת', 'هل', '12', '-', '😂', 'ב-12')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.constantFrom('ltr' as const, 'rtl' as const), (words, base) => {
        expect(visualOrder(words, base).toSorted((a, b) => a - b)).toEqual(words.map((_, i) => i))
      }),
    )
  })

  it('is marked only where it must be', () => {
    expect(placedLeftToRight('one!')).toBe('one!')
    expect(placedLeftToRight('אחת!')).toBe('\u200fאחת!\u200f\u200e')
    expect(markedLine('one', 'ltr')).toBe('one')
    expect(markedLine('GG!', 'rtl')).toBe('\u200fGG!\u200f')
    expect(markedLine('שלום world', 'ltr')).toBe('\u200eשלום world')
  })
})

describe('SubRip and WebVTT', () => {
  const cues = [
    { start: s(0.0004), end: s(1.5), text: 'a <b> & {c} --> d\n\n1\ne' },
    { start: s(3661.0006), end: s(36_000), text: 'f' },
  ]

  it('write times to the millisecond and leave no empty line inside', () => {
    expect(formatSubRip(cues)).toBe(
      '1\n00:00:00,000 --> 00:00:01,500\na <b> & {c} → d\n1\ne\n\n2\n01:01:01,001 --> 10:00:00,000\nf\n',
    )
  })

  it('escape what WebVTT would take for a tag', () => {
    expect(formatWebVtt(cues)).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\na &lt;b&gt; &amp; {c} → d\n1\ne\n\n01:01:01.001 --> 10:00:00.000\nf\n',
    )
  })
})

describe("FFmpeg's filter", () => {
  it('escapes a path for the graph and for the option', () => {
    expect(captionFilter('/a/b.ass', null, 'linux')).toBe(String.raw`ass=filename=/a/b.ass`)
    expect(captionFilter('C:\\Clips [1]\\a,b.ass', 'C:\\fonts', 'win32')).toBe(
      String.raw`ass=filename=C\\:/Clips\\\ \[1\]/a\,b.ass:fontsdir=C\\:/fonts`,
    )
    expect(captionFilter("/it's.ass", null, 'darwin')).toBe(String.raw`ass=filename=/it\\\'s.ass`)
    expect(captionFilter('/a\\b.ass', null, 'darwin')).toBe(String.raw`ass=filename=/a\\\\b.ass`)
  })

  it('can be taken apart again as FFmpeg does', () => {
    // av_get_token: a backslash makes the next character plain; a quote would begin a quoted part.
    const token = (text: string, ends: string): string => {
      let out = ''
      for (let i = 0; i < text.length; i += 1) {
        const character = text.charAt(i)
        if (character === "'" || ends.includes(character)) throw new Error(`ends at ${i} of ${text}`)
        out += character === '\\' ? text.charAt((i += 1)) : character
      }
      return out
    }
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('a\\\':[],;= \t\n%"{}ü日')), minLength: 1, maxLength: 30 }),
        (name) => {
          const filter = captionFilter(`/${name}`, null, 'linux')
          const option = token(filter.slice('ass=filename='.length), '[],;')
          expect(token(option, ':')).toBe(`/${name}`)
        },
      ),
    )
  })

  it('takes no path that cannot be one', () => {
    expect(() => captionFilter('', null, 'linux')).toThrow(RangeError)
    expect(() => captionFilter('a\0b', null, 'linux')).toThrow(RangeError)
  })
})
