import { z } from 'zod'
import { clipEditsSchema, clipPartSchema, textOverlaySchema, zoomKeySchema } from './edits.ts'
import { soundEditsSchema } from './sound.ts'
import { ticksSchema } from './time.ts'

const index = z.int().nonnegative()
const isSpan = ({ start, end }: { start: number; end: number }): boolean => start < end
const span = { start: ticksSchema.nonnegative(), end: ticksSchema.positive() }
const { fadeIn, fadeOut, duckMusic, normalise } = soundEditsSchema.shape
const { recording, start, end, speed } = clipPartSchema.shape

/** In steps of a hundredth, so that editors that count in per cent can be handed the same. */
const speedSchema = speed.multipleOf(0.01)

/**
 * One thing that a person does to a clip. Times of `trim`, `add-part`, `zoom`, the texts and `bleep` are the
 * recording's; those of `split`, `cut` and `speed` are the clip's own, as it plays now, since it may show a moment
 * twice. A part is named by its place in `ClipEdits.parts`, a text by its place in `ClipEdits.texts`.
 */
export const clipEditSchema = z.discriminatedUnion('kind', [
  /** Nothing outside the span is shown. What stands at the old beginning or end reaches on to the new one. */
  z.object({ kind: z.literal('trim'), ...span }).refine(isSpan, 'start < end'),
  /** Two parts of one. */
  z.object({ kind: z.literal('split'), at: ticksSchema.positive() }),
  /** Takes a span out; what comes after it follows at once. */
  z.object({ kind: z.literal('cut'), ...span }).refine(isSpan, 'start < end'),
  z.object({ kind: z.literal('move-part'), part: index, to: index }),
  /** Makes one of a part and the next, where they are one stretch of the recording at one speed. */
  z.object({ kind: z.literal('join'), part: index }),
  /** Another span of the recording, or of one beside it; at the clip's end unless `to` says where. */
  z.object({ kind: z.literal('add-part'), recording, start, end, to: index.optional() }).refine(isSpan, 'start < end'),
  /** Without a span: of the whole clip. */
  z.object({
    kind: z.literal('speed'),
    speed: speedSchema,
    span: z.object(span).refine(isSpan, 'start < end').optional(),
  }),
  /** Instead of all keys that were there; an empty list shows the whole frame again. */
  z.object({ kind: z.literal('zoom'), keys: z.array(zoomKeySchema).max(300) }),
  z.object({ kind: z.literal('text-add'), text: textOverlaySchema }),
  z.object({ kind: z.literal('text-change'), index, text: textOverlaySchema }),
  z.object({ kind: z.literal('text-remove'), index }),
  z.object({ kind: z.literal('track'), ...soundEditsSchema.shape.tracks.unwrap().element.shape }),
  /** Instead of what was said of the span before; null lets it be heard again. */
  z
    .object({ kind: z.literal('bleep'), ...span, with: z.enum(['tone', 'silence']).nullable() })
    .refine(isSpan, 'start < end'),
  z.object({
    kind: z.literal('sound'),
    fadeIn: fadeIn.unwrap().optional(),
    fadeOut: fadeOut.unwrap().optional(),
    duckMusic: duckMusic.unwrap().optional(),
    normalise: normalise.unwrap().optional(),
  }),
  /** As it was before the first edit. */
  z.object({ kind: z.literal('reset') }),
])

/** What a clip's log comes to. `revision` grows with every entry; 0: nobody edited the clip. */
export const editStateSchema = z.object({
  edits: clipEditsSchema,
  revision: z.int().nonnegative(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
})

export type ClipEdit = z.infer<typeof clipEditSchema>
export type EditState = z.infer<typeof editStateSchema>
