import type { ClipEdits, ClipPart } from '../../contract/edits.ts'
import { soundEditsSchema } from '../../contract/sound.ts'
import { canonicalJson } from '../canonical-json.ts'
import { isOwn, type Span } from '../clip-timeline.ts'

/** What nobody edited: the clip's own span as it is. */
export function uneditedClip({ start, end }: Span): ClipEdits {
  return { parts: [{ start, end, speed: 1 }], zoom: [], texts: [], sound: soundEditsSchema.parse({}) }
}

export function sameEdits(a: ClipEdits, b: ClipEdits): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

/** Without what it shows of other recordings. */
export function ownPartsOnly(edits: ClipEdits): ClipEdits {
  return { ...edits, parts: edits.parts.filter(isOwn) }
}

/** From the earliest moment of the clip's own recording that is shown to the latest. */
export function spanOfParts(parts: readonly ClipPart[]): Span {
  const own = parts.filter(isOwn)
  return { start: Math.min(...own.map(({ start }) => start)), end: Math.max(...own.map(({ end }) => end)) }
}

/** Parts that are one stretch of the recording at one speed, made one: what is left to render. */
export function mergeParts(parts: readonly ClipPart[]): ClipPart[] {
  const merged: ClipPart[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    const goesOn = last?.end === part.start && last.recording === part.recording
    if (goesOn && last.speed === part.speed) merged[merged.length - 1] = { ...last, end: part.end }
    else merged.push(part)
  }
  return merged
}
