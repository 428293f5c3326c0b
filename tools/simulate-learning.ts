// Prints the table of docs/how-to/learning.md: how often learning is used, and what that does, for made-up streamers.
// `node tools/simulate-learning.ts [simulations of each]`. The same every time.
import { keepLogOdds } from '../src-shared/domain/calibration.ts'
import { learnPadding } from '../src-main/stages/learn/learn-padding.ts'
import { learnRanking } from '../src-main/stages/learn/learn-ranking.ts'
import { seededRandom } from '../tests/helpers/fill-library.ts'
import { normal, rankingBy, simulateVerdicts, streamers, type Streamer } from '../tests/helpers/simulate-streamer.ts'

const simulations = Number(process.argv[2] ?? 500)
const sizes = [
  [6, 4],
  [6, 8],
  [10, 8],
  [20, 8],
  [40, 10],
] as const

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

console.log('| streamer | decisions | used | ranking without | ranking with | made worse | ms |')
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |')
for (const [name, streamer] of Object.entries<Streamer>(streamers)) {
  for (const [recordings, each] of sizes) {
    let [used, worse, base, learned, milliseconds] = [0, 0, 0, 0, 0]
    for (let i = 0; i < simulations; i++) {
      const verdicts = simulateVerdicts(streamer, 1000 + i * 7919, recordings, each)
      const startedAt = performance.now()
      const { state, calibration } = learnRanking(verdicts)
      milliseconds += performance.now() - startedAt
      if (state !== 'used' || calibration === null) continue
      const unseen = simulateVerdicts(streamer, 5_000_000 + i, 40, 20)
      const before = rankingBy(unseen, (evidence) => evidence.base)
      const after = rankingBy(unseen, (evidence) => keepLogOdds(calibration, evidence))
      used++
      base += before
      learned += after
      if (after < before) worse++
    }
    const of = (sum: number): string => (used === 0 ? '' : (sum / used).toFixed(3))
    console.log(
      `| ${name} | ${recordings} × ${each} | ${percent(used / simulations)} | ${of(base)} | ${of(learned)} | ${percent(worse / simulations)} | ${(milliseconds / simulations).toFixed(1)} |`,
    )
  }
}

// Somebody who trims every clip, by the same on average; trimmed by chance alone, no padding should be learned.
for (const shift of [0, 1, 2]) {
  let [used, base, learned] = [0, 0, 0]
  for (let i = 0; i < simulations; i++) {
    const random = seededRandom(31 + i * 7919)
    const trims = Array.from({ length: 30 }, (_, k) => {
      const start = -shift + 2 * normal(random)
      return { recording: String(k % 10), start, end: 0, trimmed: true }
    })
    const { start } = learnPadding(trims)
    if (start.state !== 'used') continue
    used++
    base += start.baseError ?? 0
    learned += start.learnedError ?? 0
  }
  const of = (sum: number): string => (used === 0 ? '' : `${(sum / used).toFixed(2)} s`)
  console.log(
    `starts trimmed by ${shift} ± 2 s, 10 × 3: used ${percent(used / simulations)}, distance ${of(base)} without and ${of(learned)} with`,
  )
}

// Somebody who decides at random, looked at after every recording: chance gets many tries.
for (const name of ['at random, keeps 60 %', 'as the model says'] as const) {
  let [ever, looks, usedLooks] = [0, 0, 0]
  const runs = Math.ceil(simulations / 5)
  for (let i = 0; i < runs; i++) {
    const verdicts = simulateVerdicts(streamers[name], 77 + i * 104_729, 30, 8)
    let once = false
    for (let recordings = 6; recordings <= 30; recordings++) {
      const isUsed = learnRanking(verdicts.slice(0, recordings * 8)).state === 'used'
      looks++
      if (isUsed) usedLooks++
      once ||= isUsed
    }
    if (once) ever++
  }
  console.log(
    `${name}, after each of 30 recordings: used at ${percent(usedLooks / looks)} of the looks; ever used for ${percent(ever / runs)}`,
  )
}
