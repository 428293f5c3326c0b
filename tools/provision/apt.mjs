// Installs Debian packages; only where tools/provision/plan.mjs found a Debian or Ubuntu with root.
import { spawn } from 'node:child_process'

/**
 * @param {readonly string[]} packages
 * @returns {string[][]}
 */
export function aptCommands(packages) {
  const wait = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20']
  return [
    ['apt-get', ...wait, 'update'],
    ['apt-get', ...wait, 'install', '-y', '--no-install-recommends', ...packages],
  ]
}

/**
 * @param {readonly string[]} packages
 * @returns {Promise<void>}
 */
export async function aptInstall(packages) {
  for (const [program = 'apt-get', ...args] of aptCommands(packages)) await run(program, args)
}

/**
 * Quiet unless it fails: then the last lines are the message.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    let said = ''
    /** @param {Buffer} text */
    const keep = (text) => (said = `${said}${text.toString()}`.slice(-1500))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ${args.at(-1)} failed:\n${said.trim()}`)),
    )
  })
}
