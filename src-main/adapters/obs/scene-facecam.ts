import type { Region } from '../../../src-shared/contract/layout.ts'
import { placeItem, type Placed } from './place-item.ts'
import { itemsSchema, type SceneCollection, type SceneItem, type SceneSource } from './scene-schema.ts'

/** What OBS calls cameras: on Windows, macOS (old and new), and Linux (two ways). */
const cameras = new Set([
  'dshow_input',
  'av_capture_input',
  'av_capture_input_v2',
  'macos-avcapture',
  'v4l2_input',
  'pipewire-camera-source',
])
/** Scenes within scenes within groups: deeper than anybody works, and never a circle. */
const deepest = 8

interface Size {
  readonly width: number
  readonly height: number
}

export interface SceneFacecam {
  /** Pixels of what OBS lays its sources out on; it records that, maybe scaled. */
  readonly canvas: Size
  readonly scene: string
  readonly source: string
  readonly region: Region
}

/**
 * Where the camera lies in the scene that OBS shows, as shares of the canvas; null where there is none, or where its
 * place depends on something that the file does not hold (a camera that chooses its own size, a turned item). Of
 * several, the topmost that is neither tiny nor nearly the whole picture.
 */
export function sceneFacecam(collection: SceneCollection, canvas: Size | null): SceneFacecam | null {
  const size = collection.resolution ? { width: collection.resolution.x, height: collection.resolution.y } : canvas
  const scene = collection.current_program_scene ?? collection.current_scene
  if (size === null || scene === undefined || size.width < 16 || size.height < 16) return null
  const all = [...collection.sources, ...collection.groups]
  const byId = new Map(all.flatMap((source) => (source.uuid === undefined ? [] : [[source.uuid, source] as const])))
  const byName = new Map(all.map((source) => [source.name, source]))
  const find = ({ source_uuid: id, name }: SceneItem): SceneSource | undefined =>
    (id === undefined ? undefined : byId.get(id)) ?? byName.get(name)
  const root = byName.get(scene)
  const found = root === undefined ? [] : camerasIn(root, size, find, 0)
  for (const { source, place } of found.toReversed()) {
    const region = clip(place, size)
    if (region !== null) return { canvas: size, scene, source, region }
  }
  return null
}

interface Found {
  source: string
  place: Placed
}

/** From the bottom to the top. */
function camerasIn(
  holder: SceneSource,
  size: Size,
  find: (item: SceneItem) => SceneSource | undefined,
  depth: number,
): Found[] {
  const items = itemsSchema.safeParse(holder.settings['items'])
  if (!items.success || depth > deepest) return []
  return items.data
    .filter(({ visible }) => visible)
    .flatMap((item): Found[] => {
      const source = find(item)
      if (source === undefined) return []
      if (cameras.has(source.id)) {
        const place = placeItem(item, cameraSize(source))
        return place === null ? [] : [{ source: source.name, place }]
      }
      if (source.id !== 'scene' && source.id !== 'group') return []
      const own = source.id === 'group' ? groupSize(source) : size
      const place = own && placeItem(item, own)
      if (!own || !place) return []
      const scale = { x: place.width / own.width, y: place.height / own.height }
      return camerasIn(source, own, find, depth + 1).map(({ source: name, place: within }) => ({
        source: name,
        place: {
          x: place.x + within.x * scale.x,
          y: place.y + within.y * scale.y,
          width: within.width * scale.x,
          height: within.height * scale.y,
        },
      }))
    })
}

/** What a camera was set to; null where it chooses itself. */
function cameraSize({ settings }: SceneSource): Size | null {
  const wanted = settings['resolution']
  // Linux packs both into a number.
  if (typeof wanted === 'number' && wanted > 0xffff) return { width: wanted >>> 16, height: wanted & 0xffff }
  const text = typeof wanted === 'string' ? wanted : settings['preset']
  const match = typeof text === 'string' ? /(\d{2,5})x(\d{2,5})/.exec(text) : null
  return match ? { width: Number(match[1]), height: Number(match[2]) } : null
}

function groupSize({ settings }: SceneSource): Size | null {
  const { cx, cy } = settings
  return typeof cx === 'number' && typeof cy === 'number' && cx > 0 && cy > 0 ? { width: cx, height: cy } : null
}

/** The part inside the canvas; null where that is tiny, or so large that it is no overlay. */
function clip({ x, y, width, height }: Placed, canvas: Size): Region | null {
  const x0 = Math.max(0, x / canvas.width)
  const y0 = Math.max(0, y / canvas.height)
  const x1 = Math.min(1, (x + width) / canvas.width)
  const y1 = Math.min(1, (y + height) / canvas.height)
  if (x1 - x0 < 0.04 || y1 - y0 < 0.04 || (x1 - x0) * (y1 - y0) > 0.6) return null
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }
}
