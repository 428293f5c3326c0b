import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Labels, MarkedMoment } from '../../../src-shared/domain/evaluation/labels.ts'
import { textEncoding } from '../../../src-shared/domain/text-encoding.ts'
import { labelError, understood } from './label-error.ts'
import { readLabel, type LabelRow } from './label-row.ts'
import { parseLabelCsv } from './parse-csv.ts'
import { parseLabelJson } from './parse-json.ts'

const mostBytes = 16 * 1024 * 1024
const mostLabels = 100_000
/** The kinds of an event log; `other` is what other players did. */
const logged = new Set(['kill', 'award', 'death', 'other'])

/**
 * The labels in a file: moments that somebody marked, or a game's event log. The content tells which format it is.
 * @throws ClutchcutError `input/not-found`, `input/not-a-file`, `input/not-readable`, `input/empty`, `input/refused` (over
 *   16 MiB or 100,000 labels), and `input/unsupported` with the line that is wrong.
 */
export async function readLabels(path: string): Promise<Labels> {
  return labelsIn(await readText(path), path)
}

/** Pure part of `readLabels`; `path` is for messages only. */
export function labelsIn(content: string, path: string): Labels {
  const isJson = /^\s*[{[]/.test(content)
  const { rows, isLog } = isJson ? parseLabelJson(content, path) : { rows: parseLabelCsv(content, path), isLog: false }
  if (rows.length === 0)
    throw new ClutchcutError('input/empty', `There are no labels in ${basename(path)}. ${understood}`)
  if (rows.length > mostLabels) {
    throw new ClutchcutError('input/refused', `${basename(path)} has more than ${mostLabels} labels. Give fewer.`)
  }
  const moments = rows.map((row) => {
    const label = readLabel(row)
    if ('problem' in label) throw labelError(path, row.line, label.problem)
    return label
  })
  const log = rows.every((row, i) => isLogged(row, moments[i]!, isLog))
  if (log) return { kind: 'events', events: moments.map(({ start }, i) => ({ t: start, kind: rows[i]!.kind!.trim() })) }
  return { kind: 'moments', moments: moments.filter(({ weight }) => weight > 0) }
}

/** An instant of a kind that games log, without a weight of its own. In a list called `events` any kind may be. */
function isLogged({ kind, weight }: LabelRow, { end }: MarkedMoment, isLog: boolean): boolean {
  if (kind === undefined || kind.trim() === '' || (weight ?? '') !== '' || end !== null) return false
  return isLog || logged.has(kind.trim())
}

async function readText(path: string): Promise<string> {
  const refuse = (
    code: 'input/not-a-file' | 'input/empty' | 'input/refused' | 'input/unsupported',
    why: string,
  ): never => {
    throw new ClutchcutError(code, why, { data: { path } })
  }
  if (path === '' || path.includes('\0')) throw unreadable(path, Object.assign(new Error(), { code: 'ENOENT' }))
  try {
    // stat before open: opening a pipe would wait for its writer.
    const info = await stat(path)
    if (!info.isFile()) refuse('input/not-a-file', `${path} is not a file. Choose the file with the labels.`)
    if (info.size === 0) refuse('input/empty', `The labels file is empty: ${basename(path)}. ${understood}`)
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const bytes = Buffer.alloc(Math.min(info.size, mostBytes) + 1)
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
      if (bytesRead > mostBytes)
        refuse('input/refused', `${basename(path)} is larger than any list of labels (16 MiB).`)
      const encoding = textEncoding(bytes.subarray(0, Math.min(bytesRead, 64 * 1024)))
      if (encoding === null) {
        return refuse('input/unsupported', `${basename(path)} holds no text, so no labels. ${understood}`)
      }
      return new TextDecoder(encoding).decode(bytes.subarray(0, bytesRead))
    } finally {
      await file.close()
    }
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): ClutchcutError {
  if (error instanceof ClutchcutError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const options = { data: { path }, cause: error }
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') {
    return new ClutchcutError('input/not-found', `There is no labels file ${path}.`, options)
  }
  const why = `The labels file cannot be read: ${path} (${code || 'unknown error'}). Check its permissions.`
  return new ClutchcutError('input/not-readable', why, options)
}
