import { causes, type CauseId, type MomentView } from '../../src-shared/domain/causes.ts'

/** The views of a model whose causes add up, each to so much. */
export function makeViews(adds: Readonly<Partial<Record<CauseId, number>>>, base = -4): MomentView[] {
  const present = causes.flatMap(({ id }) => (adds[id] === undefined ? [] : [id]))
  const others = (cause: CauseId): CauseId[] => present.filter((one) => one !== cause)
  return [[], present, ...present.map((cause) => [cause]), ...present.map(others)].map((ordinary) => ({
    ordinary,
    logit: present.reduce((sum, cause) => sum + (ordinary.includes(cause) ? 0 : adds[cause]!), base),
  }))
}
