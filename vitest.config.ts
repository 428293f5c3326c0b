import { defineConfig } from 'vitest/config'

/**
 * Two projects: `unit` is pure and quick; `integration` runs the real FFmpeg, SQLite and child processes and may wait.
 * `--mode soak` (npm run test:soak) runs the long ones instead, which `npm test` leaves out.
 */
export default defineConfig(({ mode }) => {
  const report = process.env['CLUTCHCUT_TEST_REPORT']
  const shared = { environment: 'node', pool: 'forks', passWithNoTests: true } as const
  const soak = {
    test: {
      ...shared,
      name: 'soak',
      include: ['tests/soak/**/*.test.ts'],
      testTimeout: 1_800_000,
      hookTimeout: 300_000,
    },
  }
  const unit = {
    test: {
      ...shared,
      name: 'unit',
      include: ['tests/{unit,architecture,golden,migrations}/**/*.test.ts'],
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  }
  const integration = {
    test: {
      ...shared,
      name: 'integration',
      include: ['tests/integration/**/*.test.ts'],
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  }
  return {
    test: {
      maxWorkers: 2,
      // .ci/run adds up the counts of this report.
      reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
      passWithNoTests: true,
      projects: mode === 'soak' ? [soak] : [unit, integration],
      // A hanging child process must fail the run, not hold it.
      teardownTimeout: 20_000,
    },
  }
})
