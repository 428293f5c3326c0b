import { eq, inArray } from 'drizzle-orm'
import type { FacecamSetting } from '../../../src-shared/contract/facecam.ts'
import type { Region } from '../../../src-shared/contract/layout.ts'
import type { Connection } from './connect.ts'
import { facecamSettings, foundFacecams } from './schema.ts'

export type Facecams = ReturnType<typeof createFacecams>

/** Stands for every game of which nothing was said. */
const others = ''

/** Where cameras are: what people said for their games, and what was found in recordings. */
export function createFacecams({ orm }: Connection) {
  const settingOf = ({ game, region }: { game: string; region: Region | null }): FacecamSetting => ({
    game: game === others ? null : game,
    region,
  })
  return {
    /** What was said, the default first, then by game. */
    settings: (): FacecamSetting[] =>
      orm.select().from(facecamSettings).orderBy(facecamSettings.game).all().map(settingOf),

    /** What holds for a game's recordings: what was said of the game (whatever the case of its letters), else of all others. */
    settingFor(game: string | null): FacecamSetting | undefined {
      const names = game === null ? [others] : [game, others]
      const rows = orm.select().from(facecamSettings).where(inArray(facecamSettings.game, names)).all()
      const found = rows.find((row) => row.game !== others) ?? rows[0]
      return found && settingOf(found)
    },

    set({ game, region }: FacecamSetting, now: number = Date.now()): void {
      const row = { game: game ?? others, region, changedAt: now }
      orm.insert(facecamSettings).values(row).onConflictDoUpdate({ target: facecamSettings.game, set: row }).run()
    },

    /** Whether there was something to forget. */
    forget(game: string | null): boolean {
      const gone = orm
        .delete(facecamSettings)
        .where(eq(facecamSettings.game, game ?? others))
        .run()
      return gone.changes > 0
    },

    /** What was found in a recording by this version of looking; undefined where nobody has looked. */
    found(fingerprint: string, version: number): { region: Region | null } | undefined {
      const row = orm.select().from(foundFacecams).where(eq(foundFacecams.fingerprint, fingerprint)).get()
      return row?.version === version ? { region: row.region } : undefined
    },

    keepFound(fingerprint: string, version: number, region: Region | null, now: number = Date.now()): void {
      const row = { fingerprint, version, region, foundAt: now }
      orm.insert(foundFacecams).values(row).onConflictDoUpdate({ target: foundFacecams.fingerprint, set: row }).run()
    },
  }
}
