import { z } from 'zod'
import { captionStyles } from './captions.ts'
import { cutModes, renderKinds } from './clip.ts'

export const themes = ['system', 'dark', 'light'] as const
export const languages = ['system', 'en', 'de'] as const

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
  /** How the interface looks; `system` follows the machine. */
  theme: z.enum(themes),
  /** Of the interface; `system` follows the machine. */
  language: z.enum(languages),
  /** Keys that differ from the ones it comes with: which shortcut, and the combinations that trigger it now. */
  shortcuts: z.record(z.string().max(60), z.array(z.string().min(1).max(40)).max(4)),
  /** Whether the interface moves; `system` follows the machine. */
  reducedMotion: z.enum(['system', 'on', 'off']),
  /** How readily moments are taken, 0 to 1: see `src-shared/domain/sensitivity.ts`. */
  sensitivity: z.number().min(0).max(1),
  /** What is rendered when nothing else is said. */
  renderKinds: z.array(z.enum(renderKinds)).min(1).max(renderKinds.length),
  captionStyle: z.enum(captionStyles),
  /** Whether captions mask words, */
  maskWords: z.boolean(),
  /** and which. */
  maskedWords: z.array(z.string().trim().min(1).max(60)).max(500),
  startAtLogin: z.boolean(),
  /** Whether the system tells of finished and failed jobs. */
  notifications: z.boolean(),
  firstRunDone: z.boolean(),
  /** Where recorders put recordings: what a person agreed to. */
  recorderFolders: z.array(z.string().min(1).max(4096)).max(50),
  /** Last opened first. */
  recentFolders: z.array(z.string().min(1).max(4096)).max(20),
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
  theme: fields.theme.default('system'),
  language: fields.language.default('system'),
  shortcuts: fields.shortcuts.default({}),
  reducedMotion: fields.reducedMotion.default('system'),
  sensitivity: fields.sensitivity.default(0.5),
  renderKinds: fields.renderKinds.default(['landscape']),
  captionStyle: fields.captionStyle.default('clean'),
  maskWords: fields.maskWords.default(false),
  maskedWords: fields.maskedWords.default([]),
  startAtLogin: fields.startAtLogin.default(false),
  notifications: fields.notifications.default(true),
  firstRunDone: fields.firstRunDone.default(false),
  recorderFolders: fields.recorderFolders.default([]),
  recentFolders: fields.recentFolders.default([]),
})

/** Without the defaults: zod would fill them in, and changing one setting would reset the others. */
export const settingsChangeSchema = z.object(fields).partial()

export const defaultSettings: Settings = settingsSchema.parse({})

export type Settings = z.infer<typeof settingsSchema>
export type SettingsChange = z.infer<typeof settingsChangeSchema>
