import { z } from 'zod'

/** The part of Vitest's JSON report that is counted. */
const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/**
 * All together. A test file that could not even be loaded has no tests to count, so it counts as one failure; so does
 * a run that ended badly without saying which test did it (a crash, an unhandled rejection).
 */
export function total(run: { passed: number; failed: number; report: unknown; exitCode: number }): Counts {
  const parsed = reportSchema.safeParse(run.report)
  if (!parsed.success) return { passed: run.passed, failed: run.failed + 1, skipped: 0 }
  const report = parsed.data
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const failedTests = report.numFailedTests + unloaded
  return {
    passed: run.passed + report.numPassedTests,
    failed: run.failed + (failedTests === 0 && run.exitCode !== 0 ? 1 : failedTests),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}
