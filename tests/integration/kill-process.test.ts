import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { killChain, seeded } from '../helpers/kill-chain.ts'

const demo = fileURLToPath(new URL('../../resources/demo/openarena-match.mp4', import.meta.url))

// Looks for processes that go on with `ps`, which Windows has not.
it.skipIf(process.platform === 'win32')('goes on after kill -9 where it was, and leaves nothing behind', async () => {
  const report = await killChain({ file: demo, kills: 3, random: seeded(Date.now()) })
  expect(report.problems, `killed at ${report.killedAt.join(', ')} ms`).toEqual([])
  expect(report.killedAt).toHaveLength(3)
})
