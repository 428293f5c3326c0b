import type { ClipEdit } from '../../contract/clip-edit.ts'
import type { ClipEdits, ClipPart, ZoomKey } from '../../contract/edits.ts'
import { ClutchcutError } from '../../contract/errors.ts'
import { clipLength, isOwn, partLength, type Span } from '../clip-timeline.ts'
import type { Ticks } from '../time.ts'
import { borderAt, changeBetween, movePart, shortestPart, trimParts } from './edit-parts.ts'
import { setBleep, setTrack } from './edit-sound.ts'
import { uneditedClip } from './edited-clip.ts'

export interface EditContext {
  /** What the clip was before its first edit. */
  readonly original: Span
  /** Where the recording ends; null where that is not known. */
  readonly duration: Ticks | null
  /** What it was before its first edit, where that is more than its span. */
  readonly unedited?: ClipEdits
}

const mostParts = 200
const mostTexts = 100
const mostBleeps = 500
const mostTracks = 32

/**
 * The clip after an edit; every edit of the schema's shape is answered. What cannot be done is a `usage` error, whose
 * sentence says why, and changes nothing.
 */
export function applyEdit(edits: ClipEdits, edit: ClipEdit, context: EditContext): ClipEdits | ClutchcutError {
  const { parts, texts, sound } = edits
  switch (edit.kind) {
    case 'trim':
      if (!isInside(edit, context)) return outside(edit)
      return withParts(edits, trimParts(parts, edit))
    case 'split': {
      const border = borderAt(parts, edit.at)
      if (border.parts.length > parts.length) return withParts(edits, border.parts)
      return refuse('A clip can be split where it plays, at least 0.02 seconds from the ends of a part.', edit)
    }
    case 'cut':
    case 'speed':
      return changeSpan(edits, edit)
    case 'move-part':
      if (!has(parts, edit.part) || !has(parts, edit.to)) return noPart(parts, edit)
      return { ...edits, parts: movePart(parts, edit.part, edit.to) }
    case 'join':
      return joinParts(edits, edit)
    case 'add-part': {
      const { recording } = edit
      // How long another recording is, who adds the edit looks at.
      if (!isInside(edit, recording === undefined ? context : { ...context, duration: null })) return outside(edit)
      if ((edit.to ?? 0) > parts.length) return noPart(parts, edit)
      const { start, end } = edit
      const part = { ...(recording !== undefined && { recording }), start, end, speed: 1 }
      return withParts(edits, parts.toSpliced(edit.to ?? parts.length, 0, part))
    }
    case 'zoom':
      return { ...edits, zoom: zoomKeys(edit.keys) }
    case 'text-add':
      if (texts.length < mostTexts) return { ...edits, texts: [...texts, edit.text] }
      return refuse(`A clip has at most ${mostTexts} texts.`, edit)
    case 'text-change':
      if (!has(texts, edit.index)) return noText(texts, edit)
      return { ...edits, texts: texts.with(edit.index, edit.text) }
    case 'text-remove':
      if (!has(texts, edit.index)) return noText(texts, edit)
      return { ...edits, texts: texts.toSpliced(edit.index, 1) }
    case 'track': {
      const { track, gainDb, muted } = edit
      const tracks = setTrack(sound.tracks, { track, gainDb, muted })
      if (tracks.length > mostTracks) return refuse(`At most ${mostTracks} tracks can be changed.`, edit)
      return { ...edits, sound: { ...sound, tracks } }
    }
    case 'bleep': {
      const bleeps = setBleep(sound.bleeps, edit)
      if (bleeps.length > mostBleeps) return refuse(`At most ${mostBleeps} spans can be bleeped.`, edit)
      return { ...edits, sound: { ...sound, bleeps } }
    }
    case 'sound': {
      const fadeIn = edit.fadeIn ?? sound.fadeIn
      const fadeOut = edit.fadeOut ?? sound.fadeOut
      const duckMusic = edit.duckMusic ?? sound.duckMusic
      const normalise = edit.normalise ?? sound.normalise
      return { ...edits, sound: { ...sound, fadeIn, fadeOut, duckMusic, normalise } }
    }
    case 'reset':
      return context.unedited ?? uneditedClip(context.original)
  }
}

function changeSpan(edits: ClipEdits, edit: Extract<ClipEdit, { kind: 'cut' | 'speed' }>): ClipEdits | ClutchcutError {
  const { parts } = edits
  const whole = { start: 0, end: clipLength(parts) }
  const span = edit.kind === 'cut' ? edit : (edit.span ?? whole)
  const tooShort = 'That is less than 0.02 seconds of the clip as it plays. Give a longer span.'
  let isDone = false
  let refused: ClutchcutError | undefined
  const changed = changeBetween(parts, span, (between) => {
    isDone = true
    if (edit.kind === 'cut') return []
    const faster = between.map((part) => ({ ...part, speed: edit.speed }))
    if (faster.some((part, index) => part.speed > (between[index]?.speed ?? 0) && partLength(part) < shortestPart)) {
      refused = refuse('At this speed a part would pass in less than 0.02 seconds.', edit)
    }
    return faster
  })
  if (!isDone) return refuse(tooShort, edit)
  return refused ?? withParts(edits, changed)
}

function joinParts(edits: ClipEdits, edit: Extract<ClipEdit, { kind: 'join' }>): ClipEdits | ClutchcutError {
  const { parts } = edits
  const [part, next] = [parts[edit.part], parts[edit.part + 1]]
  if (part === undefined) return noPart(parts, edit)
  if (next === undefined) return refuse('This is the last part: there is none behind it to join it with.', edit)
  if (part.end !== next.start || part.recording !== next.recording) {
    return refuse('Only parts that follow each other in the recording can be made one.', edit)
  }
  if (part.speed !== next.speed) return refuse('Give both parts the same speed first, then join them.', edit)
  return { ...edits, parts: parts.toSpliced(edit.part, 2, { ...part, end: next.end }) }
}

function withParts(edits: ClipEdits, parts: ClipPart[]): ClipEdits | ClutchcutError {
  if (parts.length === 0) return refuse('Nothing of the clip would be left.')
  if (!parts.some(isOwn)) return refuse('Something of its own recording has to stay in a clip.')
  if (parts.length > mostParts) return refuse(`A clip has at most ${mostParts} parts.`)
  return { ...edits, parts }
}

/** By time, one for each; what they show lies inside the frame, and so does all that lies between two of them. */
function zoomKeys(keys: readonly ZoomKey[]): ZoomKey[] {
  const byTime = new Map(keys.map((key) => [key.at, key]))
  return [...byTime.values()]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, scale, x, y }) => {
      const half = 0.5 / scale
      const inside = (middle: number): number => Math.min(Math.max(middle, half), 1 - half)
      return { at, scale, x: inside(x), y: inside(y) }
    })
}

function isInside({ start, end }: Span, { duration }: EditContext): boolean {
  return start >= 0 && start < end && (duration === null || end <= duration)
}

function has(list: readonly unknown[], index: number): boolean {
  return index in list
}

function outside({ start, end }: Span): ClutchcutError {
  const text = 'A clip begins before it ends, and both lie inside its recording. The clip was not changed.'
  return new ClutchcutError('usage', text, { data: { start, end } })
}

function noPart(parts: readonly unknown[], edit: ClipEdit): ClutchcutError {
  return refuse(`There is no such part: the clip has ${parts.length}.`, edit)
}

function noText(texts: readonly unknown[], edit: ClipEdit): ClutchcutError {
  return refuse(`There is no such text: the clip has ${texts.length}.`, edit)
}

function refuse(why: string, edit?: ClipEdit): ClutchcutError {
  const data = edit === undefined ? {} : { edit: edit.kind }
  return new ClutchcutError('usage', `${why} The clip was not changed.`, { data })
}
