import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRealFft } from '../../../../src-shared/domain/real-fft.ts'

function naive(samples: readonly number[]): { re: number[]; im: number[] } {
  const [re, im]: [number[], number[]] = [[], []]
  for (let k = 0; k <= samples.length / 2; k++) {
    let [r, i] = [0, 0]
    for (const [n, x] of samples.entries()) {
      r += x * Math.cos((2 * Math.PI * k * n) / samples.length)
      i -= x * Math.sin((2 * Math.PI * k * n) / samples.length)
    }
    re.push(r)
    im.push(i)
  }
  return { re, im }
}

test('equals the discrete Fourier transform', () => {
  const size = fc.constantFrom(8, 16, 64, 512)
  const samples = size.chain((n) =>
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n }),
  )
  fc.assert(
    fc.property(samples, (values) => {
      const fft = createRealFft(values.length)
      fft.input.set(values)
      fft.transform()
      const { re, im } = naive(values)
      for (const [k, value] of re.entries()) {
        expect(fft.re[k]).toBeCloseTo(value, 9)
        expect(fft.im[k]).toBeCloseTo(im[k]!, 9)
      }
    }),
    { numRuns: 40 },
  )
})

test('refuses sizes it cannot do', () => {
  for (const size of [0, 4, 500, -8]) expect(() => createRealFft(size)).toThrow(RangeError)
})
