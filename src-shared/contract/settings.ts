import { z } from 'zod'
import { cutModes } from './clip.ts'

const fields = {
  /** Where clips go when nothing else is said; null: a `Clutchcut` folder in the system's videos folder. */
  outputFolder: z.string().min(1).nullable(),
  /** See `src-shared/domain/file-name.ts` for the fields. */
  nameTemplate: z.string().min(1).max(200),
  /** Moments an hour that are taken without `--top`: fewer and surer, or more. */
  clipsPerHour: z.number().min(0.5).max(60),
  device: z.enum(['auto', 'cpu', 'webgpu', 'cuda', 'directml', 'coreml']),
  /** null: smart where that is possible, else encode. */
  cut: z.enum(cutModes).nullable(),
  /** Folder or program of an FFmpeg to use instead of the one that comes along. */
  ffmpeg: z.string().min(1).nullable(),
  /** Disk space for kept features (a re-scored recording needs no second analysis); least recently used go first. */
  featureQuotaBytes: z.int().min(0),
  /** Whether keeping, trimming and discarding clips teaches the ranking. False: nothing is recorded nor applied. */
  learning: z.boolean(),
}

/**
 * What a person can set, kept in the library. Every field has a default, so an older library reads well under a
 * newer program.
 */
export const settingsSchema = z.object({
  outputFolder: fields.outputFolder.default(null),
  nameTemplate: fields.nameTemplate.default('{date} {game} {n} {title}'),
  clipsPerHour: fields.clipsPerHour.default(5),
  device: fields.device.default('auto'),
  cut: fields.cut.default(null),
  ffmpeg: fields.ffmpeg.default(null),
  featureQuotaBytes: fields.featureQuotaBytes.default(5_000_000_000),
  learning: fields.learning.default(true),
})

/** Without the defaults: zod would fill them in, and changing one setting would reset the others. */
export const settingsChangeSchema = z.object(fields).partial()

export const defaultSettings: Settings = settingsSchema.parse({})

export type Settings = z.infer<typeof settingsSchema>
export type SettingsChange = z.infer<typeof settingsChangeSchema>
