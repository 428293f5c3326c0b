export interface LockedPackage {
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
  readonly peerDependenciesMeta?: Record<string, { readonly optional?: boolean }>
}

export interface Lock {
  readonly packages: Record<string, LockedPackage>
}

/**
 * What a lockfile lacks, as `where: name`. `npm ci` refuses such a file on the platforms that need the missing entry,
 * and `npm install` hides it: a registry that mirrors only some platforms' binaries leaves them out silently.
 */
export function missingFromLock(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([where, entry]) => {
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => entry.peerDependenciesMeta?.[name]?.optional !== true,
    )
    const wanted = [
      ...Object.keys(entry.dependencies ?? {}),
      ...Object.keys(entry.optionalDependencies ?? {}),
      ...peers,
    ]
    return wanted.filter((name) => !resolves(lock, where, name)).map((name) => `${where}: ${name}`)
  })
}

/** As Node does: beside, then in each folder above. */
function resolves(lock: Lock, where: string, name: string): boolean {
  let folder = where
  for (;;) {
    if (lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true
    if (folder === '') return false
    const up = folder.lastIndexOf('/node_modules/')
    folder = up === -1 ? '' : folder.slice(0, up)
  }
}
