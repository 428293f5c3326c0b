// `npm start`: the desktop application; where Electron's binary cannot be had, the same interface in the browser.
// Plain JavaScript, because it runs before anything is known of the machine.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from './start/build.mjs'
import { hasScreen, planStart } from './start/plan.mjs'

const checkout = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const { platform, env } = process
const given = process.argv.slice(2)
/** A program that ends sooner and badly never got a window open: no sandbox, no libraries, a broken display. */
const soonMs = 5000
const fetchMs = 10 * 60_000
const parent = process.ppid
let interrupted = false

/** @param {string} line */
const say = (line) => console.error(line)

/**
 * Runs a program in front of the person. Ctrl-C reaches it by itself; other orders to end are passed on.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, timeout?: number }} [options]
 * @returns {Promise<{ code: number, wallMs: number }>}
 */
function run(program, args, { quiet = false, timeout } = {}) {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: checkout,
      stdio: quiet ? 'ignore' : 'inherit',
      windowsHide: true,
      ...(timeout !== undefined && { timeout }),
    })
    const note = () => {
      interrupted = true
    }
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      note()
      child.kill(signal)
    }
    process.on('SIGINT', note).on('SIGTERM', pass).on('SIGHUP', pass)
    // npm that is told to end takes its shell along, which tells nobody.
    const watch = setInterval(() => process.ppid !== parent && pass('SIGTERM'), 500)
    const end = (/** @type {number} */ code) => {
      clearInterval(watch)
      process.off('SIGINT', note).off('SIGTERM', pass).off('SIGHUP', pass)
      resolve({ code, wallMs: performance.now() - startedAt })
    }
    child.once('error', () => end(127))
    child.once('exit', (code) => end(code ?? 1))
  })
}

/**
 * @param {string} why
 * @returns {Promise<number>}
 */
async function startBrowser(why) {
  say(`${why}: Clutchcut opens in the browser, with everything but tray and native dialogs.`)
  await buildWhenStale(checkout, 'browser', say)
  const open = hasScreen({ platform, env }) ? ['--open'] : []
  const { code } = await run(process.execPath, [path.join(checkout, 'src-main', 'cli.ts'), 'serve', ...open, ...given])
  return code
}

/**
 * @param {string} program
 * @returns {Promise<number>}
 */
async function startDesktop(program) {
  await buildWhenStale(checkout, 'desktop', say)
  const { code, wallMs } = await run(program, [checkout, ...given])
  return code !== 0 && wallMs < soonMs && !interrupted ? startBrowser(`Electron ended at once (${code})`) : code
}

async function main() {
  const plan = planStart({ platform, env, checkout, exists: existsSync })
  if (plan.kind === 'desktop') return startDesktop(plan.program)
  if (plan.kind === 'browser') return startBrowser(plan.why)
  say('Fetching Electron’s binary, once (CLUTCHCUT_OFFLINE=1 forbids it) …')
  const installer = path.join(checkout, 'node_modules', 'electron', 'install.js')
  await run(process.execPath, [installer], { quiet: true, timeout: fetchMs })
  if (interrupted) return 130
  return existsSync(plan.program) ? startDesktop(plan.program) : startBrowser('Electron’s binary cannot be had here')
}

process.exitCode = await main()
