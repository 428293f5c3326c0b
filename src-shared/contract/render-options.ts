import { z } from 'zod'
import { captionStyles } from './captions.ts'
import { layoutKinds } from './layout.ts'
import { platformIds } from './preset.ts'
import { soundWishSchema } from './sound.ts'

export const subtitleFormats = ['srt', 'vtt', 'ass'] as const

/** Captions, drawn into the picture or laid beside the render. */
export const captionsWishSchema = z.object({
  /** SubRip, WebVTT, ASS or Whisper's JSON, on the recording's timeline; null: what the library knows to be said. */
  path: z.string().min(1).max(4096).nullable().default(null),
  style: z.enum(captionStyles).nullable().default(null),
  burnIn: z.boolean().default(true),
  /** Written beside each render, under its name. */
  subtitles: z.array(z.enum(subtitleFormats)).max(3).default([]),
})

/** How renders look and where they go; a part of what a job is told. */
export const renderLook = {
  /** `auto`: the camera above the game where there is one, else the action is followed, else all of it over a blur. */
  layout: z.enum(['auto', ...layoutKinds]).default('auto'),
  /** Whose limits hold; null: nobody's. */
  platform: z.enum(platformIds).nullable().default(null),
  captions: captionsWishSchema.nullable().default(null),
  /** null: each clip as it was edited. */
  sound: soundWishSchema.nullable().default(null),
}

export type CaptionsWish = z.infer<typeof captionsWishSchema>
export type SubtitleFormat = (typeof subtitleFormats)[number]
