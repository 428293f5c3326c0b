import { describe, expect, it } from 'vitest'
import { total } from '../../../tools/ci/total.ts'

const report = (given: object) => ({
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{}] }],
  ...given,
})

const endToEnd = (stats: object = {}) => ({
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors: [],
})

describe('the count that CI prints', () => {
  it('adds the checks to the tests', () => {
    expect(
      total({ passed: 4, failed: 1, report: report({ numPendingTests: 2 }), endToEnd: endToEnd(), exitCode: 0 }),
    ).toEqual({
      passed: 17,
      failed: 1,
      skipped: 2,
    })
  })

  it('counts a file that could not be loaded', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }]
    expect(
      total({ passed: 0, failed: 0, report: report({ testResults }), endToEnd: endToEnd(), exitCode: 1 }).failed,
    ).toBe(1)
    expect(
      total({
        passed: 0,
        failed: 0,
        report: report({ testResults, numFailedTests: 2 }),
        endToEnd: endToEnd(),
        exitCode: 1,
      }).failed,
    ).toBe(3)
  })

  it('never calls a run good that ended badly', () => {
    expect(total({ passed: 4, failed: 0, report: report({}), endToEnd: endToEnd(), exitCode: 1 }).failed).toBe(1)
    expect(total({ passed: 4, failed: 0, report: null, endToEnd: endToEnd(), exitCode: 0 })).toEqual({
      passed: 7,
      failed: 1,
      skipped: 0,
    })
    expect(total({ passed: 0, failed: 0, report: report({}), endToEnd: null, exitCode: 0 }).failed).toBe(1)
  })

  it('counts what the paths through the interface came to', () => {
    const counts = (stats: object) =>
      total({ passed: 0, failed: 0, report: report({}), endToEnd: endToEnd(stats), exitCode: 1 })
    expect(counts({ skipped: 2, unexpected: 1 })).toEqual({ passed: 13, failed: 1, skipped: 2 })
    expect(counts({ flaky: 1 }).failed).toBe(1)
    expect(
      total({ passed: 0, failed: 0, report: report({}), endToEnd: { ...endToEnd(), errors: [{}] }, exitCode: 1 })
        .failed,
    ).toBe(1)
  })
})
