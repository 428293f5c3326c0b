import type { Connection } from './connect.ts'
import { changes } from './schema.ts'

/** How often something was changed, by whichever process, since the library was made. */
export interface ChangeCounts {
  readonly recordings: number
  /** Clips and renders. */
  readonly clips: number
  readonly settings: number
  /** Not their progress. */
  readonly jobs: number
}

export function createChanges({ orm }: Connection) {
  return {
    counts(): ChangeCounts {
      const rows = orm.select().from(changes).all()
      const of = (area: string): number => rows.find((row) => row.area === area)?.n ?? 0
      return { recordings: of('recordings'), clips: of('clips'), settings: of('settings'), jobs: of('jobs') }
    },
  }
}
