import { ptsFromTicks, type Ticks } from './time.ts'

/** A caption as plain text, its lines apart by `\n`. */
export interface TextCue {
  readonly start: Ticks
  readonly end: Ticks
  readonly text: string
}

/** SubRip. An empty line ends a caption, so none may be inside one; `<` would begin a tag, but SubRip has no escape. */
export function formatSubRip(cues: readonly TextCue[]): string {
  return cues
    .map(({ start, end, text }, i) => `${i + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${onLines(text)}\n`)
    .join('\n')
}

/** WebVTT, with the characters escaped that would begin a tag or an entity. */
export function formatWebVtt(cues: readonly TextCue[]): string {
  const blocks = cues.map(({ start, end, text }) => {
    const escaped = onLines(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return `\n${clock(start, '.')} --> ${clock(end, '.')}\n${escaped}\n`
  })
  return `WEBVTT\n${blocks.join('')}`
}

/** Lines that hold something: an empty one would end the caption, and one of an arrow would begin another. */
function onLines(text: string): string {
  return text
    .split(/\s*[\n\r\u0085\u2028\u2029]\s*/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.replaceAll('-->', '→'))
    .join('\n')
}

function clock(ticks: Ticks, point: ',' | '.'): string {
  const ms = Math.max(0, ptsFromTicks(ticks, { num: 1, den: 1000 }))
  const pad = (n: number, width = 2): string => String(Math.floor(n)).padStart(width, '0')
  return `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1000) % 60)}${point}${pad(ms % 1000, 3)}`
}
