import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface LogFileOptions {
  folder: string
  /** A file that has grown past this is left, and the next one begun. */
  maxFileBytes: number
  /** Oldest files go until the rest fits. */
  maxFolderBytes: number
  now: () => Date
}

const NAME = /^clutchcut-\d{4}-\d\d-\d\d(?:-\d{3})?\.log$/

export function isLogName(name: string): boolean {
  return NAME.test(name)
}

/**
 * A destination for pino. Several of our processes write at once, so files are opened for appending (a line is one
 * write) and never renamed: Windows refuses to rename what another process holds open. Writing is synchronous,
 * because the lines before a crash are the ones that matter, and there are few.
 *
 * Logging never stops the work: a full or read-only disk loses lines, nothing else.
 */
export function openLogFile(options: LogFileOptions): { write: (line: string) => void; close: () => void } {
  let file: { descriptor: number; path: string; bytes: number } | undefined
  let failed = false

  function write(line: string): void {
    if (failed) return
    try {
      if (file === undefined || file.bytes >= options.maxFileBytes || !file.path.includes(dayOf(options.now()))) {
        close()
        file = openNext(options)
      }
      file.bytes += writeSync(file.descriptor, line)
    } catch {
      failed = true
      close()
    }
  }

  function close(): void {
    if (file === undefined) return
    closeSync(file.descriptor)
    file = undefined
  }

  return { write, close }
}

function openNext(options: LogFileOptions): { descriptor: number; path: string; bytes: number } {
  mkdirSync(options.folder, { recursive: true })
  prune(options)
  const day = dayOf(options.now())
  for (let part = 0; part < 1000; part++) {
    const suffix = part === 0 ? '' : `-${String(part).padStart(3, '0')}`
    const path = join(options.folder, `clutchcut-${day}${suffix}.log`)
    const descriptor = openSync(path, 'a', 0o600)
    const bytes = fstatSync(descriptor).size
    if (bytes < options.maxFileBytes) return { descriptor, path, bytes }
    closeSync(descriptor)
  }
  throw new Error('a thousand log files in one day')
}

function prune(options: LogFileOptions): void {
  const files = readdirSync(options.folder)
    .filter(isLogName)
    .map((name) => ({ name, bytes: statSync(join(options.folder, name)).size }))
    .sort((a, b) => (a.name < b.name ? 1 : -1))
  let total = 0
  for (const { name, bytes } of files) {
    total += bytes
    // Someone may be writing the newest; on Windows removing an open file fails, and then it stays.
    if (total > options.maxFolderBytes - options.maxFileBytes) rmSync(join(options.folder, name), { force: true })
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
