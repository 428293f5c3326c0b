import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isLogName } from './log-file.ts'
import { redactLine } from './redact.ts'

export interface LogLine {
  /** ISO 8601; null where the line does not say. */
  readonly at: string | null
  readonly level: string
  readonly text: string
}

/** Read at most, from the newest back: a job's end is what somebody wants to know about. */
const mostBytes = 8_000_000
const longestText = 600
const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
}

/**
 * The last lines that were logged for a job, oldest first. Debug lines, such as FFmpeg's start and end, are part of it.
 * What cannot be read is left out.
 */
export async function readJobLog(folder: string, jobId: number, most: number): Promise<LogLine[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isLogName)
  const found: LogLine[] = []
  let budget = mostBytes
  for (const name of names.toSorted(newestFirst)) {
    if (found.length >= most || budget <= 0) break
    const text = await readEnd(join(folder, name), budget)
    budget -= text.length
    const lines = text.split('\n').flatMap((line) => lineOf(line, jobId) ?? [])
    found.unshift(...lines.slice(-(most - found.length)))
  }
  return found
}

/** `…-22.log`, `…-22-001.log`, `…-22-002.log` were written in this order. */
function newestFirst(a: string, b: string): number {
  const key = (name: string): string => name.replace(/\.log$/, '')
  return key(a) < key(b) ? 1 : -1
}

async function readEnd(path: string, most: number): Promise<string> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return ''
  try {
    const { size } = await file.stat()
    const length = Math.min(size, most)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8', 0, bytesRead)
  } catch {
    return ''
  } finally {
    await file.close()
  }
}

/** What was not said of a job is no news. */
const said = (_key: string, value: unknown): unknown => value ?? undefined

function lineOf(line: string, jobId: number): LogLine | null {
  // Cheaper than parsing every line of another job.
  if (!line.includes(`"job":${jobId}`)) return null
  let entry: Record<string, unknown>
  try {
    entry = JSON.parse(redactLine(line)) as Record<string, unknown>
  } catch {
    return null
  }
  if (entry['job'] !== jobId) return null
  const { level, time, msg, pid: _pid, job: _job, ...rest } = entry
  const about = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest, said)}`
  return {
    at: typeof time === 'number' && Number.isFinite(time) ? new Date(time).toISOString() : null,
    level: levels[Number(level)] ?? 'info',
    text: `${typeof msg === 'string' ? msg : ''}${about}`.trim().slice(0, longestText),
  }
}
