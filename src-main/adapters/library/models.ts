import { and, asc, eq } from 'drizzle-orm'
import type { Connection } from './connect.ts'
import { models } from './schema.ts'

export type InstalledModel = typeof models.$inferSelect
export type Models = ReturnType<typeof createModels>

/** Models that were fetched or imported; the ones that come along are not listed. */
export function createModels({ orm }: Connection) {
  const own = (id: string, version: string) => and(eq(models.id, id), eq(models.version, version))
  return {
    list: (): InstalledModel[] => orm.select().from(models).orderBy(asc(models.id), asc(models.version)).all(),
    get: (id: string, version: string): InstalledModel | undefined =>
      orm.select().from(models).where(own(id, version)).get(),
    save(model: InstalledModel): void {
      orm
        .insert(models)
        .values(model)
        .onConflictDoUpdate({ target: [models.id, models.version], set: model })
        .run()
    },
    remove(id: string, version: string): void {
      orm.delete(models).where(own(id, version)).run()
    },
  }
}
