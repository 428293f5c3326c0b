// The main job on the bundled recording, or on the files given: `npm run demo -- my.mp4 [--out FOLDER] [--top N]`. It
// runs the command line as a person would, and prints what was found as a table.
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { processDocumentSchema } from '../src-shared/contract/documents.ts'
import { demoReport } from './demo/report.ts'

const checkout = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const bundled = path.join(checkout, 'resources', 'demo', 'openarena-match.mp4')
// npm runs scripts in the checkout; INIT_CWD is where the person stood.
const stoodIn = process.env['INIT_CWD'] ?? process.cwd()
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, top: { type: 'string' }, 'data-dir': { type: 'string' } },
})
const files = positionals.length === 0 ? [bundled] : positionals.map((file) => path.resolve(stoodIn, file))
const output = path.resolve(stoodIn, values.out ?? path.join(checkout, 'demo-clips'))
const dataFolder = path.resolve(stoodIn, values['data-dir'] ?? path.join(checkout, '.cache', 'demo-library'))
// So short a recording has no more than that; of one's own, the threshold decides.
const top = values.top ?? (positionals.length === 0 ? '3' : undefined)

const started = performance.now()
const { exitCode, stdout } = await runCli([
  ...['process', '--json', '--out', output, '--data-dir', dataFolder],
  ...(top === undefined ? [] : ['--top', top]),
  '--',
  ...files,
])
const seconds = (performance.now() - started) / 1000

// Where the command failed as a whole, it has said so on stderr, and there is nothing to show.
const document = processDocumentSchema.safeParse(stdout.trim() === '' ? null : JSON.parse(stdout))
if (document.success) {
  const size = (file: string): number => statSync(file).size
  process.stdout.write(demoReport(document.data, { output, stoodIn, platform: process.platform, seconds, size }))
}
process.exitCode = exitCode

/** stderr (progress, errors) goes straight to the terminal. */
function runCli(args: string[]): Promise<{ exitCode: number; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(checkout, 'src-main', 'cli.ts'), ...args], {
      stdio: ['inherit', 'pipe', 'inherit'],
      windowsHide: true,
    })
    // Ctrl-C reaches the child by itself; it cleans up, and we wait for it.
    process.on('SIGINT', () => {})
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? 1, stdout: Buffer.concat(chunks).toString('utf8') }))
  })
}
