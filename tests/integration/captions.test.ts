import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { makeAss } from '../../src-main/stages/captions/make-captions.ts'
import { marginsFor } from '../../src-main/stages/captions/safe-areas.ts'
import { styleTable } from '../../src-main/stages/captions/styles.ts'
import { captionStyles, type CaptionPlatform, type CaptionStyleName } from '../../src-shared/contract/captions.ts'
import { captionFilter } from '../../src-shared/domain/captions-filter.ts'
import { spreadWords } from '../../src-shared/domain/captions-text.ts'
import { ticksFromSeconds as s } from '../../src-shared/domain/time.ts'
import { testTools } from '../helpers/ffmpeg.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const run = promisify(execFile)
const folder = tempFolder('clutchcut-captions')
const fonts = path.resolve(import.meta.dirname, '../../resources/fonts/ttf')
const fps = 10
const grey = [0x70, 0x70, 0x70] as const

interface Burnt {
  /** Where a frame is not as it was: left, top, right (exclusive), bottom (exclusive); null where all of it is. */
  changed(frame: number): { left: number; top: number; right: number; bottom: number } | null
  /** The middle of what has a colour (RRGGBB), from the left; null where nothing has. */
  middleOf(frame: number, colour: string): number | null
  /** How many pixels of a frame are not as they were. */
  ink(frame: number): number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Burns a document into two grey seconds, by the real FFmpeg. */
async function burn(
  ass: string,
  { width, height }: Size,
  files = { ass: path.join(folder, 'c.ass'), fonts },
): Promise<Burnt> {
  writeFileSync(files.ass, ass)
  const output = path.join(folder, 'out.rgb')
  const filter = captionFilter(files.ass, files.fonts, process.platform)
  const source = `color=0x707070:s=${width}x${height}:r=${fps}:d=2,format=rgb24`
  const { ffmpeg } = await testTools()
  await run(ffmpeg, [
    '-y',
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    source,
    '-vf',
    filter,
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    output,
  ])
  const bytes = readFileSync(output)
  expect(bytes.length).toBe(width * height * 3 * 2 * fps)
  const size = width * height
  const near = (at: number, rgb: readonly number[], by: number): boolean =>
    rgb.every((value, i) => Math.abs((bytes[3 * at + i] ?? 0) - value) <= by)
  return {
    changed(frame) {
      let [left, top, right, bottom] = [width, height, 0, 0]
      for (let i = 0; i < size; i += 1) {
        if (near(frame * size + i, grey, 3)) continue
        const [x, y] = [i % width, Math.floor(i / width)]
        left = Math.min(left, x)
        top = Math.min(top, y)
        right = Math.max(right, x + 1)
        bottom = y + 1
      }
      return bottom === 0 ? null : { left, top, right, bottom }
    },
    ink: (frame) => Array.from({ length: size }, (_, i) => i).filter((i) => !near(frame * size + i, grey, 3)).length,
    middleOf(frame, colour) {
      const wanted = [0, 2, 4].map((i) => Number.parseInt(colour.slice(i, i + 2), 16))
      let [sum, count] = [0, 0]
      for (let i = 0; i < size; i += 1) {
        if (near(frame * size + i, wanted, 24)) [sum, count] = [sum + (i % width), count + 1]
      }
      return count === 0 ? null : sum / count
    },
  }
}

/** What is said from 0.5 to 1.5 s. */
function document(text: string, size: Size, style: CaptionStyleName, platform: CaptionPlatform = 'none'): string {
  const words = spreadWords(text, s(0.5), s(1.5))
  return makeAss({ words, parts: [{ start: 0, end: s(1.5), speed: 1 }] }, { style, frame: size, platform }) ?? ''
}

const landscape = { width: 320, height: 180 }
const vertical = { width: 180, height: 320 }
const latin = 'Wait, did you see that unbelievable shot?'

describe('burnt captions', () => {
  it.each(captionStyles)(
    'in the style %s are seen while something is said, and only in the safe area',
    async (style) => {
      const cases = [
        [landscape, 'youtube', latin],
        [vertical, 'tiktok', latin],
        [vertical, 'reels', 'MAXIMUM WIDTHWWWWWWWWWWWWWWW 😂🎮👍🏽 👨‍👩‍👧'],
        [vertical, 'shorts', 'כמה זה מטורף AWP ב-12 شكرا جزيلا'],
      ] as const
      for (const [size, platform, text] of cases) {
        const { changed } = await burn(document(text, size, style, platform), size)
        const margins = marginsFor(size, platform)
        // Where that is too fast to be read a caption comes up to a quarter second before its first word.
        for (const frame of [0, 2, 15, 19]) expect([text, frame, changed(frame)]).toEqual([text, frame, null])
        for (const frame of [5, 10, 14]) {
          const box = changed(frame)
          if (box === null) throw new Error(`${text} is not seen in frame ${frame}`)
          expect(box.left).toBeGreaterThanOrEqual(Math.floor(margins.side * size.width))
          expect(box.right).toBeLessThanOrEqual(Math.ceil(size.width * (1 - margins.side)))
          expect(box.top).toBeGreaterThanOrEqual(Math.floor(margins.top * size.height))
          expect(box.bottom).toBeLessThanOrEqual(Math.ceil(size.height * (1 - margins.bottom)))
        }
      }
    },
  )

  it.each([
    ['from left to right', 'one two six', 1],
    ['from right to left', 'אחת שתיים שלוש', -1],
    ['from right to left, joined', 'هذه ضربة رائعة', -1],
  ] as const)('colour one word after the other, %s', async (_way, text, way) => {
    const { middleOf } = await burn(document(text, landscape, 'karaoke'), landscape)
    const { spoken, colour } = styleTable.karaoke
    const middles = [6, 10, 14].map((frame) => (middleOf(frame, spoken) ?? Number.NaN) * way)
    expect(middles[1]).toBeGreaterThan((middles[0] ?? 0) + 10)
    expect(middles[2]).toBeGreaterThan((middles[1] ?? 0) + 10)
    // The others stay as they are.
    expect(middleOf(10, colour)).not.toBeNull()
    expect(middleOf(2, spoken)).toBeNull()
  })

  it('show text that looks like overrides, and are not moved by it', async () => {
    const plain = await burn(document('here', landscape, 'clean'), landscape)
    const sly = await burn(document('{\\an8\\fs90}here\\N', landscape, 'clean'), landscape)
    expect(sly.changed(10)?.top).toBeGreaterThan(140)
    const width = (burnt: Burnt): number => (burnt.changed(10)?.right ?? 0) - (burnt.changed(10)?.left ?? 0)
    expect(width(sly)).toBeGreaterThan(2.5 * width(plain))
  })

  it.each([
    ['Chinese and Japanese', '一一一', '鬱鬱鬱'],
    ['Korean', '이이이', '뺋뺋뺋'],
    ['Thai', 'ๅๅๅ', 'ฌฌฌ'],
  ])('show %s, and no boxes in its place', async (_script, light, heavy) => {
    // Boxes are all alike.
    const ink = async (text: string): Promise<number> =>
      (await burn(document(text, landscape, 'clean'), landscape)).ink(10)
    expect(await ink(heavy)).toBeGreaterThan(1.1 * (await ink(light)))
  })

  it('join letters as their script does', async () => {
    const width = async (text: string): Promise<number> => {
      const box = (await burn(document(text, landscape, 'clean'), landscape)).changed(10)
      return (box?.right ?? 0) - (box?.left ?? 0)
    }
    // Two letters each, and one that is made of both.
    expect(await width('क्षक्षक्षक्ष')).toBeLessThan(0.9 * (await width('कषकषकषकष')))
  })

  it.skipIf(process.platform === 'win32')('are found on any path', async () => {
    const plain = await burn(document(latin, landscape, 'clean'), landscape)
    const names = ["it's [1], a:b;c=d %20 \\n{}", ' é日本 ש ', 'a\\', '"q" #?&*', 'C:\\x']
    for (const name of names) {
      const nasty = path.join(folder, name)
      mkdirSync(nasty, { recursive: true })
      cpSync(fonts, path.join(nasty, 'f:o,n[t]s'), { recursive: true })
      const burnt = await burn(document(latin, landscape, 'clean'), landscape, {
        ass: path.join(nasty, `${name}.ass`),
        fonts: path.join(nasty, 'f:o,n[t]s'),
      })
      // The same picture: the fonts were found too.
      expect([name, burnt.changed(10)]).toEqual([name, plain.changed(10)])
    }
  })
})
