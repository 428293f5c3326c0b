import type { CaptionCue, CaptionWord } from '../../../src-shared/contract/captions.ts'
import { directionOf, type Direction } from '../../../src-shared/domain/captions-bidi.ts'
import { joinWords } from '../../../src-shared/domain/captions-text.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { assClock } from './ass-clock.ts'
import { assColour, assLine, fontSize } from './ass-text.ts'
import { captionFonts } from './fonts.ts'
import type { CaptionLayout } from './layout.ts'
import { widthOfLine } from './measure.ts'
import type { CaptionStyle } from './styles.ts'
import { textStyle } from './text-events.ts'

/** Between two words nearer than this the spoken word's colour goes on. */
const hold = (TICKS_PER_SECOND * 3) / 10

/**
 * Captions as Advanced SubStation Alpha, in the pixels of the frame. Lines are broken as the captions say (WrapStyle 2). `texts`: events of
 * their own beside them.
 * Where the style colours the spoken word, a caption is several events, one after the other, that differ only in it:
 * unlike `\k` that works for right-to-left scripts too, and colours one word at a time.
 */
export function formatAss(
  cues: readonly CaptionCue[],
  style: CaptionStyle,
  layout: CaptionLayout,
  texts: readonly string[] = [],
): string {
  const { width, height } = layout.frame
  const events = [...cues.flatMap((cue) => eventsOf(cue, style, layout)), ...texts]
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${width}`,
    `PlayResY: ${height}`,
    `LayoutResX: ${width}`,
    `LayoutResY: ${height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    styleLine(style, layout),
    ...(texts.length === 0 ? [] : [textStyleLine(layout)]),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
    '',
  ].join('\n')
}

function styleLine(style: CaptionStyle, layout: CaptionLayout): string {
  const opaque = (rgb: string): string => assColour(rgb).replace('&H', '&H00').slice(0, -1)
  const outline = opaque(style.outline.colour)
  const pixels = (value: number): string => String(Math.round(value * 100) / 100)
  const { marginSide, marginBottom } = layout
  return [
    'Style: Captions',
    captionFonts[style.font].family,
    fontSize(style.font, layout.size),
    opaque(style.colour),
    opaque(style.colour),
    outline,
    // Half transparent: the shadow.
    `&H80${outline.slice(4)}`,
    '-1,0,0,0,100,100,0,0',
    style.box ? 3 : 1,
    pixels(layout.outline),
    pixels(layout.shadow),
    // Centred at the bottom.
    2,
    `${marginSide},${marginSide},${marginBottom}`,
    // The base direction is from left to right: `assLine` has put the words in their places.
    1,
  ].join(',')
}

/** Texts stand where they say, in a look of their own. */
function textStyleLine({ frame }: CaptionLayout): string {
  const { family } = captionFonts[textStyle.font]
  const size = fontSize(textStyle.font, textStyle.em * frame.height)
  return `Style: ${textStyle.name},${family},${size},&H00FFFFFF,&H00FFFFFF,&H00141010,&H80141010,-1,0,0,0,100,100,0,0,1,0,0,5,0,0,0,1`
}

function eventsOf(cue: CaptionCue, style: CaptionStyle, layout: CaptionLayout): string[] {
  const words = cue.lines.flat()
  // A word that is wider than a line makes its caption smaller.
  const widest = Math.max(...cue.lines.map(widthOfLine))
  const size = layout.size * Math.min(1, layout.lineWidth / widest)
  const direction: Direction = directionOf(joinWords(words)) ?? 'ltr'
  const text = (spoken: CaptionWord | null): string => {
    const colourOf = (word: CaptionWord): string =>
      word === spoken && style.spoken !== null ? style.spoken : style.colour
    const look = { base: style.font, size, styleSize: layout.size, colour: style.colour, colourOf }
    return cue.lines.map((line) => assLine(line, direction, look)).join('\\N')
  }
  const spans = style.spoken === null ? [{ start: cue.start, end: cue.end, word: null }] : spokenSpans(cue, words)
  return spans.flatMap(({ start, end, word }) => {
    const [from, to] = [assClock(start), assClock(end)]
    return from !== to ? [`Dialogue: 0,${from},${to},Captions,,0,0,0,,${text(word)}`] : []
  })
}

/** The caption's time in parts, and which word is spoken in each. */
function spokenSpans(
  cue: CaptionCue,
  words: readonly CaptionWord[],
): { start: Ticks; end: Ticks; word: CaptionWord | null }[] {
  const spans: { start: Ticks; end: Ticks; word: CaptionWord | null }[] = []
  let at = cue.start
  const add = (end: Ticks, word: CaptionWord | null): void => {
    const to = Math.min(end, cue.end)
    if (to <= at) return
    spans.push({ start: at, end: to, word })
    at = to
  }
  for (const [i, word] of words.entries()) {
    add(word.start, null)
    const next = words[i + 1]
    add(next !== undefined && next.start - word.end < hold ? next.start : word.end, word)
  }
  add(cue.end, null)
  return spans
}
