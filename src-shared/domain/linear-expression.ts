export interface PathPoint {
  readonly at: number
  readonly value: number
}

/**
 * A path through points as an expression of FFmpeg's in `variable`: still before the first and after the last, linear
 * in between; where two points have one time it jumps. A sum of one ramp a stretch, added up in pairs, since FFmpeg
 * takes neither deep nests of `if` nor long rows of `+`.
 */
export function linearExpression(points: readonly PathPoint[], variable: string, digits = 4): string {
  const decimal = (value: number): string => plainDecimal(value, digits)
  const [first] = points
  if (first === undefined) return '0'
  let terms = [decimal(first.value)]
  for (const [i, { at, value }] of points.entries()) {
    const next = points[i + 1]
    if (next === undefined || Math.abs(next.value - value) < 0.0005) continue
    const length = next.at - at
    terms.push(
      length <= 0
        ? `${decimal(next.value - value)}*gte(${variable},${decimal(next.at)})`
        : `${decimal((next.value - value) / length)}*clip(${variable}-${decimal(at)},0,${decimal(length)})`,
    )
  }
  while (terms.length > 8) {
    terms = terms.flatMap((term, i) => (i % 2 === 1 ? [] : [i + 1 < terms.length ? `(${term}+${terms[i + 1]})` : term]))
  }
  return terms.join('+').replaceAll('+-', '-').replaceAll(`${variable}--`, `${variable}+`)
}

/** Decimal, never in exponent form, without idle zeros. */
function plainDecimal(value: number, digits: number): string {
  const text = value.toFixed(digits).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
