import { describe, expect, it } from 'vitest'
import { stageKey } from '../../../../src-main/jobs/stage-key.ts'

const fingerprint = 'a'.repeat(64)

describe('stageKey', () => {
  it('is the same for equal options in any order', () => {
    const one = stageKey(fingerprint, 'score', 1, { a: 1, b: [2, { c: 3, d: 4 }] }, null)
    const other = stageKey(fingerprint, 'score', 1, { b: [2, { d: 4, c: 3 }], a: 1, x: undefined }, null)
    expect(one).toEqual(other)
  })

  it('changes with the options, with the version, and with anything upstream, but not with what comes after', () => {
    const chain = (probe: number, analyse: unknown, score: unknown) => {
      const first = stageKey(fingerprint, 'probe', probe, null, null)
      const second = stageKey(fingerprint, 'analyse', 1, analyse, first)
      return [first, second, stageKey(fingerprint, 'score', 1, score, second)]
    }
    const base = chain(1, 'a', 'b')
    expect(chain(1, 'a', 'other').map((key, i) => key.options === base[i]?.options)).toEqual([true, true, false])
    expect(chain(1, 'other', 'b').map((key, i) => key.options === base[i]?.options)).toEqual([true, false, false])
    expect(
      chain(2, 'a', 'b')
        .slice(1)
        .map((key, i) => key.options === base[i + 1]?.options),
    ).toEqual([false, false])
  })
})
