import { z } from 'zod'

/** Who the engine works for: a window, a browser tab, a command line. */
export const hostKinds = ['desktop', 'browser', 'cli'] as const

export const appInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  platform: z.string(),
  arch: z.string(),
  host: z.enum(hostKinds),
  /** What this host can do on the machine that it runs on; what it cannot is not offered. */
  capabilities: z.object({
    revealInFolder: z.boolean(),
    copyFile: z.boolean(),
    trash: z.boolean(),
    openExternal: z.boolean(),
    nativeDialogs: z.boolean(),
    tray: z.boolean(),
  }),
  /** Where the library lies. */
  dataFolder: z.string(),
  ffmpeg: z.object({
    found: z.boolean(),
    version: z.string().nullable(),
    path: z.string().nullable(),
    /** Why there is none. */
    problem: z.string().nullable(),
  }),
  /** Of this start of the engine; see events. */
  run: z.string(),
})

/** One way in which something leaves this machine, or a fact about what stays. */
export const privacyItemSchema = z.object({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  what: z.string(),
  /** Where it goes; null: nowhere, it stays on this machine. */
  to: z.string().nullable(),
  when: z.string(),
  /** Whether that happens with the present settings. */
  active: z.boolean(),
})

export const recorderIds = [
  'obs',
  'shadowplay',
  'game-bar',
  'radeon',
  'medal',
  'outplayed',
  'steelseries',
  'steam',
  'videos',
] as const

/** A folder in which a recorder puts its recordings. */
export const recorderFolderSchema = z.object({
  recorder: z.enum(recorderIds),
  name: z.string(),
  folder: z.string(),
  /** Video files right in it or one folder below, as far as they were counted. */
  recordings: z.int().nonnegative(),
  /** Of the newest one. */
  newestAt: z.iso.datetime({ offset: true }).nullable(),
  /** From the recorder's own settings; else it is where the recorder puts things by default. */
  configured: z.boolean(),
})

export const storageParts = ['library', 'backups', 'features', 'stills', 'playback', 'logs', 'renders'] as const
/** What can be cleaned: made again when it is needed, or (backups, logs) put into the recycle bin. */
export const cleanableParts = ['backups', 'features', 'stills', 'playback', 'logs'] as const

export const storageReportSchema = z.object({
  parts: z.array(
    z.object({
      what: z.enum(storageParts),
      bytes: z.int().nonnegative(),
      files: z.int().nonnegative(),
      /** Where it is bounded. */
      quotaBytes: z.int().nonnegative().nullable(),
      /** `again`: removed, and made again when needed. `bin`: goes to the recycle bin. null: not cleaned from here. */
      cleaning: z.enum(['again', 'bin']).nullable(),
    }),
  ),
  /** On the disk of the data folder; null where the system does not say. */
  freeBytes: z.int().nonnegative().nullable(),
})

export const cleanedSchema = z.object({ freedBytes: z.int().nonnegative(), files: z.int().nonnegative() })

export type HostKind = (typeof hostKinds)[number]
export type AppInfo = z.infer<typeof appInfoSchema>
export type PrivacyItem = z.infer<typeof privacyItemSchema>
export type RecorderId = (typeof recorderIds)[number]
export type RecorderFolder = z.infer<typeof recorderFolderSchema>
export type StoragePart = (typeof storageParts)[number]
export type CleanablePart = (typeof cleanableParts)[number]
export type StorageReport = z.infer<typeof storageReportSchema>
export type Cleaned = z.infer<typeof cleanedSchema>
