import type { ClipEdits, ClipPart } from '../contract/edits.ts'
import { viewAt } from './clip-timeline.ts'
import { mergeParts } from './edits/edited-clip.ts'
import type { Ticks } from './time.ts'

/** A recording within a file that was joined of several, in turn: `time there = time in the recording + offset`. */
export interface JoinedRecording {
  /** Undefined: the clip's own. */
  readonly recording: string | undefined
  readonly offset: Ticks
}

/**
 * A clip's edits on the timeline of a file that holds all recordings of its parts. Parts that meet where two recordings
 * do are one: `slack` is how far from there a part may begin or end to mean it (a picture and a half, since a file's
 * length is often its sound's).
 */
export function onJoined(edits: ClipEdits, files: readonly JoinedRecording[], slack: Ticks): ClipEdits {
  const { parts, zoom, texts, sound } = edits
  const own = files.find(({ recording }) => recording === undefined)?.offset ?? 0
  const later = <T extends { start: Ticks; end: Ticks }>(spans: readonly T[]): T[] =>
    spans.flatMap((span) =>
      span.end + own > 0 ? [{ ...span, start: Math.max(0, span.start + own), end: span.end + own }] : [],
    )
  const keys = zoom.map((key) => ({ ...key, at: key.at + own }))
  const first = keys.some(({ at }) => at < 0) ? viewAt(keys, 0) : undefined
  return {
    parts: mergeParts(parts.flatMap((part) => placePart(part, files, slack))),
    zoom: [...(first === undefined ? [] : [{ ...first, at: 0 }]), ...keys.filter(({ at }) => at >= 0)],
    texts: later(texts),
    sound: { ...sound, bleeps: later(sound.bleeps) },
  }
}

function placePart(part: ClipPart, files: readonly JoinedRecording[], slack: Ticks): ClipPart[] {
  const index = files.findIndex(({ recording }) => recording === part.recording)
  const file = files[index]
  if (file === undefined) return []
  const { speed } = part
  const [start, end] = [part.start + file.offset, part.end + file.offset]
  // Where this recording begins, and where the next does.
  const from = index === 0 ? null : file.offset
  const to = files[index + 1]?.offset ?? null
  const placed = {
    start: from !== null && start < from + slack ? from : start,
    end: to !== null && end > to - slack ? to : end,
    speed,
  }
  return placed.start < placed.end ? [placed] : []
}
