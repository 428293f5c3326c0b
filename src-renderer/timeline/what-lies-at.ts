import type { TimelineLine, TimelineMarker } from '../../src-shared/contract/curves.ts'
import type { Ticks } from '../../src-shared/contract/time.ts'
import type { Buckets } from './draw.ts'
import { momentAt, type Moment, type Scene } from './scene.ts'
import { levelOf, tilesInView } from './tiles.ts'

/** What a recording holds at a time, as far as it is known. */
export interface Lying {
  readonly time: Ticks
  /** 0 to 1. */
  readonly score: number | null
  readonly moment: Moment | null
  /** The nearest within reach; of those that last, one that holds the time. */
  readonly marker: TimelineMarker | null
  /** Values of the curves that lanes show, from top to bottom. */
  readonly curves: readonly { readonly label: string; readonly value: number }[]
  readonly line: TimelineLine | null
}

/** How far beside a marker one still means it, in pixels. */
const NEAR = 5

/** `width` of the timeline in pixels. Asks for nothing: what was not loaded is not known. */
export function whatLiesAt(scene: Scene, time: Ticks, width: number): Lying {
  const { view, duration, source, lanes } = scene
  const reach = ((view.to - view.from) / Math.max(1, width)) * NEAR
  const tile = tilesInView({ from: time, to: time + 1 }, levelOf(view, width), duration)[0]
  const known = tile && source.known(tile)
  const curves = lanes.flatMap((lane) => {
    const value = lane.kind === 'curve' ? valueAt(known?.curves.get(lane.signal), time) : null
    return value === null ? [] : [{ label: lane.label, value }]
  })
  const marker = scene.markers
    .touching(time - reach, time + reach)
    .toSorted((a, b) => distanceTo(a, time) - distanceTo(b, time))[0]
  return {
    time,
    score: valueAt(known?.score, time),
    moment: momentAt(scene.moments, time, scene.selected),
    marker: marker ?? null,
    curves,
    line: scene.lines.touching(time, time)[0] ?? null,
  }
}

const distanceTo = ({ start, end }: TimelineMarker, time: Ticks): number => Math.max(start - time, time - end, 0)

/** The highest of the bucket that holds the time. */
function valueAt(buckets: Buckets | undefined, time: Ticks): number | null {
  if (buckets === undefined) return null
  return buckets.high[Math.floor((time - buckets.from) / buckets.step)] ?? null
}
