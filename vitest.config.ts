import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumCandidates, findChromium } from './native/find-chromium.mjs'
import { sheetWithoutTags } from './tools/build/sheet-without-tags.ts'

/**
 * Three projects: `unit` is pure and quick; `integration` runs the real FFmpeg, SQLite and child processes and may
 * wait; `browser` renders parts of the interface in a real Chromium.
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
      // A fraction of a second each, but for a few that compute; a machine that does much else takes far longer.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      expect: { poll: { timeout: 30_000 } },
    },
  }
  const integration = {
    test: {
      ...shared,
      name: 'integration',
      include: ['tests/integration/**/*.test.ts'],
      testTimeout: 120_000,
      hookTimeout: 120_000,
      expect: { poll: { timeout: 30_000 } },
    },
  }
  const chromium = findChromium(chromiumCandidates({ platform: process.platform, env: process.env }))
  const browser = {
    plugins: [react(), tailwindcss(), sheetWithoutTags()],
    // What the interface loads, found by running: without the list, Vite finds it while tests run, and reloads them.
    optimizeDeps: {
      include: [
        '@orpc/client',
        '@orpc/client/message-port',
        '@orpc/client/websocket',
        '@orpc/contract',
        '@orpc/tanstack-query',
        '@tanstack/react-query',
        '@tanstack/react-router',
        '@tanstack/react-virtual',
        '@testing-library/react',
        'axe-core',
        'cmdk',
        'i18next',
        'radix-ui',
        'react',
        'react-dom/client',
        'react-i18next',
        'react/jsx-dev-runtime',
        'sonner',
        'zod',
      ],
    },
    test: {
      name: 'browser',
      include: ['tests/browser/**/*.test.tsx'],
      // A page that is not in front is shown no frames, and gets no scrolling: one after the other.
      fileParallelism: false,
      setupFiles: [path.join(import.meta.dirname, 'tests/browser/setup.ts')],
      testTimeout: 120_000,
      expect: { poll: { timeout: 30_000 } },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            // Containers have no user namespaces for its sandbox; the pages are our own.
            args: ['--no-sandbox'],
            ...(chromium !== null && { executablePath: chromium }),
          },
          // Nothing is on its way between two colours when a test looks.
          contextOptions: { reducedMotion: 'reduce' },
        }),
        instances: [{ browser: 'chromium' as const, viewport: { width: 1280, height: 800 } }],
      },
    },
  }
  return {
    test: {
      // One more than the cores of a small machine: integration tests mostly wait for FFmpeg.
      maxWorkers: 3,
      // .ci/run adds up the counts of this report.
      reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
      passWithNoTests: true,
      projects: mode === 'soak' ? [soak] : [unit, integration, browser],
      // A hanging child process must fail the run, not hold it.
      teardownTimeout: 20_000,
    },
  }
})
