/** Exact up to this many groups; beyond, as many of the sign patterns as this are drawn. */
const [exactUpTo, draws] = [12, 4095] as const

/**
 * How often chance alone gives a sum of differences at least this large (one-sided sign-flip test): under chance each
 * group's difference is as likely as its negative. Groups are recordings, since decisions about one recording are
 * alike. Deterministic: the same differences in the same order give the same number. Source: Good, Permutation,
 * Parametric, and Bootstrap Tests of Hypotheses, 3.2.
 */
export function chanceOf(differences: readonly number[]): number {
  const observed = differences.reduce((sum, value) => sum + value, 0)
  if (!(observed > 0)) return 1
  const slack = 1e-12 * differences.reduce((sum, value) => sum + Math.abs(value), 0)
  let [hits, patterns] = [0, 0]
  const count = (isNegative: (i: number) => boolean): void => {
    let sum = 0
    for (let i = 0; i < differences.length; i++) sum += isNegative(i) ? -differences[i]! : differences[i]!
    patterns++
    if (sum >= observed - slack) hits++
  }
  if (differences.length <= exactUpTo) {
    for (let bits = 0; bits < 2 ** differences.length; bits++) count((i) => ((bits >> i) & 1) === 1)
  } else {
    const random = seeded(1)
    // What was observed is one of the patterns, so chance is never 0.
    count(() => false)
    for (let draw = 0; draw < draws; draw++) count(() => random() < 0.5)
  }
  return hits / patterns
}

/** Numbers that look random and are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
