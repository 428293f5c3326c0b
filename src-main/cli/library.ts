import { resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import { formatClock, secondsFromTicks, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions } from './program.ts'
import { formatTable, printable } from './table.ts'
import { withEngine, type Engine } from './with-engine.ts'

/** Recordings of `library list`, newest first. */
export async function listLibrary(options: CommonOptions & { limit: number }): Promise<void> {
  await withEngine(options, ({ api }) => {
    const { items, total } = api.recordings.list({ order: 'newest', limit: options.limit, offset: 0 })
    if (options.json) return printJson({ version: 1, recordings: items, total })
    if (total === 0) return printText('The library is empty. `clutchcut process FILE --out FOLDER` fills it.')
    const rows = items.map((recording) => [
      String(recording.id),
      recording.recordedAt?.slice(0, 16).replace('T', ' ') ?? '',
      recording.durationSeconds === null ? '' : formatClock(ticksFromSeconds(recording.durationSeconds)),
      String(recording.clipCount + recording.candidateCount),
      recording.state,
      recording.title,
      recording.path,
    ])
    printText(formatTable(['No', 'Recorded', 'Length', 'Clips', 'State', 'Title', 'File'], rows))
    if (total > items.length) printText(`${total - items.length} more; --limit shows them.`)
  })
}

export async function showRecording(wanted: string, options: CommonOptions): Promise<void> {
  await withEngine(options, (engine) => {
    const recording = findRecording(engine, wanted)
    const segments = engine.api.recordings.segments(recording.id)
    const clips = engine.api.clips.list({ recordingId: recording.id, order: 'time', limit: 500, offset: 0 }).items
    if (options.json) return printJson({ version: 1, recording, segments, clips })
    printText(`${recording.title}\n${printable(recording.path)}\n`)
    printText(
      formatTable(
        ['Start', 'End', 'Score', 'Why'],
        segments.map((s) => [formatClock(s.start), formatClock(s.end), s.score.toFixed(2), s.reasons[0]?.text ?? '']),
      ),
    )
    if (clips.length === 0) return
    printText(
      formatTable(
        ['Clip', 'Start', 'Length', 'State', 'Title', 'Files'],
        clips.map((clip) => [
          String(clip.id),
          formatClock(clip.start),
          `${Math.round(secondsFromTicks(clip.end - clip.start))} s`,
          clip.state,
          clip.title,
          clip.renders.map((render) => render.path).join(', '),
        ]),
      ),
    )
  })
}

export async function searchLibrary(words: string[], options: CommonOptions & { limit: number }): Promise<void> {
  await withEngine(options, ({ api }) => {
    const hits = api.recordings.search(words.join(' '), { limit: options.limit, offset: 0 })
    if (options.json) return printJson({ version: 1, hits })
    if (hits.length === 0) return printText('Nothing found.')
    const rows = hits.map((hit) => [
      hit.clipId === null ? `recording ${hit.recordingId}` : `clip ${hit.clipId}`,
      hit.title,
      hit.snippet.replaceAll('\u0002', '[').replaceAll('\u0003', ']'),
    ])
    printText(formatTable(['What', 'Title', 'Where'], rows))
  })
}

/** A recording by its number in the library, or by its file. */
export function findRecording({ api, library }: Engine, wanted: string): RecordingSummary {
  const id = /^\d+$/.test(wanted) ? Number(wanted) : library.recordings.idOfPath(resolve(wanted))
  const recording = id === undefined ? undefined : api.recordings.get(id)
  if (recording !== undefined) return recording
  throw new ClutchcutError(
    'library/not-found',
    `The library knows no recording “${printable(wanted)}”. "clutchcut library list" shows what it knows.`,
  )
}
