import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import { formatCsv } from '../stages/hand-off/csv.ts'
import { formatEdl, MAX_EVENTS } from '../stages/hand-off/edl.ts'
import type { HandOffClip } from '../stages/hand-off/hand-off.ts'
import { findRecording } from './library.ts'
import { printJson } from './print.ts'
import type { CommonOptions } from './program.ts'
import { withEngine, type Engine } from './with-engine.ts'

export interface ExportOptions extends CommonOptions {
  format: 'edl' | 'csv'
  out?: string
}

/** Clips by number, or all clips of recordings named by file. Numbers are clips, as everywhere in `export`. */
export async function exportClips(wanted: string[], options: ExportOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    const found = wanted.flatMap((one) =>
      /^\d+$/.test(one) ? [clipByNumber(engine, Number(one))] : clipsOfFile(engine, one),
    )
    const [first] = found
    if (first === undefined) {
      throw new ClutchcutError('library/not-found', 'There are no clips to hand off. "clutchcut process" makes some.')
    }
    const handOff = {
      title: first.recording.title,
      fps: first.recording.media?.video?.fps ?? { num: 25, den: 1 },
      clips: found.map(({ clip }) => clip),
    }
    if (options.format === 'edl' && found.length > MAX_EVENTS) {
      throw new ClutchcutError(
        'usage',
        `An EDL holds at most ${MAX_EVENTS} cuts, and these are ${found.length} clips. Hand them off in parts, or as CSV.`,
      )
    }
    const text = options.format === 'edl' ? formatEdl(handOff) : formatCsv(handOff)
    if (options.out !== undefined) await writeNew(resolve(options.out), text)
    if (options.json)
      printJson({
        version: 1,
        format: options.format,
        clips: found.length,
        ...(options.out === undefined ? { text } : { path: resolve(options.out) }),
      })
    else if (options.out === undefined) process.stdout.write(text)
  })
}

interface Found {
  clip: HandOffClip
  recording: RecordingSummary
}

function clipByNumber({ library }: Engine, id: number): Found {
  const clip = library.clips.get(id)
  const recording = clip && library.recordings.byFingerprint(clip.recording)
  if (clip === undefined || recording === undefined) {
    throw new ClutchcutError('library/not-found', `There is no clip ${id} in the library.`, { data: { id } })
  }
  return { clip: { ...clip, path: recording.path }, recording }
}

function clipsOfFile(engine: Engine, file: string): Found[] {
  const recording = findRecording(engine, file)
  const { items } = engine.api.clips.list({ recordingId: recording.id, order: 'time', limit: 500, offset: 0 })
  return items
    .filter((clip) => clip.state !== 'rejected')
    .map((clip) => ({ clip: { ...clip, path: recording.path }, recording }))
}

/** Like every output of ours, never over an existing file. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST'
    const message = exists
      ? `“${path}” is there already. Choose another name, or remove it first.`
      : `“${path}” cannot be written: ${(cause as Error).message}`
    throw new ClutchcutError('output/not-writable', message, { cause })
  }
}
