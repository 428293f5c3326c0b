import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  captionFonts,
  drawnEmoji,
  fontFor,
  type CaptionFontName,
} from '../../../../../src-main/stages/captions/fonts.ts'
import { widthOf } from '../../../../../src-main/stages/captions/measure.ts'
import { styleTable } from '../../../../../src-main/stages/captions/styles.ts'
import { readFont } from '../../../../helpers/read-font.ts'

const folder = path.resolve(import.meta.dirname, '../../../../../resources/fonts')
type Bundled = Exclude<CaptionFontName, 'system'>
const names = Object.keys(captionFonts) as Bundled[]
const fonts = Object.fromEntries(
  names.map((name) => [name, readFont(path.join(folder, 'ttf', captionFonts[name].file))]),
) as Record<Bundled, ReturnType<typeof readFont>>

describe('the bundled fonts', () => {
  it('are the ones of the table, each with its licence, and small', () => {
    const files = readdirSync(path.join(folder, 'ttf'))
    expect(files.toSorted()).toEqual(names.map((name) => captionFonts[name].file).toSorted())
    const licences = readdirSync(folder).filter((name) => name.endsWith('.txt'))
    for (const file of files) {
      const [name = ''] = licences.filter((licence) => licence.startsWith(`${file.replace(/_.*$/, '')}.`))
      const text = readFileSync(path.join(folder, name), 'utf8')
      expect(text).toMatch(
        name.endsWith('.OFL.txt') ? /SIL OPEN FONT LICENSE Version 1\.1/ : /Apache License\s+Version 2\.0/,
      )
    }
    expect(licences).toHaveLength(files.length)
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(folder, 'ttf', file)).size, 0)
    expect(bytes).toBeLessThan(6_000_000)
  })

  it.each(names)('%s has the family and the em that its table says', (name) => {
    expect(fonts[name].families).toContain(captionFonts[name].family)
    expect(captionFonts[name].em).toBeCloseTo(fonts[name].unitsPerEm / fonts[name].windowsHeight, 6)
  })

  it('hold emoji where libass looks for them: in the first Windows map', () => {
    expect(fonts.emoji.windowsMaps[0]).toBe(10)
    expect(fonts.emoji.has(0x1f600)).toBe(true)
  })

  it.each(['display', 'text'] as const)('of the %s styles show what they are chosen for', (base) => {
    const samples =
      'Az09é“”…ß Ñő Жїё Ωάς ạđ שלום־ مرحبا؟ پگچ ٹڈہے 😂 🎮 ❤️ 🇩🇪 日本語の、カナ 漢字。简体 繁體！ 한국어 สวัสดี नमस्ते １２３'
    for (const word of samples.split(' ')) {
      const name = fontFor(word, base)
      const missing = Array.from(word).filter(
        (character) => name === 'system' || !fonts[name].has(character.codePointAt(0) ?? 0),
      )
      expect([word, missing]).toEqual([word, []])
    }
  })

  it('leave to the system what none of them has', () => {
    expect(['ქართული', 'አማርኛ', 'தமிழ்', '𠮷'].map((text) => fontFor(text, 'display'))).toEqual(Array(4).fill('system'))
  })

  it('draw of emoji what one colour can show', () => {
    expect(drawnEmoji('👍🏽')).toBe('👍')
    expect(drawnEmoji('1\ufe0f\u20e3')).toBe('1')
  })
})

describe('widths', () => {
  const real = (text: string, name: Bundled): number =>
    [...text].reduce((sum, character) => sum + fonts[name].advance(character.codePointAt(0) ?? 0), 0) /
    fonts[name].unitsPerEm

  it.each([
    ['display', 'Wait, did you see that? Unbelievable shot!'],
    ['display', 'WAIT, DID YOU SEE THAT? UNBELIEVABLE!'],
    ['text', 'The quick brown fox jumps over 1234567890 lazy dogs'],
    ['text', 'MAXIMUM WINDOW WIDTH'],
    ['display', 'Широкая электрификация ЖЮЩ'],
    ['text', 'Ξεσκεπάζω την ψυχοφθόρα ΒΔΕΛΥΓΜΙΑ'],
    ['hebrew', 'דג סקרן שט בים מאוכזב'],
    ['display', 'דג סקרן שט בים מאוכזב'],
    ['arabic', 'نص حكيم له سر قاطع وذو شأن عظيم'],
    ['cjk', 'これは日本語の字幕'],
    ['cjk', '안녕하세요세계'],
    ['thai', 'สวัสดีชาวโลก'],
    ['devanagari', 'नमस्ते दुनिया यह हिंदी'],
    ['emoji', '😂🎮'],
  ] as const)('in %s are not less than the letters of %s take, and not much more', (name, text) => {
    const width = widthOf(text)
    expect(width).toBeGreaterThanOrEqual(real(text, name))
    expect(width).toBeLessThan(1.4 * real(text, name))
  })
})

describe('the styles', () => {
  /** WCAG 2.2, relative luminance and contrast ratio. */
  const luminance = (rgb: string): number => {
    const [r = 0, g = 0, b = 0] = [0, 2, 4].map((i) => {
      const value = Number.parseInt(rgb.slice(i, i + 2), 16) / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a: string, b: string): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
    return (high + 0.05) / (low + 0.05)
  }

  it.each(Object.entries(styleTable))('%s can be read on its outline or box, whatever is behind', (_name, style) => {
    expect(contrast(style.colour, style.outline.colour)).toBeGreaterThan(7)
    if (style.spoken !== null) {
      expect(contrast(style.spoken, style.outline.colour)).toBeGreaterThan(7)
      expect(style.spoken).not.toBe(style.colour)
    }
  })
})
