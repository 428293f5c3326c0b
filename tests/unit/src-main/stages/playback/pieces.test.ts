import { expect, test } from 'vitest'
import { createPieces, type PieceTrack } from '../../../../../src-main/stages/playback/pieces.ts'
import { createTurns } from '../../../../../src-main/stages/stills/turns.ts'

/** A track whose pieces come when the test says so. */
function makeTrack(key: string, overrides: Partial<PieceTrack> = {}) {
  const runs: { first: number; count: number; signal: AbortSignal; give: (n: number) => void; end: () => void }[] = []
  const track: PieceTrack = {
    key,
    total: 10,
    ahead: 3,
    keep: true,
    run: (first, count, onPiece, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        runs.push({ first, count, signal, give: (n) => onPiece(n, Buffer.from([n])), end: resolve })
      }),
    ...overrides,
  }
  return { track, runs }
}

function makePieces() {
  const kept = new Map<string, Uint8Array>()
  const pieces = createPieces({
    cache: {
      get: async (key) => (kept.has(key) ? { bytes: kept.get(key)! } : null),
      put: async (key, { bytes }) => void kept.set(key, bytes),
    },
    atOnce: 2,
    turns: createTurns(2),
  })
  return { pieces, kept }
}

const patient = new AbortController().signal
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('what was made ahead is there when it is wanted, and a running run is joined', async () => {
  const { pieces, kept } = makePieces()
  const { track, runs } = makeTrack('a')
  const first = pieces.get(track, 4, patient)
  await settled()
  expect(runs.map(({ first: from, count }) => [from, count])).toEqual([[4, 3]])
  runs[0]!.give(4)
  expect(await first).toEqual(Buffer.from([4]))
  const third = pieces.get(track, 6, patient)
  await settled()
  runs[0]!.give(5)
  runs[0]!.give(6)
  runs[0]!.end()
  expect(await third).toEqual(Buffer.from([6]))
  expect(await pieces.get(track, 5, patient)).toEqual(Buffer.from([5]))
  expect(runs).toHaveLength(1)
  expect(kept.size).toBe(3)
})

test('a run never goes beyond the end', async () => {
  const { pieces } = makePieces()
  const { track, runs } = makeTrack('a')
  void pieces.get(track, 9, patient)
  await settled()
  expect(runs[0]!.count).toBe(1)
  runs[0]!.give(9)
  runs[0]!.end()
})

test('one of two who leaves changes nothing for the other; the last one ends the run', async () => {
  const { pieces } = makePieces()
  const { track, runs } = makeTrack('a')
  const [one, two] = [new AbortController(), new AbortController()]
  const answers = [pieces.get(track, 0, one.signal), pieces.get(track, 0, two.signal)]
  await settled()
  one.abort()
  await expect(answers[0]).rejects.toMatchObject({ name: 'AbortError' })
  expect(runs[0]!.signal.aborted).toBe(false)
  two.abort()
  await expect(answers[1]).rejects.toMatchObject({ name: 'AbortError' })
  expect(runs).toHaveLength(1)
  expect(runs[0]!.signal.aborted).toBe(true)
  // An aborted run is not joined.
  void pieces.get(track, 0, patient)
  await settled()
  expect(runs).toHaveLength(2)
  runs[1]!.give(0)
  runs[1]!.end()
})

test('what nobody waits for gives way when there is no room, and stays when there is', async () => {
  const { pieces } = makePieces()
  const [a, b, c] = [makeTrack('a'), makeTrack('b'), makeTrack('c')]
  const fromA = pieces.get(a.track, 0, patient)
  await settled()
  a.runs[0]!.give(0)
  await fromA
  void pieces.get(b.track, 0, patient).catch(() => {})
  await settled()
  expect(a.runs[0]!.signal.aborted).toBe(false)
  void pieces.get(c.track, 0, patient).catch(() => {})
  await settled()
  await settled()
  expect(a.runs[0]!.signal.aborted).toBe(true)
  expect([b.runs.length, c.runs.length]).toEqual([1, 1])
  await pieces.close()
  expect([b.runs[0]!.signal.aborted, c.runs[0]!.signal.aborted]).toEqual([true, true])
})

test('a failure reaches everyone who waits, and the next one tries again', async () => {
  const { pieces } = makePieces()
  let failing = true
  const { track, runs } = makeTrack('a')
  const flaky: PieceTrack = {
    ...track,
    run: (...args) => (failing ? Promise.reject(new Error('no disk')) : track.run(...args)),
  }
  const both = await Promise.allSettled([pieces.get(flaky, 0, patient), pieces.get(flaky, 1, patient)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  failing = false
  const again = pieces.get(flaky, 0, patient)
  await settled()
  runs[0]!.give(0)
  runs[0]!.end()
  expect(await again).toEqual(Buffer.from([0]))
})

test('what is not worth keeping is not kept', async () => {
  const { pieces, kept } = makePieces()
  const { track, runs } = makeTrack('a', { keep: false, ahead: 1 })
  const answer = pieces.get(track, 0, patient)
  await settled()
  runs[0]!.give(0)
  runs[0]!.end()
  await answer
  expect(kept.size).toBe(0)
})
