import type { Rational } from '../../../src-shared/domain/time.ts'

/**
 * A count of frames as FCPXML writes time: exactly, `1001/30000s`, whole seconds as `5s`. Numerators are 64 bits
 * there; a day of 59.94 stays below 2^53.
 */
export function seconds(frames: number, { num, den }: Rational): string {
  const numerator = frames * den
  return numerator % num === 0 ? `${numerator / num}s` : `${numerator}/${num}s`
}
