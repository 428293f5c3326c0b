import { z } from 'zod'

const length = z.number().min(-1e6).max(1e6)
const pairSchema = z.object({ x: length, y: length })

/** One item of a scene or group; OBS leaves out what is as usual. */
const itemSchema = z.object({
  name: z.string(),
  source_uuid: z.string().optional(),
  visible: z.boolean().default(true),
  rot: length.default(0),
  pos: pairSchema.default({ x: 0, y: 0 }),
  scale: pairSchema.default({ x: 1, y: 1 }),
  /** Bits: 1 left, 2 right, 4 top, 8 bottom; none is the middle. */
  align: z.int().default(5),
  /** 0 none, 1 stretch, 2 inside, 3 outside, 4 to width, 5 to height, 6 at most. */
  bounds_type: z.int().default(0),
  bounds_align: z.int().default(0),
  bounds: pairSchema.default({ x: 0, y: 0 }),
  bounds_crop: z.boolean().default(false),
  crop_left: length.default(0),
  crop_top: length.default(0),
  crop_right: length.default(0),
  crop_bottom: length.default(0),
})

const sourceSchema = z.object({
  name: z.string(),
  uuid: z.string().optional(),
  id: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
})

/** A scene collection, `basic/scenes/NAME.json`: what of it says where a camera lies. The rest is passed over. */
export const sceneCollectionSchema = z.object({
  current_scene: z.string().optional(),
  current_program_scene: z.string().optional(),
  resolution: pairSchema.optional(),
  sources: z.array(sourceSchema).max(5000),
  groups: z.array(sourceSchema).max(5000).default([]),
})

export const itemsSchema = z.array(itemSchema).max(2000)

export type SceneCollection = z.infer<typeof sceneCollectionSchema>
export type SceneSource = z.infer<typeof sourceSchema>
export type SceneItem = z.infer<typeof itemSchema>
