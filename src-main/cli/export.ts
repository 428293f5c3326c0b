import { randomBytes } from 'node:crypto'
import { dirname, format, join, parse, resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { nameIsTaken, publishFile, removeFile, writeSynced } from '../adapters/files/publish-file.ts'
import { MAX_EVENTS } from '../stages/hand-off/edl.ts'
import { handOffFormats, type HandOffFormat } from '../stages/hand-off/formats.ts'
import { formatSrt } from '../stages/hand-off/srt.ts'
import { placeOnTimeline } from '../stages/hand-off/timeline.ts'
import { findClips } from './hand-off-clips.ts'
import { printJson } from './print.ts'
import type { CommonOptions } from './program.ts'
import { printable } from './table.ts'
import { withEngine } from './with-engine.ts'

export interface ExportOptions extends CommonOptions {
  format: HandOffFormat
  out?: string
  /** False with `--no-drop-frame`. */
  dropFrame: boolean
}

/** Hands clips to an editor, in one file; captions that its format cannot hold go into an .srt beside it. */
export async function exportClips(wanted: string[], options: ExportOptions): Promise<void> {
  await withEngine(options, async (engine) => {
    const found = findClips(engine, wanted)
    const [first] = found
    if (first === undefined) {
      throw new ClutchcutError('library/not-found', 'There are no clips to hand off. "clutchcut process" makes some.')
    }
    if (options.format === 'edl' && found.length > MAX_EVENTS) {
      throw new ClutchcutError(
        'usage',
        `An EDL holds at most ${MAX_EVENTS} cuts, and these are ${found.length} clips. Hand them off in parts, or in another format.`,
      )
    }
    const { title } = first.recording
    const clips = found.map(({ clip }) => clip)
    const timeline = placeOnTimeline({ title, clips, platform: process.platform, dropFrame: options.dropFrame })
    const { write, captionsBeside } = handOffFormats[options.format]
    const text = write(timeline)
    const srt = captionsBeside ? formatSrt(timeline) : null
    const notes = [...timeline.notes]
    if (options.out === undefined) {
      if (srt !== null) notes.push('The captions are left out: with --out they go into an .srt file beside it.')
      if (!options.json) process.stdout.write(text)
    } else {
      const path = resolve(options.out)
      await writeNew([{ path, text }, ...(srt === null ? [] : [{ path: captionsPath(path), text: srt }])])
    }
    if (options.json) {
      printJson({
        version: 1,
        format: options.format,
        clips: found.length,
        ...(options.out === undefined ? { text } : { path: resolve(options.out) }),
        ...(srt !== null && options.out !== undefined && { captions: captionsPath(resolve(options.out)) }),
        notes,
      })
    } else for (const note of notes) process.stderr.write(`${printable(note)}\n`)
  })
}

/** `match.otio` has its captions in `match.srt`. */
function captionsPath(path: string): string {
  const { dir, name, ext } = parse(path)
  return format({ dir, name: ext.toLowerCase() === '.srt' ? `${name}.captions` : name, ext: '.srt' })
}

/** Like every output of ours, whole or not at all, and never over an existing file. */
async function writeNew(files: readonly { path: string; text: string }[]): Promise<void> {
  for (const { path } of files) if (await nameIsTaken(path)) throw alreadyThere(path)
  const published: string[] = []
  for (const { path, text } of files) {
    const temp = join(dirname(path), `.clutchcut-${randomBytes(6).toString('hex')}.partial`)
    try {
      await writeSynced(temp, text)
      if ((await publishFile(temp, path)) === 'taken') throw alreadyThere(path)
      published.push(path)
    } catch (thrown) {
      for (const done of [temp, ...published]) await removeFile(done)
      throw thrown
    }
  }
}

function alreadyThere(path: string): ClutchcutError {
  return new ClutchcutError(
    'output/not-writable',
    `“${path}” is there already. Choose another name, or remove it first.`,
    { data: { path } },
  )
}
