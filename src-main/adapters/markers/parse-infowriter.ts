import { readTime } from '../../../src-shared/domain/read-time.ts'
import { MarkerCollector, type MarkerList } from './marker-list.ts'

const event = /^\s*(?:EVENT:)?(START|STOP)(?: (RECORDING|STREAM))? @ (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/
const hotkey = /^\s*HOTKEY:(.*?)(?: @ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?\s*$/
const counted = /^\s*(\d{1,3}:\d\d:\d\d) (Record|Stream) Time Marker(.*)$/
/** Before version 2 of the plugin: `0:01:25 - text`. */
const old = /^\s*(\d{1,3}:\d\d:\d\d)(?: - (.*))?$/

export function isInfoWriterLog(lines: readonly string[]): boolean {
  return lines.some((line) => event.test(line) || counted.test(line) || hotkey.test(line))
}

/**
 * The default log of the OBS plugin InfoWriter: which hotkey was pressed, then at what time of the recording. One file
 * may hold many recordings, each with the time of day at which it began. Scene changes and pauses are no markers.
 */
export function parseInfoWriter(lines: readonly string[]): MarkerList | null {
  const found = new MarkerCollector()
  let pressed: string | null = null
  const anyRecording = lines.some((line) => event.exec(line)?.[2] === 'RECORDING')
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const mark = event.exec(line)
    if (mark) {
      const stream = mark[2] === 'STREAM' && anyRecording
      const startedAt = readTime(mark[3] ?? '')
      if (mark[1] === 'START' && !stream) found.groups.push({ startedAt: startedAt?.seconds ?? null, file: null })
      pressed = null
      continue
    }
    const key = hotkey.exec(line)
    if (key) {
      pressed = key[1] ?? ''
      continue
    }
    const at = counted.exec(line)
    const simple = at ? null : old.exec(line)
    if (at === null && simple === null) {
      if (!line.trimStart().startsWith('EVENT:')) found.skip(i + 1, line)
      continue
    }
    // While nothing was recorded, or the recording paused, there is nothing to see.
    const counts = at === null || (at[3]?.trim() === '' && (at[2] === 'Record' || !anyRecording))
    const label = simple ? (simple[2] ?? '') : pressed
    if (counts && label !== null) {
      const group = Math.max(0, found.groups.length - 1)
      const time = readTime((at ?? simple)?.[1] ?? '')
      if (!found.add(time, null, { kind: 'hotkey', label, group })) found.skip(i + 1, line)
      pressed = null
    }
    if (at?.[2] === 'Stream') pressed = null
  }
  return found.list('infowriter')
}
