import type { Layout } from '../../src-shared/contract/layout.ts'
import { defaultLayout } from '../../src-shared/domain/layout.ts'
import { cropRegion, pictureOf } from '../../src-shared/domain/layout-geometry.ts'
import { spanOfParts } from '../../src-shared/domain/edits/edited-clip.ts'
import { readGreyFrames } from '../adapters/ffmpeg/grey-frames.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { followAction } from '../stages/frame/follow-action.ts'
import { isWorthFollowing } from '../stages/frame/worth-following.ts'
import type { RenderDeps, RenderSource } from '../stages/render/deps.ts'
import type { LayoutFinder } from './connect-layout.ts'

const middle = { x: 0.5, y: 0.5 }
/** The widest and the narrowest crop that shows nearly all of a picture. */
const NEARLY_ALL = 0.9
/** As `layoutSchema` allows. */
const MOST_KEYS = 300

export interface ConnectFramingOptions {
  readonly runner: FfmpegRunner
  readonly source: SourceFile
  readonly layouts: LayoutFinder
}

/** How pictures are put into frames of another shape: as somebody wants it, or by what is in them. */
export function connectFraming({ runner, source, layouts }: ConnectFramingOptions): RenderDeps['layout'] {
  return async (of, { wanted, frame, parts }, { signal }) => {
    const { video } = of.media
    if (video === null) return { layout: { kind: 'blur' }, note: null }
    const crop = cropRegion(pictureOf(video), frame, middle)
    if (wanted === 'fill' || wanted === 'blur') {
      return { layout: wanted === 'blur' ? { kind: 'blur' } : { kind: 'fill', focus: middle }, note: null }
    }
    const follow = async (): Promise<Layout> => {
      // Where a crop leaves nothing out, or only above and below, there is nowhere to go.
      if (crop.width > NEARLY_ALL) return { kind: 'fill', focus: middle }
      const pictures = await readGreyFrames(runner, source, of.media, spanOfParts(parts), { signal })
      const keys = followAction(pictures, crop.width)
      const stays = keys.length === 0 || (wanted === 'auto' && !isWorthFollowing(pictures, keys, crop.width))
      return stays ? { kind: 'fill', focus: middle } : { kind: 'follow', keys: thinned(keys) }
    }
    if (wanted === 'follow') return { layout: await follow(), note: null }
    if (wanted === 'auto' && crop.width > NEARLY_ALL && crop.height > NEARLY_ALL) {
      return { layout: { kind: 'fill', focus: middle }, note: null }
    }
    const { facecam, note } = await facecamOf(layouts, of, signal)
    if (wanted === 'auto') {
      return { layout: defaultLayout({ facecam, follow: facecam === null ? await follow() : null }), note: null }
    }
    if (facecam === null)
      return { layout: await follow(), note: `It follows the action instead of showing a camera: ${note}` }
    if (wanted === 'facecam') {
      return { layout: { kind: 'facecam', facecam, at: { x: 0.5, y: 0.14 }, width: 0.5, focus: middle }, note: null }
    }
    return { layout: defaultLayout({ facecam, follow: null }), note: null }
  }
}

async function facecamOf(layouts: LayoutFinder, { recording, media }: RenderSource, signal: AbortSignal) {
  const { facecam, note } = await layouts.facecamOf(recording, media, { signal })
  return { facecam: facecam?.region ?? null, note }
}

/** Evenly fewer, where there are more keys than a plan holds; the first and the last stay. */
function thinned<Key>(keys: readonly Key[]): Key[] {
  if (keys.length <= MOST_KEYS) return [...keys]
  return Array.from({ length: MOST_KEYS }, (_, i) => keys[Math.round((i * (keys.length - 1)) / (MOST_KEYS - 1))]!)
}
