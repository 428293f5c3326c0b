import { labelError, understood } from './label-error.ts'
import type { LabelRow } from './label-row.ts'

const lists = ['events', 'moments', 'labels'] as const
const fields = ['start', 'end', 'time', 'weight', 'kind', 'title'] as const

export interface JsonLabels {
  readonly rows: readonly LabelRow[]
  /** It calls its list `events`: a log, if its rows look like one. */
  readonly isLog: boolean
}

/**
 * The entries of an array, or of the `events`, `moments` or `labels` of an object; `t` is another name for `time`.
 * @throws ClutchcutError `input/unsupported`, with the line.
 */
export function parseLabelJson(content: string, path: string): JsonLabels {
  const document = parse(content, path)
  const key = isObject(document) ? lists.find((name) => Array.isArray(document[name])) : undefined
  const list: unknown = key === undefined ? document : (document as Record<string, unknown>)[key]
  if (!Array.isArray(list)) throw labelError(path, 1, `there is no list of moments or events. ${understood}`)
  const from = key === undefined ? 0 : content.search(new RegExp(`"${key}"\\s*:`)) + key.length + 2
  const linesOf = linesOfElements(content, from)
  const rows = (list as unknown[]).map((entry, i): LabelRow => {
    const line = linesOf[i] ?? 1
    if (!isObject(entry)) throw labelError(path, line, `entry ${i + 1} is no object with a start or a time.`)
    const read = (name: string): string | undefined => {
      const value = entry[name]
      if (value === undefined || value === null) return undefined
      if (typeof value !== 'string' && typeof value !== 'number') {
        throw labelError(path, line, `"${name}" of entry ${i + 1} is neither a number nor a text.`)
      }
      return String(value)
    }
    const row = Object.fromEntries(fields.map((name) => [name, read(name)]))
    return { ...row, time: row['time'] ?? read('t'), line }
  })
  return { rows, isLog: key === 'events' }
}

function parse(content: string, path: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? content.length)
    throw labelError(path, lineAt(content, at), `this is no JSON (${message}).`)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function lineAt(content: string, at: number): number {
  return content.slice(0, at).split('\n').length
}

/** The line, from 1, on which each element of the first array after `from` begins. The JSON is known to be good. */
function linesOfElements(content: string, from: number): number[] {
  const found: number[] = []
  let line = lineAt(content, from)
  let [depth, inString, awaited] = [0, false, false]
  for (let i = from; i < content.length; i++) {
    const char = content[i]!
    if (char === '\n') line += 1
    if (inString) {
      if (char === '\\') i += 1
      else if (char === '"') inString = false
      continue
    }
    if (/\s/.test(char)) continue
    if (awaited && char !== ']') found.push(line)
    awaited = false
    if (char === '"') inString = true
    else if (char === '[' || char === '{') {
      if (depth === 0 && char === '[') awaited = true
      depth += 1
    } else if (char === ']' || char === '}') {
      depth -= 1
      if (depth === 0) break
    } else if (char === ',' && depth === 1) awaited = true
  }
  return found
}
