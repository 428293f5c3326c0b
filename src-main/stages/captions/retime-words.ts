import type { CaptionWord } from '../../../src-shared/contract/captions.ts'
import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import { mapSpan, placeParts } from '../../../src-shared/domain/clip-timeline.ts'

/**
 * The words that a clip plays, on its own timeline: of each part those whose middle lies in it, cut to it and at its
 * speed. A caption does not go on over the border of two parts that are not one in the recording.
 */
export function retimeWords(words: readonly CaptionWord[], parts: readonly ClipPart[]): CaptionWord[] {
  const placed = placeParts(parts)
  return placed.flatMap(({ part, start }, i) => {
    const inside = words.filter((word) => {
      const middle = (word.start + word.end) / 2
      return middle >= part.start && middle < part.end
    })
    const cutOff = placed[i + 1] !== undefined && placed[i + 1]?.part.start !== part.end
    return inside.flatMap((word, n) => {
      // A word of no length stays one.
      const [piece] = mapSpan([part], { start: word.start, end: Math.max(word.end, word.start + 1) })
      if (piece === undefined) return []
      const end = start + (word.end > word.start ? piece.end : piece.start)
      const closes = cutOff && n === inside.length - 1 ? { closes: true } : {}
      return [{ ...word, start: start + piece.start, end, ...closes }]
    })
  })
}
