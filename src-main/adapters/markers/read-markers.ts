import { basename } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'
import type { MarkerList } from './marker-list.ts'
import { isEdl, parseEdl } from './parse-edl.ts'
import { isInfoWriterLog, parseInfoWriter } from './parse-infowriter.ts'
import { parseJson } from './parse-json.ts'
import { collectLines } from './parse-lines.ts'
import { isSteamTimeline, parseSteamTimeline } from './parse-steam.ts'
import { parseTable } from './parse-table.ts'
import { readTextFile, type TextKind } from '../text-files/read-text-file.ts'

export interface ReadMarkersOptions {
  /** Frame rate of the recording, which timecodes count by. */
  readonly fps: Rational
  readonly signal?: AbortSignal | undefined
}

const kind: TextKind = {
  things: 'markers',
  file: 'marker file',
  longest: 'any list of markers',
  // Ten thousand markers with long labels, several times over.
  maxMebibytes: 16,
  understood:
    'Understood are Steam timelines, InfoWriter logs, stream markers, marker lists of editors (EDL, CSV), and lines of a time and a label.',
}

/**
 * Reads a file of markers, whatever it is called: the format is known by the content. Hostile input costs nothing but a
 * clear error or a count of skipped lines.
 * @throws ClutchcutError as `readTextFile`, and `input/unsupported` where there is no marker in it.
 */
export async function readMarkers(path: string, { fps, signal }: ReadMarkersOptions): Promise<MarkerList> {
  const text = await readTextFile(path, kind, { signal })
  const list = parseMarkers(text, fps)
  if ('markers' in list) return list
  const { complaint } = list
  const where = complaint === null ? '' : ` Line ${complaint.line} is none: "${complaint.text}".`
  throw new ClutchcutError(
    'input/unsupported',
    `No markers were found in ${basename(path)}.${where} ${kind.understood}`,
    {
      data: { path, line: complaint?.line ?? null },
    },
  )
}

/** Pure: what is in a text; where there is no marker, which line was the first that is none. */
export function parseMarkers(
  text: string,
  fps: Rational,
): MarkerList | { readonly complaint: MarkerList['firstSkipped'] } {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (start.startsWith('{') || start.startsWith('[')) {
    const document = parseDocument(start)
    const list = isSteamTimeline(document) ? parseSteamTimeline(document) : parseJson(document)
    if (list !== null) return list
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const list = isInfoWriterLog(lines)
    ? parseInfoWriter(lines)
    : isEdl(lines)
      ? parseEdl(lines, fps)
      : parseTable(lines, fps)
  if (list !== null) return list
  const found = collectLines(lines, fps)
  return found.list('text') ?? { complaint: found.complaint }
}

/** A document that breaks off, or none. */
function parseDocument(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
