import { z } from 'zod'
import { regionSchema } from './layout.ts'

export const facecamSources = ['hand', 'obs', 'detected'] as const

/** Where a camera lies in a recording's picture, and who says so. */
export const facecamSchema = z.object({ region: regionSchema, from: z.enum(facecamSources) })

const gameSchema = z.string().trim().min(1).max(200)

/**
 * What a person said of a game's recordings: where the camera is, or (null) that there is none. Without a game: of all
 * recordings of whose game nothing was said.
 */
export const facecamSettingSchema = z.object({ game: gameSchema.nullable(), region: regionSchema.nullable() })

/** Where a recording's camera is, with a sentence that says how that is known, or why it is not. */
export const facecamAnswerSchema = z.object({ facecam: facecamSchema.nullable(), note: z.string() })

export type Facecam = z.infer<typeof facecamSchema>
export type FacecamSetting = z.infer<typeof facecamSettingSchema>
export type FacecamAnswer = z.infer<typeof facecamAnswerSchema>
