// Tries the steps of a plan until the program is there. Everything it touches is passed in.
import { planFor } from './plan.mjs'

/**
 * @typedef {{ place: string } | { place: null, refused: string[], named: string | null }} Lookup
 * @typedef {{
 *   program: 'ffmpeg' | 'chromium',
 *   lookUp: () => Promise<Lookup>,
 *   machine: import('./plan.mjs').Machine,
 *   builds: Record<string, import('./plan.mjs').Build>,
 *   download: (build: import('./plan.mjs').Build) => Promise<void>,
 *   apt: (packages: string[]) => Promise<void>,
 *   say: (line: string) => void,
 * }} Provisioning
 */

/**
 * Looks, and where there is nothing tries each step of the plan and looks again. True when the program is there.
 * @param {Provisioning} deps
 * @returns {Promise<boolean>}
 */
export async function provision({ program, lookUp, machine, builds, download, apt, say }) {
  const name = program === 'ffmpeg' ? 'FFmpeg' : 'Chromium'
  const first = await lookUp()
  if (first.place !== null) return true
  for (const why of first.refused) say(`${name}: ${why}`)
  if (first.named !== null) {
    say(`${name}: ${first.named} names no usable build. Correct it, or unset it to use what the system has.`)
    return false
  }
  const plan = planFor(program, machine, builds)
  for (const step of plan.steps) {
    try {
      if (step.kind === 'download') {
        say(`${name} is not on this machine: downloading a build from ${step.build.provider} (once).`)
        await download(step.build)
      } else {
        const missing = plan.steps[0] === step ? `${name} is not on this machine: installing` : 'Installing'
        say(`${missing} Debian's package (apt-get install ${step.packages.join(' ')}).`)
        await apt(step.packages)
      }
      const after = await lookUp()
      if (after.place !== null) {
        say(`${name}: ${after.place}`)
        return true
      }
      say(`  What came does not run here: ${after.refused.join('; ') || 'nothing was found'}.`)
    } catch (error) {
      say(`  That did not work: ${reasonOf(error)}`)
    }
  }
  say(`${name} is needed and was not found. Run this, then try again:\n  ${plan.advice}`)
  return false
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error)
  // fetch hides the cause ("fetch failed").
  return error.cause instanceof Error ? `${error.message} (${error.cause.message || error.cause.name})` : error.message
}
