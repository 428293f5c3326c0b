import { basename } from 'node:path'
import type { AnalysisDocument, ProcessDocument } from '../../src-shared/contract/documents.ts'
import { formatClock, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { formatTable } from './table.ts'

const MAX_UNSELECTED = 5

/** The moments of a recording for people: the selected ones, and the best of the rest. */
export function formatMoments(document: Omit<AnalysisDocument, 'version'>): string {
  const { segments, recording, timing, model, device } = document
  const selected = segments.filter((segment) => segment.selected)
  const rest = segments.filter((segment) => !segment.selected).slice(0, MAX_UNSELECTED)
  const speed = timing.realtimeFactor === null ? '' : `, ${Math.round(timing.realtimeFactor)} × real time`
  const summary = `${clock(recording.duration)} of recording in ${timing.wallSeconds.toFixed(1)} s${speed}; ${model.id} ${model.version} on ${device.used}`
  if (segments.length === 0) return `No moment stands out.\n${summary}\n`
  const row = (segment: (typeof segments)[number]): string[] => [
    clock(segment.start),
    `${Math.round(segment.end - segment.start)} s`,
    segment.score.toFixed(2),
    segment.reasons[0]?.text ?? '',
  ]
  const table = formatTable(['Start', 'Length', 'Score', 'Why'], [...selected, ...rest].map(row))
  const lines = table.split('\n')
  if (rest.length > 0 && selected.length > 0) lines.splice(1 + selected.length, 0, '– not selected –')
  const notes = [...document.warnings, ...(device.fallbackReason === null ? [] : [device.fallbackReason])]
  return `${lines.join('\n')}\n${summary}\n${notes.map((note) => `Note: ${note}\n`).join('')}`
}

/** The clips that were cut, with where they lie. */
export function formatClips(recording: ProcessDocument['recordings'][number]): string {
  const { clips, segments } = recording
  if (clips.length === 0) return formatMoments(recording)
  const rows = clips.flatMap(({ segment, renders }) => {
    const found = segments[segment]
    return renders.map((render) => [
      clock(render.start),
      `${Math.round(render.end - render.start)} s`,
      found?.score.toFixed(2) ?? '',
      render.cut,
      found?.reasons[0]?.text ?? '',
      render.path,
    ])
  })
  const { timing, warnings, device } = recording
  const speed = timing.realtimeFactor === null ? '' : ` (${Math.round(timing.realtimeFactor)} × real time)`
  const made = clips.flatMap(({ renders }) => renders)
  const cutNotes = made.flatMap(({ path, note }) => (note === undefined ? [] : [`${basename(path)}: ${note}`]))
  const notes = [...warnings, ...(device.fallbackReason === null ? [] : [device.fallbackReason]), ...cutNotes]
  return [
    formatTable(['Start', 'Length', 'Score', 'Cut', 'Why', 'File'], rows),
    `${clock(recording.recording.duration)} of recording in ${timing.wallSeconds.toFixed(1)} s${speed}\n`,
    ...notes.map((note) => `Note: ${note}\n`),
  ].join('')
}

function clock(seconds: number): string {
  return formatClock(ticksFromSeconds(seconds))
}
