import { posix, win32 } from 'node:path'
import type { Clip } from '../../../src-shared/contract/clip.ts'
import { nameFromTemplate, type NameValues } from '../../../src-shared/domain/file-name.ts'
import type { RenderSource } from './deps.ts'

/** Used where neither the job nor the settings say another. */
export const DEFAULT_TEMPLATE = '{date} {game} {n} {title}'

export interface Naming {
  readonly template: string | null
  readonly game: string | null
  /** From 1, best clip first. */
  readonly number: number
  readonly platform: NodeJS.Platform
}

/** The name of a clip's files without extension, safe on every system. */
export function clipName(source: RenderSource, clip: Clip, naming: Naming): string {
  return nameFromTemplate(naming.template ?? DEFAULT_TEMPLATE, nameValues(source, clip, naming))
}

function nameValues({ recording, media }: RenderSource, clip: Clip, naming: Naming): NameValues {
  const { date, time } = recordedAt(media.recordedAt, recording.mtimeMs)
  const path = naming.platform === 'win32' ? win32 : posix
  return {
    date,
    time,
    game: naming.game,
    n: String(naming.number).padStart(2, '0'),
    title: clip.title,
    recording: path.parse(recording.path).name,
    score: clip.score.toFixed(2),
  }
}

/**
 * Day and time as the recorder's clock showed them; without a recorder's word, when the file was last written, in
 * this machine's zone.
 */
function recordedAt(iso: string | null, mtimeMs: number): { date: string; time: string } {
  if (iso !== null) return { date: iso.slice(0, 10), time: iso.slice(11, 19).replaceAll(':', '-') }
  const at = new Date(mtimeMs)
  const pad = (n: number): string => String(n).padStart(2, '0')
  return {
    date: `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`,
    time: `${pad(at.getHours())}-${pad(at.getMinutes())}-${pad(at.getSeconds())}`,
  }
}
