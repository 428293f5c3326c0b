import { z } from 'zod'
import { captionStyles } from '../../../src-shared/contract/captions.ts'
import { cutModes, renderKinds } from '../../../src-shared/contract/clip.ts'
import { layoutKinds } from '../../../src-shared/contract/layout.ts'
import { platformIds } from '../../../src-shared/contract/preset.ts'
import { subtitleFormats } from '../../../src-shared/contract/render-options.ts'
import type { Settings } from '../../../src-shared/contract/settings.ts'

const REMEMBERED = 'clutchcut.export'

const choiceSchema = z.object({
  kinds: z.array(z.enum(renderKinds)),
  layout: z.enum(['auto', ...layoutKinds]),
  platform: z.enum(platformIds).nullable(),
  cut: z.enum(cutModes).nullable(),
  captions: z.enum(['off', 'library', 'file']),
  /** Of `file`: where it lies. Belongs to one recording, so it is not remembered. */
  captionFile: z.string().nullable(),
  captionStyle: z.enum(captionStyles),
  subtitles: z.array(z.enum(subtitleFormats)),
  /** null: where the settings say. */
  folder: z.string().nullable(),
  muteMic: z.boolean(),
  duckMusic: z.boolean(),
  normalise: z.boolean(),
})

/** How clips are exported, as the dialog holds it. */
export type ExportChoice = z.infer<typeof choiceSchema>

/** What the settings say, where nobody exported anything here yet. Pure. */
export function choiceOf(settings: Settings): ExportChoice {
  return {
    kinds: settings.renderKinds,
    layout: 'auto',
    platform: null,
    cut: settings.cut,
    captions: 'off',
    captionFile: null,
    captionStyle: settings.captionStyle,
    subtitles: [],
    folder: null,
    muteMic: false,
    duckMusic: true,
    normalise: true,
  }
}

/** The last choice that was exported with; null where there is none, or none that this version understands. */
export function rememberedChoice(): ExportChoice | null {
  try {
    const parsed = choiceSchema.safeParse(JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null'))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export function rememberChoice(choice: ExportChoice): void {
  const captions = choice.captions === 'file' ? 'off' : choice.captions
  localStorage.setItem(REMEMBERED, JSON.stringify({ ...choice, captions, captionFile: null }))
}
