import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  checkEvidence,
  decodeCurve,
  encodeCurve,
  readEvidence,
  writeEvidence,
  type Evidence,
} from '../../../../tools/evaluation/evidence.ts'
import { readNpy } from '../../../../tools/evaluation/npy.ts'
import { makeEvidence } from '../../../helpers/make-evidence.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-evidence')

test('a curve comes back as it was, to its scale; what is not known stays so', () => {
  const value = fc.oneof(fc.double({ min: -200, max: 200, noNaN: true }), fc.constant(Number.NaN))
  fc.assert(
    fc.property(fc.array(value), fc.constantFrom(10, 100, 10_000), (values, scale) => {
      const back = decodeCurve(encodeCurve(values, scale))
      expect(back).toHaveLength(values.length)
      for (const [i, one] of values.entries()) {
        if (Number.isNaN(one)) expect(back[i]).toBeNaN()
        else expect(Math.abs(back[i]! - one)).toBeLessThanOrEqual(0.5 / scale + 1e-9)
      }
    }),
  )
})

test('evidence comes back as it was, and is written as the same bytes', async () => {
  const evidence = makeEvidence({ matches: 2, maps: 2, seeds: 1 })
  const file = join(folder, 'sub', 'evidence.json.gz')
  const size = await writeEvidence(file, evidence)
  expect(await readEvidence(file)).toEqual(evidence)
  expect(await writeEvidence(file, evidence)).toBe(size)
})

describe('evidence is refused', () => {
  const broken = (change: (evidence: Evidence) => void): (() => void) => {
    const evidence = makeEvidence({ matches: 4, maps: 2, seeds: 1 })
    change(evidence)
    return () => checkEvidence(evidence)
  }

  it.each<[string, RegExp, (evidence: Evidence) => void]>([
    ['a map in two folds', /the map map0 is in two folds/, ({ runs }) => (runs[0]!.folds['m2'] = 5)],
    ['a copy in another fold than its match', /is in two folds/, ({ runs }) => (runs[0]!.folds['m1-s0'] = 5)],
    ['a match without a fold', /m1 has no fold/, ({ runs }) => delete runs[0]!.folds['m1']],
    ['scores of another length', /scores for 480 slots of m0/, ({ runs }) => runs[0]!.scores['m0']!.deltas.pop()],
    ['a curve of another length', /m0: loudness has/, ({ matches }) => matches[0]!.loudness.deltas.push(1)],
    ['scores of an unknown match', /there is no match/, ({ matches }) => matches.shift()],
    ['two matches of one name', /the same name/, ({ matches }) => matches.push(matches[0]!)],
  ])('with %s', (_, message, change) => {
    expect(broken(change)).toThrow(message)
  })

  test('when it is something else', async () => {
    const file = join(folder, 'other.json.gz')
    writeFileSync(file, gzipSync('{"matches":[]}'))
    await expect(readEvidence(file)).rejects.toThrow(/kind/)
  })

  test('not for a quiet recording without a fold', () => {
    expect(broken(({ runs }) => delete runs[0]!.folds['quiet'])).not.toThrow()
  })
})

describe('NumPy arrays', () => {
  const npy = (type: string, shape: string, data: Uint8Array, order = 'False'): string => {
    const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${shape}), }`.padEnd(117) + '\n'
    const file = join(folder, 'array.npy')
    const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0])
    writeFileSync(file, Buffer.concat([start, Buffer.from(header), data]))
    return file
  }

  test('of floats and of bytes', async () => {
    const floats = Float32Array.of(1.5, -2, 0, 4)
    const found = await readNpy(npy('<f4', '2, 2', new Uint8Array(floats.buffer)))
    expect(found).toEqual({ shape: [2, 2], data: floats })
    expect((await readNpy(npy('|u1', '3,', Uint8Array.of(1, 2, 3)))).data).toEqual(Uint8Array.of(1, 2, 3))
  })

  test('of anything else are refused', async () => {
    await expect(readNpy(npy('<f8', '1,', new Uint8Array(8)))).rejects.toThrow('not understood')
    await expect(readNpy(npy('|u1', '5,', new Uint8Array(3)))).rejects.toThrow('not understood')
    await expect(readNpy(npy('|u1', '3,', new Uint8Array(3), 'True'))).rejects.toThrow('C order')
    writeFileSync(join(folder, 'no.npy'), 'something else')
    await expect(readNpy(join(folder, 'no.npy'))).rejects.toThrow('no NumPy array')
  })
})
