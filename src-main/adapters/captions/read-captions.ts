import { basename } from 'node:path'
import type { Transcript } from '../../../src-shared/contract/captions.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { parseAss } from './parse-ass.ts'
import { isTiming, parseCues } from './parse-cues.ts'
import { parseWhisper } from './parse-whisper.ts'
import { readTextFile, type TextKind } from '../text-files/read-text-file.ts'

const kind: TextKind = {
  things: 'captions',
  file: 'caption file',
  longest: 'any transcript',
  // Whisper's JSON of a day's speech.
  maxMebibytes: 64,
  understood:
    'Understood are SubRip (SRT), WebVTT, ASS, and JSON of Whisper, faster-whisper, WhisperX and whisper.cpp.',
}

/**
 * Reads who said what when, from SubRip, WebVTT, ASS or Whisper's JSON, whatever the file is called: the format is
 * known by the content. Files that time only whole captions have their words spread over them.
 * @throws ClutchcutError as `readTextFile`, and `input/unsupported`, naming the line, where nothing is said in it.
 */
export async function readCaptions(path: string, options: { signal?: AbortSignal } = {}): Promise<Transcript> {
  const transcript = parseCaptions(await readTextFile(path, kind, options))
  if ('words' in transcript) return transcript
  const { complaint } = transcript
  const where = complaint === null ? '' : ` Line ${complaint.line} is none: "${complaint.text}".`
  throw new ClutchcutError(
    'input/unsupported',
    `No captions were found in ${basename(path)}.${where} ${kind.understood}`,
    {
      data: { path, line: complaint?.line ?? null },
    },
  )
}

/** Pure: what is said in a text; where nothing is, which line was the first that made no sense. */
export function parseCaptions(text: string): Transcript | { readonly complaint: Transcript['firstSkipped'] } {
  const plain = text.replace(/^\uFEFF/, '')
  if (/^\s*[{[]/.test(plain)) {
    const whisper = parseWhisper(parseDocument(plain))
    if (whisper !== null) {
      return whisper.list.transcript('whisper', whisper.language) ?? { complaint: whisper.list.complaint }
    }
  }
  const lines = plain.split(/\r\n|\n|\r/)
  if (lines.some((line) => /^\s*\[events\]\s*$/i.test(line))) {
    const list = parseAss(lines)
    return list.transcript('ass') ?? { complaint: list.complaint }
  }
  const format = plain.startsWith('WEBVTT') ? 'vtt' : 'srt'
  const list = parseCues(lines, format)
  if (!lines.some(isTiming)) return { complaint: list.complaint }
  return list.transcript(format) ?? { complaint: list.complaint }
}

/** A document that breaks off, or none. */
function parseDocument(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
