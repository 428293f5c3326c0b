/**
 * Two shortcuts of a group (`review.keep`, `review.next`) that a person gave the same keys; null where there are none.
 * Groups may use the same keys, as they are never heard at once; those of `everywhere` are.
 */
export function shortcutConflict(
  shortcuts: Readonly<Record<string, readonly string[]>>,
): { keys: string; names: readonly [string, string] } | null {
  const taken: { group: string; keys: string; name: string }[] = []
  for (const [name, combinations] of Object.entries(shortcuts)) {
    const group = name.split('.')[0] ?? ''
    for (const keys of new Set(combinations.map((one) => one.toLowerCase()))) {
      const other = taken.find(
        (one) => one.keys === keys && (one.group === group || [one.group, group].includes('everywhere')),
      )
      if (other !== undefined) return { keys, names: [other.name, name] }
      taken.push({ group, keys, name })
    }
  }
  return null
}
