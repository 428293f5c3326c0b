import type {
  CaptionCue,
  CaptionPlatform,
  CaptionStyleName,
  CaptionWord,
} from '../../../src-shared/contract/captions.ts'
import type { ClipPart, TextOverlay } from '../../../src-shared/contract/edits.ts'
import { directionOf, markedLine } from '../../../src-shared/domain/captions-bidi.ts'
import { formatSubRip, formatWebVtt, type TextCue } from '../../../src-shared/domain/captions-subtitles.ts'
import { joinWords } from '../../../src-shared/domain/captions-text.ts'
import { clipLength } from '../../../src-shared/domain/clip-timeline.ts'
import { formatAss } from './format-ass.ts'
import { layOut } from './layout.ts'
import { makeCues } from './make-cues.ts'
import { maskWords } from './mask-words.ts'
import { retimeWords } from './retime-words.ts'
import type { Frame } from './safe-areas.ts'
import { styleTable, type CaptionStyle } from './styles.ts'
import { textEvents } from './text-events.ts'

/** What captions are made of. */
export interface CaptionRequest {
  /** Of the whole recording, in its time. */
  readonly words: readonly CaptionWord[]
  /** What the clip plays of it. */
  readonly parts: readonly ClipPart[]
  /** Words that are not shown in full. */
  readonly masked?: readonly string[]
}

/**
 * An ASS document that burns into a clip of that frame, or is read beside it: what is said, and texts that a person put
 * there. Null where there is neither.
 */
export function makeAss(
  request: CaptionRequest & { readonly texts?: readonly TextOverlay[] },
  look: { readonly style: CaptionStyleName; readonly frame: Frame; readonly platform: CaptionPlatform },
): string | null {
  const style = styleTable[look.style]
  const layout = layOut(style, look.frame, look.platform)
  const cues = cuesOf(request, style, layout.lineWidth)
  const texts = textEvents(request.texts ?? [], request.parts, look.frame)
  return cues.length === 0 && texts.length === 0 ? null : formatAss(cues, style, layout, texts)
}

/** The same words as SubRip and WebVTT, in two lines at most. Null where nothing is said. */
export function makeSubtitles(request: CaptionRequest): { srt: string; vtt: string } | null {
  // Players choose their own font and size: only the number of characters counts.
  const cues = cuesOf(request, styleTable.clean, styleTable.clean.maxCharacters)
  if (cues.length === 0) return null
  const texts = cues.map(textOf)
  return { srt: formatSubRip(texts), vtt: formatWebVtt(texts) }
}

function cuesOf({ words, parts, masked = [] }: CaptionRequest, style: CaptionStyle, lineWidth: number): CaptionCue[] {
  return makeCues(maskWords(retimeWords(words, parts), masked).words, style, { lineWidth, end: clipLength(parts) })
}

function textOf({ start, end, lines }: CaptionCue): TextCue {
  const direction = directionOf(joinWords(lines.flat())) ?? 'ltr'
  return { start, end, text: lines.map((line) => markedLine(joinWords(line), direction)).join('\n') }
}
