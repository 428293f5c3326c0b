// Runs all tests: Vitest (with the arguments that were given), then, unless only a part was asked for, the paths through
// the built interface. `--only-e2e` runs those alone, with further arguments for Playwright.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const checkout = path.dirname(import.meta.dirname)
const args = process.argv.slice(2)
const onlyEndToEnd = args[0] === '--only-e2e'

/** True when it ended well. Runs on this Node, whatever `node` is on the path. */
function run(program: string, ...rest: string[]): boolean {
  const { status } = spawnSync(process.execPath, [path.join(checkout, 'node_modules', program), ...rest], {
    cwd: checkout,
    stdio: 'inherit',
  })
  return status === 0
}

let good = onlyEndToEnd || run('vitest/vitest.mjs', 'run', ...args)
if (onlyEndToEnd || args.length === 0) {
  const built = run('vite/bin/vite.js', 'build', '--app', '--logLevel', 'warn')
  good = built && run('@playwright/test/cli.js', 'test', ...args.slice(1)) && good
}
process.exitCode = good ? 0 : 1
