import { z } from 'zod'

/** The part of Vitest's JSON report that is counted. */
const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** The part of Playwright's JSON report that is counted: each test by what came of it. */
const endToEndSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  /** What kept files from being loaded. */
  errors: z.array(z.unknown()).default([]),
})

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/**
 * All together. A test file that could not even be loaded has no tests to count, so it counts as one failure; so does
 * a report that is not there, and a run that ended badly without saying which test did it (a crash, an unhandled
 * rejection). A test that passed at a second attempt only has failed.
 */
export function total(run: {
  passed: number
  failed: number
  report: unknown
  endToEnd: unknown
  exitCode: number
}): Counts {
  const parts = [ofVitest(run.report), ofPlaywright(run.endToEnd)]
  const sum = (name: keyof Counts): number => parts.reduce((all, part) => all + part[name], 0)
  const failedTests = sum('failed')
  return {
    passed: run.passed + sum('passed'),
    failed: run.failed + (failedTests === 0 && run.exitCode !== 0 ? 1 : failedTests),
    skipped: sum('skipped'),
  }
}

const absent: Counts = { passed: 0, failed: 1, skipped: 0 }

function ofVitest(given: unknown): Counts {
  const { data: report } = reportSchema.safeParse(given)
  if (report === undefined) return absent
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

function ofPlaywright(given: unknown): Counts {
  const { data: report } = endToEndSchema.safeParse(given)
  if (report === undefined) return absent
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped }
}
