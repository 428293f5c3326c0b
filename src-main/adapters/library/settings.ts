import {
  defaultSettings,
  settingsSchema,
  type Settings,
  type SettingsChange,
} from '../../../src-shared/contract/settings.ts'
import { write, type Connection } from './connect.ts'
import { settings } from './schema.ts'

export type SettingsStore = ReturnType<typeof createSettings>

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

export function createSettings(connection: Connection) {
  const { orm } = connection
  const get = (): Settings => {
    const result: Record<string, unknown> = { ...defaultSettings }
    for (const { key, value } of orm.select().from(settings).all()) {
      // A value that this version does not understand (written by another one) must not keep the program from starting.
      const field = Object.hasOwn(settingsSchema.shape, key) ? settingsSchema.shape[key as keyof Settings] : undefined
      const read = field?.safeParse(parsed(value))
      if (read?.success && read.data !== undefined) result[key] = read.data
    }
    return result as Settings
  }
  return {
    get,
    /** Keeps what is in `change`; throws ZodError where a value does not fit. */
    change(change: SettingsChange, now: number = Date.now()): Settings {
      const { data, error } = settingsSchema.partial().strict().safeParse(change)
      if (error) throw error
      return write(connection, () => {
        for (const key of Object.keys(change)) {
          const value: unknown = data[key as keyof Settings]
          if (value === undefined) continue
          const row = { key, value: JSON.stringify(value), changedAt: now }
          orm.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run()
        }
        return get()
      })
    },
  }
}
