import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { killChain, seeded } from '../helpers/kill-chain.ts'

const demo = fileURLToPath(new URL('../../resources/demo/openarena-match.mp4', import.meta.url))
const seed = Number(process.env['CLUTCHCUT_SEED'] ?? Date.now() % 1e6)

// Copies, where most kills hit the analysis, and encodes, where most hit a render.
it.each([
  ['copy', 20],
  ['encode', 8],
] as const)('cuts by %s and survives %i kills at random moments', async (cut, kills) => {
  const report = await killChain({ file: demo, cut, kills, random: seeded(seed) })
  const moments = `CLUTCHCUT_SEED=${seed}, killed after ${report.killedAt.join(', ')} ms`
  process.stderr.write(`${cut}: ${moments}\n`)
  expect(report.problems, moments).toEqual([])
  expect(report.killedAt).toHaveLength(kills)
})
