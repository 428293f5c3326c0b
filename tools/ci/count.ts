// Adds Vitest's JSON report to the checks that ran before it, prints the one line of counts, and fails when anything did.
// usage: node tools/ci/count.ts REPORT EXIT_CODE CHECKS_PASSED CHECKS_FAILED
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { total } from './total.ts'

const [reportFile = '', ...numbers] = process.argv.slice(2)
const [exitCode = 1, passed = 0, failed = 0] = numbers.map((text) => z.coerce.number().int().parse(text))

let report: unknown = null
try {
  report = JSON.parse(readFileSync(reportFile, 'utf8'))
} catch {
  // No report: Vitest did not get that far. `total` counts that as a failure.
}
const counts = total({ passed, failed, report, exitCode })
console.log(
  `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`,
)
process.exitCode = counts.failed > 0 ? 1 : 0
