import { defineConfig } from '@playwright/test'
import { chromiumCandidates, findChromium } from './native/find-chromium.mjs'

const chromium = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
const report = process.env['CLUTCHCUT_E2E_REPORT']

/** Whole paths through the built interface, against the real host and engine (tests/e2e/fixtures.ts starts them). */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.cache/e2e/results',
  fullyParallel: false,
  // Each has a host and an engine of its own; most of the time one waits for its page.
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  // Long enough for a machine that does much else: nothing waits for it where all is well.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // .ci/run adds up the counts of this report.
  reporter: report === undefined ? [['list']] : [['list'], ['json', { outputFile: report }]],
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      // Containers have no user namespaces for its sandbox; the pages are our own. Nothing in them needs a GPU.
      args: ['--no-sandbox', '--disable-gpu'],
      ...(chromium !== null && { executablePath: chromium }),
    },
  },
})
