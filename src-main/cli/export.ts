import { resolve } from 'node:path'
import { makeHandOff, writeHandOff } from '../engine/hand-off.ts'
import type { HandOffFormat } from '../stages/hand-off/formats.ts'
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
    const { format, dropFrame } = options
    const made = makeHandOff(engine.library, found, { format, dropFrame, platform: process.platform })
    const notes = [...made.notes]
    const path = options.out === undefined ? null : resolve(options.out)
    const captions = path === null ? null : (await writeHandOff(path, made)).captions
    if (path === null) {
      if (made.srt !== null) notes.push('The captions are left out: with --out they go into an .srt file beside it.')
      if (!options.json) process.stdout.write(made.text)
    }
    if (options.json) {
      printJson({
        version: 1,
        format,
        clips: found.length,
        ...(path === null ? { text: made.text } : { path }),
        ...(captions !== null && { captions }),
        notes,
      })
    } else for (const note of notes) process.stderr.write(`${printable(note)}\n`)
  })
}
