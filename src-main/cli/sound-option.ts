import { readFile, stat } from 'node:fs/promises'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { SoundWish } from '../../src-shared/contract/sound.ts'
import { readTime } from '../../src-shared/domain/read-time.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'

export interface SoundOptions {
  muteMusic?: boolean
  micGain?: number
  bleep?: string[]
  bleepWith: 'tone' | 'silence'
  duck: boolean
  normalise: boolean
}

const mostBleeps = 500
const mostBytes = 1024 * 1024

/** What the options say of the sound of all clips; null where they say nothing. */
export async function soundWishOf(options: SoundOptions): Promise<SoundWish | null> {
  const { muteMusic = false, micGain, bleep = [], bleepWith, duck, normalise } = options
  if (!muteMusic && micGain === undefined && bleep.length === 0 && duck && normalise) return null
  const spans = (await Promise.all(bleep.map(readBleeps))).flat()
  if (spans.length > mostBleeps) throw new ClutchcutError('usage', `At most ${mostBleeps} spans can be bleeped.`)
  return {
    muted: muteMusic ? ['music'] : [],
    gains: micGain === undefined ? [] : [{ role: 'mic', gainDb: micGain }],
    bleeps: spans.map((span) => ({ ...span, with: bleepWith })),
    duckMusic: duck,
    normalise,
  }
}

/** A span (`0:12.5-0:13.1`), or a file of spans. */
async function readBleeps(text: string): Promise<{ start: number; end: number }[]> {
  const span = readSpan(text)
  if (span !== null) return [span]
  const size = await stat(text).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  )
  if (size === null) {
    throw new ClutchcutError(
      'usage',
      `--bleep takes a span such as 0:12.5-0:13.1, or a file of them; "${text}" is neither.`,
    )
  }
  if (size > mostBytes) throw new ClutchcutError('usage', `"${text}" is too large for a file of spans to bleep.`)
  return parseBleeps(await readFile(text, 'utf8'), text)
}

/** A span a line; what follows it, and lines with `#`, are for people. `name` is told in errors. */
export function parseBleeps(text: string, name: string): { start: number; end: number }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((line, i) => {
      if (line.trim() === '' || line.trimStart().startsWith('#')) return []
      const span = readSpan(line)
      if (span !== null) return [span]
      throw new ClutchcutError(
        'usage',
        `Line ${i + 1} of "${name}" is no span such as 0:12.5-0:13.1: ${line.slice(0, 80)}`,
      )
    })
}

const spanPattern = /^\s*([\d:.]+)\s*(?:-->|[-–,;\t])\s*([\d:.]+)(?=[\s,;]|$)/

/** On the recording's timeline; null where it is none. */
function readSpan(text: string): { start: number; end: number } | null {
  const [, from = '', to = ''] = spanPattern.exec(text) ?? []
  const [start, end] = [readTime(from), readTime(to)]
  if (start?.kind !== 'offset' || end?.kind !== 'offset' || start.seconds >= end.seconds) return null
  return { start: ticksFromSeconds(start.seconds), end: ticksFromSeconds(end.seconds) }
}
