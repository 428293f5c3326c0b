const mostFolds = 10

export interface Fold<T> {
  readonly training: readonly T[]
  readonly heldBack: readonly T[]
}

/**
 * Splits by recording into at most ten parts of much the same size, each held back once. Decisions about one recording
 * are never on both sides: they are alike, and would make learning look better than it is.
 */
export function foldsByRecording<T extends { readonly recording: string }>(items: readonly T[]): Fold<T>[] {
  const groups = [...Map.groupBy(items, ({ recording }) => recording)].toSorted(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  )
  const parts = Array.from({ length: Math.min(mostFolds, groups.length) }, () => ({
    size: 0,
    names: new Set<string>(),
  }))
  for (const [name, group] of groups) {
    const smallest = parts.reduce((least, part) => (part.size < least.size ? part : least))
    smallest.names.add(name)
    smallest.size += group.length
  }
  return parts.map(({ names }) => ({
    training: items.filter(({ recording }) => !names.has(recording)),
    heldBack: items.filter(({ recording }) => names.has(recording)),
  }))
}
