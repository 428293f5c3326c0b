export interface KeptFeatures {
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly lastUsedAt: number
}

/**
 * Which features to delete so that the rest fits in `quotaBytes`: least recently used first, never one that `isInUse`.
 * Pure; whoever calls it deletes the files and their rows.
 */
export function evictFeatures<T extends KeptFeatures>(
  entries: readonly T[],
  quotaBytes: number,
  isInUse: (entry: T) => boolean = () => false,
): T[] {
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  const evicted: T[] = []
  for (const entry of entries.toSorted((a, b) => a.lastUsedAt - b.lastUsedAt)) {
    if (total <= quotaBytes) break
    if (isInUse(entry)) continue
    evicted.push(entry)
    total -= entry.bytes
  }
  return evicted
}
