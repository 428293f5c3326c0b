import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assColour, assLine, escapeAss } from '../../../../../src-main/stages/captions/ass-text.ts'
import { layOut } from '../../../../../src-main/stages/captions/layout.ts'
import { makeAss, makeSubtitles } from '../../../../../src-main/stages/captions/make-captions.ts'
import { marginsFor, shapeOf } from '../../../../../src-main/stages/captions/safe-areas.ts'
import { styleTable } from '../../../../../src-main/stages/captions/styles.ts'
import { captionPlatforms, captionStyles, type CaptionWord } from '../../../../../src-shared/contract/captions.ts'
import { spreadWords } from '../../../../../src-shared/domain/captions-text.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'

const span = (start: number, end: number) => [{ start, end, speed: 1 }]
const parts = span(0, s(10))
const frame = { width: 1920, height: 1080 }
const eventsOf = (ass: string | null): string[] =>
  (ass ?? '').split('\n').filter((line) => line.startsWith('Dialogue: '))
const look = { base: 'display', size: 50, styleSize: 50, colour: 'FFFFFF', colourOf: () => 'FFFFFF' } as const
const line = (text: string, direction: 'ltr' | 'rtl' = 'ltr'): string =>
  assLine(spreadWords(text, 0, 1000), direction, look)

describe('text in ASS', () => {
  it('cannot override, escape or break a line', () => {
    expect(escapeAss('{\\b1}a\\N\nb')).toBe('\\{\\\u2060b1\\}a\\\u2060N b')
  })

  it('never opens an override, whatever it is', () => {
    // As libass reads it: `\{` and `\}` are braces, `\N`, `\n` and `\h` breaks and spaces.
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('{}\\Nnhb1 a\r\n')), maxLength: 20 }), (text) => {
        const escaped = escapeAss(text)
        let shown = ''
        for (let i = 0; i < escaped.length; i += 1) {
          const [character, next] = [escaped.charAt(i), escaped.charAt(i + 1)]
          expect(character).not.toBe('{')
          if (character === '\\') expect('{}\u2060').toContain(next)
          if (character === '\\' && next !== '\u2060') shown += escaped.charAt((i += 1))
          else if (character !== '\u2060') shown += character
        }
        expect(shown).toBe(text.replace(/\s+/g, ' '))
      }),
    )
  })

  it('has colours as blue, green, red', () => {
    expect(assColour('112233')).toBe('&H332211&')
  })

  it('names the font of each script, and comes back to the style', () => {
    expect(line('go Ω')).toBe('go {\\fnNoto Sans\\fs75.95}Ω{\\r}')
    expect(line('Clutchを')).toBe('Clutch{\\fnDroid Sans Fallback\\fs65.43}を{\\r}')
    expect(line('gg 😂 ok')).toBe('gg {\\fnNoto Emoji\\fs58.59}😂{\\fnRubik ExtraBold\\fs76.6} ok')
  })

  it('puts right-to-left words in their places, each read its own way', () => {
    expect(line('עם AWP?!', 'rtl')).toBe('!?AWP \u200fעם\u200f\u200e')
    expect(line('אחת! שתיים', 'rtl')).toBe('\u200fשתיים\u200f\u200e \u200fאחת!\u200f\u200e')
  })
})

describe('events', () => {
  const words: CaptionWord[] = [
    { start: s(1), end: s(1.4), text: 'one' },
    { start: s(1.5), end: s(1.8), text: 'two' },
    { start: s(2.6), end: s(3), text: 'three.' },
  ]

  it('colour the word that is being spoken, and none in a pause', () => {
    const events = eventsOf(makeAss({ words, parts }, { style: 'karaoke', frame, platform: 'none' }))
    expect(events.map((event) => event.replace('Captions,,0,0,0,,', ''))).toEqual([
      'Dialogue: 0,0:00:01.00,0:00:01.50,{\\1c&H0AD6FF&}one {\\1c&HFFFFFF&}two three.',
      'Dialogue: 0,0:00:01.50,0:00:01.80,one {\\1c&H0AD6FF&}two {\\1c&HFFFFFF&}three.',
      'Dialogue: 0,0:00:01.80,0:00:02.60,one two three.',
      'Dialogue: 0,0:00:02.60,0:00:03.00,one two {\\1c&H0AD6FF&}three.{\\r}',
    ])
  })

  it('are one where all words look the same', () => {
    const events = eventsOf(makeAss({ words, parts }, { style: 'clean', frame, platform: 'none' }))
    expect(events).toEqual(['Dialogue: 0,0:00:01.00,0:00:03.00,Captions,,0,0,0,,one two three.'])
  })

  it('follow each other without a gap or an overlap', () => {
    const event = /^Dialogue: 0,(\d):(\d\d):(\d\d)\.(\d\d),(\d):(\d\d):(\d\d)\.(\d\d),/
    const length = fc.constantFrom(1, 3_000_000, 100_000_000, 400_000_000)
    fc.assert(
      fc.property(
        fc.array(length, { minLength: 1, maxLength: 15 }),
        fc.constantFrom(...captionStyles),
        (lengths, style) => {
          let at = 0
          const list = lengths.map((ticks): CaptionWord => ({ start: at, end: (at += ticks), text: 'word' }))
          const times = eventsOf(
            makeAss({ words: list, parts: span(0, at + s(5)) }, { style, frame, platform: 'none' }),
          ).map((text) => {
            const [h = 0, m = 0, sec = 0, cs = 0, h2 = 0, m2 = 0, sec2 = 0, cs2 = 0] = (event.exec(text) ?? [])
              .slice(1)
              .map(Number)
            return [((h * 60 + m) * 60 + sec) * 100 + cs, ((h2 * 60 + m2) * 60 + sec2) * 100 + cs2] as const
          })
          expect(times.length).toBeGreaterThan(0)
          for (const [i, [from, to]] of times.entries()) {
            expect(to).toBeGreaterThan(from)
            expect(from).toBeGreaterThanOrEqual(times[i - 1]?.[1] ?? 0)
          }
        },
      ),
    )
  })

  it('are none where nothing is said', () => {
    expect(makeAss({ words: [], parts }, { style: 'big', frame, platform: 'tiktok' })).toBeNull()
    expect(makeSubtitles({ words, parts: span(s(5), s(6)) })).toBeNull()
  })

  it('hide what is to be hidden, in the subtitles too', () => {
    expect(makeSubtitles({ words, parts, masked: ['two'] })?.srt).toContain('one t** three.')
    expect(makeAss({ words, parts, masked: ['two'] }, { style: 'clean', frame, platform: 'none' })).toContain('t**')
  })
})

describe('the layout', () => {
  const frames = [
    { width: 1920, height: 1080 },
    { width: 1080, height: 1920 },
    { width: 1080, height: 1080 },
    { width: 320, height: 180 },
    { width: 180, height: 320 },
  ]

  it('knows the shape of a frame', () => {
    expect(frames.map(shapeOf)).toEqual(['landscape', 'vertical', 'square', 'landscape', 'vertical'])
  })

  it('leaves room for as many lines as a style has, in every safe area', () => {
    for (const size of frames) {
      for (const platform of captionPlatforms) {
        for (const style of Object.values(styleTable)) {
          const layout = layOut(style, size, platform)
          const margins = marginsFor(size, platform)
          // The tallest font of a line has 2.17 times its em.
          const height = style.maxLines * layout.size * 2.17
          expect(layout.marginBottom).toBeGreaterThan(margins.bottom * size.height)
          expect(layout.marginBottom + height).toBeLessThan(size.height * (1 - margins.top))
          // Ten letters at least stand in a line.
          expect(layout.lineWidth).toBeGreaterThan(6)
        }
      }
    }
  })
})
