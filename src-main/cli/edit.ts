import { clipEditSchema, type ClipEdit, type EditState } from '../../src-shared/contract/clip-edit.ts'
import type { EditDocument } from '../../src-shared/contract/edit-document.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { clipLength, isOwn, placeParts } from '../../src-shared/domain/clip-timeline.ts'
import { formatPreciseClock, secondsFromTicks, type Ticks } from '../../src-shared/domain/time.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions } from './program.ts'
import { formatTable } from './table.ts'
import { withEngine } from './with-engine.ts'

export async function showEdits(clip: number, options: CommonOptions): Promise<void> {
  await withEngine(options, ({ api, library }) => {
    printEdits(clip, api.clipEdits.edits({ id: clip }), options, library)
  })
}

/** `recording`: the number of the one that a part is added of, where that is not the clip's own. */
export async function editClip(
  clip: number,
  edit: ClipEdit,
  options: CommonOptions,
  recording?: number,
): Promise<void> {
  const checked = clipEditSchema.safeParse(edit)
  if (!checked.success) {
    const what = checked.error.issues.map(({ path, message }) => `${path.join('.') || edit.kind}: ${message}`)
    throw new ClutchcutError('usage', `This cannot be done to a clip. ${what.join('; ')}.`)
  }
  await withEngine(options, ({ api, library }) => {
    const whole = recording === undefined ? checked.data : ofRecording(checked.data, recording, clip, library)
    printEdits(clip, api.clipEdits.edit({ id: clip, edit: whole }), options, library)
  })
}

export async function stepBack(step: 'undo' | 'redo', clip: number, options: CommonOptions): Promise<void> {
  await withEngine(options, ({ api, library }) => {
    printEdits(clip, api.clipEdits[step]({ id: clip }), options, library)
  })
}

type Known = Pick<Library, 'clips' | 'recordings'>

function ofRecording(edit: ClipEdit, id: number, clip: number, { clips, recordings }: Known): ClipEdit {
  const found = recordings.get(id)
  if (found === undefined) {
    throw new ClutchcutError('library/not-found', `There is no recording ${id} in the library.`, { data: { id } })
  }
  const isOther = clips.get(clip)?.recordingId !== id
  return edit.kind === 'add-part' && isOther ? { ...edit, recording: found.fingerprint } : edit
}

function printEdits(clip: number, state: EditState, options: CommonOptions, { recordings }: Known): void {
  if (options.json) return printJson(editDocument(clip, state))
  const { parts, zoom, texts, sound } = state.edits
  const isAcross = parts.some((part) => !isOwn(part))
  const rows = placeParts(parts).map(({ part, start }, index) => [
    String(index + 1),
    formatPreciseClock(start),
    formatPreciseClock(part.start),
    formatPreciseClock(part.end),
    `${part.speed} ×`,
    ...(isAcross ? [part.recording === undefined ? '' : (recordings.byFingerprint(part.recording)?.title ?? '?')] : []),
  ])
  printText(`Clip ${clip} plays ${secondsFromTicks(clipLength(parts)).toFixed(3)} s.\n`)
  printText(formatTable(['Part', 'At', 'From', 'To', 'Speed', ...(isAcross ? ['Of'] : [])], rows))
  const lines = [
    ...zoom.map(({ at, scale, x, y }) => `Zoom at ${formatPreciseClock(at)}: ${scale} × around ${x}, ${y}`),
    ...texts.map((text, index) => `Text ${index + 1}, ${spanText(text)}: ${JSON.stringify(text.text)}`),
    ...sound.tracks.map(
      ({ track, gainDb, muted }) =>
        `Track ${track + 1}: ${muted ? 'not heard' : `${gainDb > 0 ? '+' : ''}${gainDb} dB`}`,
    ),
    ...sound.bleeps.map((bleep) => `${bleep.with === 'tone' ? 'Bleep' : 'Silence'}, ${spanText(bleep)}`),
    ...(sound.fadeIn > 0 ? [`Fades in over ${secondsFromTicks(sound.fadeIn)} s`] : []),
    ...(sound.fadeOut > 0 ? [`Fades out over ${secondsFromTicks(sound.fadeOut)} s`] : []),
    ...(sound.duckMusic ? [] : ['Music stays as loud while somebody speaks']),
    ...(sound.normalise ? [] : ['As loud as it was recorded']),
  ]
  if (lines.length > 0) printText(`\n${lines.join('\n')}`)
}

function spanText({ start, end }: { start: Ticks; end: Ticks }): string {
  return `${formatPreciseClock(start)} to ${formatPreciseClock(end)}`
}

function editDocument(clip: number, { edits, revision, canUndo, canRedo }: EditState): EditDocument {
  const { parts, zoom, texts, sound } = edits
  const span = <T extends { start: Ticks; end: Ticks }>(item: T): T => ({
    ...item,
    start: secondsFromTicks(item.start),
    end: secondsFromTicks(item.end),
  })
  return {
    version: 1,
    clip,
    revision,
    canUndo,
    canRedo,
    duration: secondsFromTicks(clipLength(parts)),
    parts: placeParts(parts).map(({ part, start }) => ({ at: secondsFromTicks(start), ...span(part) })),
    zoom: zoom.map((key) => ({ ...key, at: secondsFromTicks(key.at) })),
    texts: texts.map(span),
    sound: {
      ...sound,
      bleeps: sound.bleeps.map(span),
      fadeIn: secondsFromTicks(sound.fadeIn),
      fadeOut: secondsFromTicks(sound.fadeOut),
    },
  }
}
