import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { tempFolder } from '../helpers/temp-folder.ts'

const run = promisify(execFile)
const checkout = path.resolve(import.meta.dirname, '../..')
const folder = tempFolder('clutchcut-demo')

it('the demo ends with a table of three clips that are there', async () => {
  const out = path.join(folder, 'clips')
  const { stdout } = await run(
    process.execPath,
    [path.join(checkout, 'tools', 'demo.ts'), '--out', out, '--data-dir', path.join(folder, 'library')],
    { env: { ...process.env, INIT_CWD: folder } },
  )
  expect(stdout).toMatch(/openarena-match\.mp4: 3 moments in 1:46 of recording/)
  const rows = [
    ...stdout.matchAll(/^(\d+:\d\d) to (\d+:\d\d) +([01]\.\d\d) +(\S.*\S) {2,}(clips\S.*) \(\d+\.\d MB\)$/gm),
  ]
  expect(rows).toHaveLength(3)
  for (const [, , , , , file = ''] of rows) expect(existsSync(path.join(folder, file)), file).toBe(true)
  expect(readdirSync(out).filter((name) => name.endsWith('.mp4'))).toHaveLength(3)
  expect(stdout).toContain('The clips lie in clips')
})
