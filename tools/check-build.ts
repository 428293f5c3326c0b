// Proves that what `npm run build` made runs: without the sources' help, with its native modules and migrations.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const checkout = path.dirname(import.meta.dirname)
const cli = path.join(checkout, 'dist', 'cli.mjs')
const run = (...args: string[]): string => execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8' })

const { version } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { version: string }
expectEqual(run('--version').trim(), version, '--version')
expectEqual(run('--help').includes('process'), true, '--help lists the commands')

const dataFolder = mkdtempSync(path.join(tmpdir(), 'clutchcut-build-'))
try {
  JSON.parse(run('library', 'list', '--json', '--data-dir', dataFolder))
  expectEqual(readdirSync(dataFolder).includes('library.db'), true, 'the library was made')
} finally {
  rmSync(dataFolder, { recursive: true, force: true })
}
console.log(`dist/cli.mjs ${version} runs.`)

function expectEqual(actual: unknown, wanted: unknown, what: string): void {
  if (actual !== wanted) throw new Error(`${what}: ${String(actual)} instead of ${String(wanted)}`)
}
