import { eq } from 'drizzle-orm'
import type { DecodeVerdict, EncodeVerdict, Verdict } from '../../../src-shared/contract/model.ts'
import type { Connection } from './connect.ts'
import { deviceVerdicts } from './schema.ts'

export type DeviceVerdicts = ReturnType<typeof createDeviceVerdicts>

/** Which devices gave the right answer for which model or codec, under a key that changes with the driver. */
export function createDeviceVerdicts({ orm }: Connection) {
  return {
    get: (key: string): Verdict | DecodeVerdict | EncodeVerdict | undefined =>
      orm.select().from(deviceVerdicts).where(eq(deviceVerdicts.key, key)).get()?.verdict,
    set(key: string, verdict: Verdict | DecodeVerdict | EncodeVerdict): void {
      const row = { key, verdict, checkedAt: Math.round(verdict.checkedAt) }
      orm.insert(deviceVerdicts).values(row).onConflictDoUpdate({ target: deviceVerdicts.key, set: row }).run()
    },
    clear(): void {
      orm.delete(deviceVerdicts).run()
    },
  }
}
