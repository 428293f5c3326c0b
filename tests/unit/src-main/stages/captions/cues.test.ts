import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCues } from '../../../../../src-main/stages/captions/make-cues.ts'
import { maskWords } from '../../../../../src-main/stages/captions/mask-words.ts'
import { widthOfLine } from '../../../../../src-main/stages/captions/measure.ts'
import { retimeWords } from '../../../../../src-main/stages/captions/retime-words.ts'
import { styleTable } from '../../../../../src-main/stages/captions/styles.ts'
import type { CaptionCue, CaptionWord } from '../../../../../src-shared/contract/captions.ts'
import { graphemesOf, joinWords, spreadWords } from '../../../../../src-shared/domain/captions-text.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'

const lineWidth = 26
const cuesOf = (words: CaptionWord[], style: keyof typeof styleTable = 'clean', width = lineWidth): CaptionCue[] =>
  makeCues(words, styleTable[style], { lineWidth: width, end: s(1000) })
const said = (text: string, from: number, to: number): CaptionWord[] => spreadWords(text, s(from), s(to))
const linesOf = (cues: readonly CaptionCue[]): string[] => cues.map(({ lines }) => lines.map(joinWords).join(' / '))

describe('captions of words', () => {
  it('break lines evenly, and at the end of a sentence', () => {
    const text = 'I really did not see that coming at all. What a shot that was!'
    expect(linesOf(cuesOf(said(text, 0, 4), 'clean', 18))).toEqual([
      'I really did not see / that coming at all.',
      'What a shot that was!',
    ])
  })

  it('hold calls together', () => {
    expect(linesOf(cuesOf(said('No. No! Wait, he is there.', 0, 3)))).toEqual(['No. No! Wait, he is there.'])
  })

  it('end at a pause and where somebody else speaks', () => {
    const words = [...said('over there', 0, 1), ...said('got him', 2.5, 3)]
    expect(linesOf(cuesOf(words))).toEqual(['over there', 'got him'])
    const [first, second] = [said('over there', 0, 1), said('got him', 1, 2)]
    const two = [...first.map((w) => ({ ...w, speaker: 'a' })), ...second.map((w) => ({ ...w, speaker: 'b' }))]
    expect(linesOf(cuesOf(two))).toEqual(['over there', 'got him'])
  })

  it('leave no word on its own where it can be helped', () => {
    const text = 'this is a sentence that goes on for quite a while and so it needs more than one caption okay'
    const cues = cuesOf(said(text, 0, 6))
    expect(cues.length).toBeGreaterThan(1)
    expect(cues.every(({ lines }) => lines.flat().length > 1)).toBe(true)
  })

  it('hold a few words each in the big style', () => {
    const cues = cuesOf(said('wait did you see that one way shot', 0, 3), 'big', 9)
    expect(cues.every(({ lines }) => lines.flat().length <= 3)).toBe(true)
    expect(linesOf(cues).join(' ').replaceAll(' / ', ' ')).toBe('WAIT DID YOU SEE THAT ONE WAY SHOT')
  })

  it('stay long enough to be read, out of the silence behind them and a little before', () => {
    const text = 'twenty characters ok twenty characters ok'
    const [cue] = cuesOf(said(text, 10, 10.4))
    expect(cue?.end).toBe(s(10 + text.length / 20))
    const [, second] = cuesOf([
      ...said('quick words said', 10, 11),
      ...said(text, 15, 15.4),
      ...said('Next.', 16.5, 17),
    ])
    expect(second?.start).toBe(s(14.75))
    expect(second?.end).toBe(s(16.5))
  })

  it('follow each other without a flicker', () => {
    const cues = cuesOf([...said('This is it.', 0, 1), ...said('And again it is.', 1.2, 2)], 'big', 9)
    expect(cues[0]?.end).toBe(cues[1]?.start)
  })

  it('take apart only what is far wider than a line, between characters, in parts alike', () => {
    expect(linesOf(cuesOf(said('UNBELIEVABLE', 0, 1), 'big', 7))).toEqual(['UNBELIEVABLE'])
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
    const cues = cuesOf(said(long, 0, 4), 'clean', 10)
    expect(cues.flatMap(({ lines }) => lines.map(joinWords)).join('')).toBe(long)
    const lengths = cues.flatMap(({ lines }) => lines.map((line) => joinWords(line).length))
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
    const family = '👨‍👩‍👧'
    const families = cuesOf(said(family.repeat(30), 0, 3), 'clean', 9)
    expect(
      families
        .flatMap(({ lines }) => lines.flatMap((line) => graphemesOf(joinWords(line))))
        .every((one) => one === family),
    ).toBe(true)
  })

  it('put the syllables of one word together, and break Chinese between words', () => {
    const words: CaptionWord[] = [
      { start: 0, end: s(0.2), text: 'unbe' },
      { start: s(0.2), end: s(0.4), text: 'lievable', joined: true },
    ]
    expect(linesOf(cuesOf(words))).toEqual(['unbelievable'])
    const chinese = cuesOf(said('今天的比赛真的太精彩了我完全没有想到他们会这样赢下来', 0, 6), 'clean', 14)
    expect(chinese[0]?.lines.length).toBe(2)
    expect(linesOf(chinese).join('').replaceAll(' / ', '')).toBe('今天的比赛真的太精彩了我完全没有想到他们会这样赢下来')
  })

  const anyWord = fc.record({
    gap: fc.constantFrom(0, 0, 0, 0.05, 0.3, 1, 4),
    length: fc.constantFrom(0.001, 0.05, 0.2, 0.4, 1.5),
    text: fc.oneof(
      fc.constantFrom(
        'a',
        'word',
        'sentence.',
        'שלום',
        'مرحبا',
        '今日',
        '😂',
        'unbelievable',
        '{\\b1}',
        'x'.repeat(70),
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    ),
    joined: fc.boolean(),
  })

  it('lose no text, keep its order, do not overlap, and stay inside the clip and the line', () => {
    const styles = fc.constantFrom(...(Object.keys(styleTable) as (keyof typeof styleTable)[]))
    fc.assert(
      fc.property(
        fc.array(anyWord, { maxLength: 40 }),
        styles,
        fc.integer({ min: 4, max: 40 }),
        (list, style, width) => {
          let at = 0
          const words = list.map(({ gap, length, text, joined }): CaptionWord => {
            const start = at + gap
            at = start + length
            return { start: s(start), end: s(at), text, joined }
          })
          const cues = makeCues(words, styleTable[style], { lineWidth: width, end: s(at + 10) })
          // Capitals are the style's, direction marks are taken out of texts.
          const bare = (text: string): string =>
            text
              .toUpperCase()
              .normalize('NFD')
              .replace(/\P{L}+/gu, '')
          const shown = cues.map(({ lines }) => lines.map(joinWords).join('')).join('')
          expect(bare(shown)).toBe(bare(words.map(({ text }) => text).join('')))
          for (const [i, cue] of cues.entries()) {
            expect(cue.end).toBeGreaterThan(cue.start)
            expect(cue.start).toBeGreaterThanOrEqual(cues[i - 1]?.end ?? 0)
            expect(cue.end).toBeLessThanOrEqual(s(at + 10))
            expect(cue.lines.length).toBeLessThanOrEqual(styleTable[style].maxLines)
            expect(cue.lines.flat().filter((word) => word.joined !== true).length).toBeLessThanOrEqual(
              styleTable[style].maxWords,
            )
            for (const line of cue.lines)
              if (line.length > 1) expect(widthOfLine(line)).toBeLessThanOrEqual(width + 1e-9)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('are made of hours of speech in a moment', () => {
    const words = Array.from({ length: 20_000 }, (_, i): CaptionWord => {
      const start = i * 0.3
      return { start: s(start), end: s(start + 0.25), text: i % 9 === 8 ? 'over.' : 'word' }
    })
    const cues = makeCues(words, styleTable.clean, { lineWidth, end: s(10_000) })
    expect(cues.flatMap(({ lines }) => lines.flat()).length).toBe(20_000)
  })
})

describe('a clip of them', () => {
  const words: CaptionWord[] = [
    { start: s(9), end: s(9.5), text: 'before' },
    { start: s(9.7), end: s(10.5), text: 'first' },
    { start: s(12), end: s(12.5), text: 'middle' },
    { start: s(19.9), end: s(20.4), text: 'behind' },
  ]

  it('has the words whose middle lies in it, from 0', () => {
    expect(retimeWords(words, [{ start: s(10), end: s(20), speed: 1 }])).toEqual([
      { start: 0, end: s(0.5), text: 'first' },
      { start: s(2), end: s(2.5), text: 'middle' },
    ])
  })

  it('follows its speed', () => {
    expect(retimeWords(words, [{ start: s(10), end: s(20), speed: 2 }])[1]).toMatchObject({ start: s(1), end: s(1.25) })
  })

  it('follows its parts, and does not go on from one to the next', () => {
    const parts = [
      { start: s(11), end: s(13), speed: 2 },
      { start: s(9), end: s(11), speed: 1 },
    ]
    expect(retimeWords(words, parts)).toEqual([
      { start: s(0.5), end: s(0.75), text: 'middle', closes: true },
      { start: s(1), end: s(1.5), text: 'before' },
      { start: s(1.7), end: s(2.5), text: 'first' },
    ])
  })
})

describe('hidden words', () => {
  const words = said('Damn, that DAMN shot! Amsterdamn', 0, 4)

  it('keep their first letter and their punctuation', () => {
    const { words: shown, masked } = maskWords(words, ['damn'])
    expect(joinWords(shown)).toBe('D***, that D*** shot! Amsterdamn')
    expect(masked).toEqual([0, 2].map((i) => ({ start: words[i]?.start, end: words[i]?.end })))
  })

  it('are none where nothing is to be hidden', () => {
    expect(maskWords(words, ['', ' !', 'shot at']).words).toEqual(words)
  })
})
