// What `npm run demo` prints at its end, as text.
import path from 'node:path'
import { formatTable, printable } from '../../src-main/cli/table.ts'
import type { ProcessDocument } from '../../src-shared/contract/documents.ts'

export interface ReportContext {
  output: string
  /** Files are shown relative to this folder when they lie below it. */
  stoodIn: string
  platform: NodeJS.Platform
  /** Wall time of it all. */
  seconds: number
  /** Bytes of a file. */
  size: (file: string) => number
}

export function demoReport(document: ProcessDocument, context: ReportContext): string {
  const parts = document.recordings.map((recording) => oneRecording(recording, context))
  for (const failure of document.failures) parts.push(`${printable(failure.path)}\n  ${printable(failure.message)}\n`)
  const clips = document.recordings.flatMap((recording) => recording.clips)
  if (clips.length > 0) {
    parts.push(`The clips lie in ${shown(context.output, context)}\nTo see them: ${openCommand(context)}\n`)
  }
  return `\n${parts.join('\n')}`
}

function oneRecording(recording: ProcessDocument['recordings'][number], context: ReportContext): string {
  const { path: file, duration } = recording.recording
  const found = recording.clips.length
  const title =
    `${printable(path.basename(file))}: ${found === 0 ? 'no moment' : found === 1 ? '1 moment' : `${found} moments`} ` +
    `in ${clock(duration)} of recording, after ${context.seconds.toFixed(1)} s\n`
  if (found === 0) return `${title}  Nothing stood out enough. \`--top 3\` on the command line takes the best three.\n`

  const rows = recording.clips.flatMap((clip) => {
    const segment = recording.segments[clip.segment]
    return clip.renders.map((render) => [
      `${clock(render.start)} to ${clock(render.end)}`,
      (segment?.score ?? 0).toFixed(2),
      segment?.reasons[0]?.text ?? '',
      `${shown(render.path, context)} (${(context.size(render.path) / 1e6).toFixed(1)} MB)`,
    ])
  })
  return `${title}\n${formatTable(['Time', 'Score', 'Reason', 'File'], rows)}`
}

/** `1:02:03`, or `2:03` below an hour. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds)
  const pad = (value: number): string => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  return minutes < 60
    ? `${minutes}:${pad(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`
}

function shown(file: string, { stoodIn }: ReportContext): string {
  const relative = path.relative(stoodIn, file)
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative
}

function openCommand(context: ReportContext): string {
  const folder = JSON.stringify(shown(context.output, context))
  switch (context.platform) {
    case 'darwin':
      return `open ${folder}`
    case 'win32':
      return `explorer ${folder}`
    default:
      return `xdg-open ${folder}`
  }
}
