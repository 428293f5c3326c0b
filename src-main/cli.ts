#!/usr/bin/env node
// The command line's composition root. `--version` is answered before anything is loaded; each verb loads only
// what it needs (node's compile cache keeps the stripped sources).
import { readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

enableCompileCache()

const [first] = process.argv.slice(2)
if (first === '--version' || first === '-V') {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => (process.exitCode = code === 'EPIPE' ? 0 : 1))
  process.stdout.write(`${version()}\n`)
} else {
  const { runCli } = await import('./cli/run-cli.ts')
  await runCli(process.argv.slice(2), version())
}

function version(): string {
  // One level up from src-main/ in a checkout, and from dist/ in a build.
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}
