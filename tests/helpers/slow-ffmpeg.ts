import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { testTools } from './ffmpeg.ts'

/**
 * Puts the real FFmpeg into `folder` (for `CLUTCHCUT_FFMPEG`), but what is encoded with x264 is read at half of its
 * speed: for a test that looks in the middle of it, however quick the machine is. Not for Windows, which runs no such
 * scripts.
 */
export async function slowFfmpeg(folder: string): Promise<string> {
  const { ffmpeg, ffprobe } = await testTools()
  mkdirSync(folder, { recursive: true })
  symlinkSync(ffprobe, path.join(folder, 'ffprobe'))
  const slow = `case "$*" in *libx264*) exec '${ffmpeg}' -readrate 0.5 "$@" ;; esac`
  writeFileSync(path.join(folder, 'ffmpeg'), `#!/bin/sh\n${slow}\nexec '${ffmpeg}' "$@"\n`, { mode: 0o755 })
  return folder
}
