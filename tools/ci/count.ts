// Adds Vitest's and Playwright's JSON reports to the checks that ran before them, prints the one line of counts, and
// fails when anything did.
// usage: node tools/ci/count.ts VITEST_REPORT PLAYWRIGHT_REPORT EXIT_CODE CHECKS_PASSED CHECKS_FAILED
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { total } from './total.ts'

const [vitest = '', playwright = '', ...numbers] = process.argv.slice(2)
const [exitCode = 1, passed = 0, failed = 0] = numbers.map((text) => z.coerce.number().int().parse(text))

/** Null where there is none: the run did not get that far. `total` counts that as a failure. */
function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const counts = total({ passed, failed, report: read(vitest), endToEnd: read(playwright), exitCode })
console.log(
  `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`,
)
process.exitCode = counts.failed > 0 ? 1 : 0
