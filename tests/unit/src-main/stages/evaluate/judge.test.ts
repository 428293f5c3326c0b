import { describe, expect, test } from 'vitest'
import { judge, type Candidate, type JudgeInput } from '../../../../../src-main/stages/evaluate/judge.ts'
import { truthOfLabels } from '../../../../../src-shared/domain/evaluation/labels.ts'

const moments = [
  { start: 40, end: 50, weight: 1, name: 'ace' },
  { start: 100, end: 110, weight: 1, name: 'clutch' },
  { start: 160, end: 170, weight: 2, name: '' },
]
const { truth } = truthOfLabels({ kind: 'moments', moments }, 300)
const curve = (...peaks: number[]): Float32Array =>
  Float32Array.from({ length: 600 }, (_, i) =>
    Math.max(0, ...peaks.map((at, rank) => (1 - rank / 10) * (1 - Math.abs(i / 2 - at) / 10))),
  )
const candidate = (start: number, end: number, selected = false): Candidate => ({
  ...{ start, end, peak: (start + end) / 2, score: 0.5, selected },
})
const input: JudgeInput = {
  truth,
  scores: curve(45, 105, 250),
  candidates: [candidate(38, 52, true), candidate(98, 112, true), candidate(245, 258), candidate(155, 172)],
  top: null,
  baselines: [{ name: 'nothing', curve: new Float32Array(600).fill(Number.NaN) }],
}
const deps = {
  decode: (_: ArrayLike<number>, count: number) =>
    Array.from({ length: count }, (__, i) => ({ start: 200 + 20 * i, end: 210 + 20 * i, peak: 205 + 20 * i })),
}
const running = { signal: new AbortController().signal }

describe('a verdict', () => {
  test('judges as many clips as there are good moments, and names what went wrong', async () => {
    const verdict = await judge(deps, input, running)
    expect(verdict.clips.map(({ of }) => of?.moment.name)).toEqual(['ace', 'clutch', undefined])
    expect(verdict.found).toBe(2)
    expect(verdict.misses).toEqual([{ from: 160, to: 169, names: [''], score: 0 }])
    expect(verdict.falseAlarms).toEqual([candidate(245, 258)])
    expect(verdict.measures.f30).toBeCloseTo(2 / 3)
    expect(verdict.selected).toEqual({ clips: 2, found: 2, falseAlarms: 0 })
    expect(verdict.intervals.found.mean).toBeCloseTo(2 / 3)
  })

  test('or as many as are asked for', async () => {
    const verdict = await judge(deps, { ...input, top: 4 }, running)
    expect(verdict.clips).toHaveLength(4)
    expect(verdict.misses).toEqual([])
  })

  test('compares with other ways, random picking among them', async () => {
    const { baselines } = await judge(deps, input, running)
    expect(baselines.map(({ name }) => name)).toEqual(['nothing', 'random'])
    expect(baselines[0]!.measures.lift).toBeCloseTo(1)
    expect(baselines[0]!.measures.f30).toBe(0)
    expect(baselines[1]!.measures.lift).toBeLessThan(1.6)
  })

  test('can be cancelled', async () => {
    const controller = new AbortController()
    const running = judge(deps, input, controller)
    controller.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
  })
})
