import type { ClipPart, TextOverlay } from '../../../src-shared/contract/edits.ts'
import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import { directionOf } from '../../../src-shared/domain/captions-bidi.ts'
import { placeSpans } from '../../../src-shared/domain/clip-timeline.ts'
import { assClock } from './ass-clock.ts'
import { assColour, assLine } from './ass-text.ts'
import { emOf } from './fonts.ts'
import type { Frame } from './safe-areas.ts'

/** The style that texts begin with; their own looks are said in each event. */
export const textStyle = { name: 'Texts', font: 'text', em: 0.05 } as const

/** Texts that a person put onto a clip, as events of an ASS document, above captions. */
export function textEvents(texts: readonly TextOverlay[], parts: readonly ClipPart[], frame: Frame): string[] {
  return placeSpans(parts, texts).flatMap((text) => {
    const [from, to] = [assClock(text.start), assClock(text.end)]
    return from === to ? [] : [`Dialogue: 1,${from},${to},${textStyle.name},,0,0,0,,${lookOf(text, frame)}`]
  })
}

function lookOf({ text, x, y, size, colour, outline }: TextOverlay, frame: Frame): string {
  const rgb = colour.slice(1).toUpperCase()
  const height = size * frame.height
  const em = height * emOf(textStyle.font)
  const pixels = (value: number): string => String(Math.round(value * 100) / 100)
  // Each line begins anew, since what a line ends with takes back what is said here.
  const begin = `{\\an5\\pos(${pixels(x * frame.width)},${pixels(y * frame.height)})}`
  const style = `{\\1c${assColour(rgb)}\\fs${pixels(height)}\\bord${outline ? pixels(height * 0.07) : 0}\\shad0}`
  const look = { base: textStyle.font, size: em, styleSize: em, colour: rgb, colourOf: () => rgb }
  const lines = text.split(/\r\n|\n|\r/).map((line) => {
    const words: CaptionWord[] = line
      .split(/\s+/)
      .flatMap((word) => (word === '' ? [] : [{ start: 0, end: 0, text: word }]))
    return `${style}${assLine(words, directionOf(line) ?? 'ltr', look)}`
  })
  return `${begin}${lines.join('\\N')}`
}
