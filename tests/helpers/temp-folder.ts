import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** A folder of this test file's own, removed when its tests are done. Call it at the top level of a test file. */
export function tempFolder(name = 'clutchcut'): string {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`))
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
