import type { ClipEdits, ClipPart } from '../../contract/edits.ts'
import { soundEditsSchema } from '../../contract/sound.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { Span } from '../clip-timeline.ts'

/** What nobody edited: the clip's own span as it is. */
export function uneditedClip({ start, end }: Span): ClipEdits {
  return { parts: [{ start, end, speed: 1 }], zoom: [], texts: [], sound: soundEditsSchema.parse({}) }
}

export function sameEdits(a: ClipEdits, b: ClipEdits): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

/** From the earliest moment of the recording that is shown to the latest. */
export function spanOfParts(parts: readonly ClipPart[]): Span {
  return { start: Math.min(...parts.map(({ start }) => start)), end: Math.max(...parts.map(({ end }) => end)) }
}

/** Parts that are one stretch of the recording at one speed, made one: what is left to render. */
export function mergeParts(parts: readonly ClipPart[]): ClipPart[] {
  const merged: ClipPart[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (last?.end === part.start && last.speed === part.speed) merged[merged.length - 1] = { ...last, end: part.end }
    else merged.push(part)
  }
  return merged
}
