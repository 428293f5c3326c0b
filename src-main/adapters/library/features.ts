import { and, asc, eq, sql } from 'drizzle-orm'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import { write, type Connection } from './connect.ts'
import { featureFiles } from './schema.ts'

export interface FeatureFile {
  readonly fingerprint: Fingerprint
  readonly version: number
  /** A plain name in the features folder. */
  readonly file: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly lastUsedAt: number
}

export type FeatureFiles = ReturnType<typeof createFeatureFiles>

/** Which kept features there are and when they were last of use. The files themselves are the caller's. */
export function createFeatureFiles(connection: Connection) {
  const { orm } = connection
  const own = (fingerprint: Fingerprint, version: number) =>
    and(eq(featureFiles.fingerprint, fingerprint), eq(featureFiles.version, version))
  const byUse = () => orm.select().from(featureFiles).orderBy(asc(featureFiles.lastUsedAt)).all()

  return {
    save(file: FeatureFile): void {
      const target = [featureFiles.fingerprint, featureFiles.version]
      orm.insert(featureFiles).values(file).onConflictDoUpdate({ target, set: file }).run()
    },
    get: (fingerprint: Fingerprint, version: number): FeatureFile | undefined =>
      orm.select().from(featureFiles).where(own(fingerprint, version)).get(),
    touch(fingerprint: Fingerprint, version: number, now: number): void {
      orm.update(featureFiles).set({ lastUsedAt: now }).where(own(fingerprint, version)).run()
    },
    remove(fingerprint: Fingerprint, version: number): void {
      orm.delete(featureFiles).where(own(fingerprint, version)).run()
    },
    totalBytes: (): number => orm.get<{ n: number }>(sql`SELECT coalesce(sum(bytes), 0) AS n FROM feature_files`).n,
    /** Least recently used first. */
    list: (): FeatureFile[] => byUse(),
    /**
     * Forgets the least recently used ones until the rest fits in `quotaBytes`, and returns them: the caller deletes
     * their files. `keep` (in use now) stays whatever its age.
     */
    evict(quotaBytes: number, keep?: Fingerprint): FeatureFile[] {
      return write(connection, () => {
        const evicted: FeatureFile[] = []
        let left = this.totalBytes()
        for (const file of byUse()) {
          if (left <= quotaBytes) break
          if (file.fingerprint === keep) continue
          this.remove(file.fingerprint, file.version)
          evicted.push(file)
          left -= file.bytes
        }
        return evicted
      })
    },
  }
}
