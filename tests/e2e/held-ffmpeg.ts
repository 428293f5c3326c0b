import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { testTools } from '../helpers/ffmpeg.ts'

export interface HeldFfmpeg {
  /** For `CLUTCHCUT_FFMPEG`. */
  readonly folder: string
  /** Analyses go on, and later ones are not held. */
  release(): void
  remove(): void
}

/**
 * The real FFmpeg, but a pass over keyframes (an analysis) begins only after `release`: until then, a job certainly is
 * in the middle of it. Not for Windows, which runs no such scripts.
 */
export async function holdFfmpeg(): Promise<HeldFfmpeg> {
  const { ffmpeg, ffprobe } = await testTools()
  const root = mkdtempSync(path.join(tmpdir(), 'clutchcut-held-'))
  const folder = path.join(root, 'bin')
  const gate = path.join(root, 'open')
  mkdirSync(folder)
  symlinkSync(ffprobe, path.join(folder, 'ffprobe'))
  const wait = `case "$*" in *nokey*) while [ ! -e '${gate}' ]; do sleep 0.1; done ;; esac`
  writeFileSync(path.join(folder, 'ffmpeg'), `#!/bin/sh\n${wait}\nexec '${ffmpeg}' "$@"\n`, { mode: 0o755 })
  return {
    folder,
    release: () => writeFileSync(gate, ''),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
