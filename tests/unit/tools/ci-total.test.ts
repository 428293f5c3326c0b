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

describe('the count that CI prints', () => {
  it('adds the checks to the tests', () => {
    expect(total({ passed: 4, failed: 1, report: report({ numPendingTests: 2 }), exitCode: 0 })).toEqual({
      passed: 14,
      failed: 1,
      skipped: 2,
    })
  })

  it('counts a file that could not be loaded', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }]
    expect(total({ passed: 0, failed: 0, report: report({ testResults }), exitCode: 1 }).failed).toBe(1)
    expect(
      total({ passed: 0, failed: 0, report: report({ testResults, numFailedTests: 2 }), exitCode: 1 }).failed,
    ).toBe(3)
  })

  it('never calls a run good that ended badly', () => {
    expect(total({ passed: 4, failed: 0, report: report({}), exitCode: 1 }).failed).toBe(1)
    expect(total({ passed: 4, failed: 0, report: null, exitCode: 0 })).toEqual({ passed: 4, failed: 1, skipped: 0 })
  })
})
