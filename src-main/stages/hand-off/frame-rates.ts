import { rescale, type Rational, type Rounding } from '../../../src-shared/domain/time.ts'

/** A length or position in frames of one rate, in frames of the other. */
export function changeRate(frames: number, from: Rational, to: Rational, rounding: Rounding = 'nearest'): number {
  return rescale(frames, { num: from.den, den: from.num }, { num: to.den, den: to.num }, rounding)
}

/** A rate at which the frames of `rate` pass, where they pass at `speed`, which is a number of hundredths. */
export function atSpeed({ num, den }: Rational, speed: number): Rational {
  return speed === 1 ? { num, den } : { num: num * Math.round(speed * 100), den: den * 100 }
}

export function sameRate(a: Rational, b: Rational): boolean {
  return a.num * b.den === b.num * a.den
}

/** 120, 144 and 240 become 60, 48 and 60: every frame of such a timeline is one of the source. */
export function timelineRate({ num, den }: Rational): Rational {
  const share = Math.ceil(num / den / 60)
  return num % share === 0 ? { num: num / share, den } : { num, den: den * share }
}

/** For people: `59.94`. */
export function formatRate({ num, den }: Rational): string {
  return String(Math.round((num / den) * 1000) / 1000)
}
