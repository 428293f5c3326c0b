import type { Ticks } from '../../src-shared/contract/time.ts'
import { timeOf, xOf } from './draw.ts'
import { momentAt, placeLanes, RULER_HEIGHT, type Lane, type Moment, type Scene } from './scene.ts'
import type { Point } from './view.ts'

/** What is looked at, and how wide it is in pixels. */
interface Shown {
  readonly scene: () => Scene
  readonly width: () => number
  readonly onMark: unknown
}

/** Pixels around the end of a trim that take hold of it. */
const HOLD = 12

/** The end of a trim that a pointer would take hold of; of both, the nearer one. */
export function handleAt({ x, y }: Point, { scene, width }: Shown): 'start' | 'end' | null {
  const { trim, view } = scene()
  if (trim === null || y < RULER_HEIGHT) return null
  const area = { x: 0, y: 0, width: width(), height: 0 }
  const [left, right] = [Math.abs(x - xOf(trim.start, view, area)), Math.abs(x - xOf(trim.end, view, area))]
  if (Math.min(left, right) > HOLD) return null
  return left < right ? 'start' : 'end'
}

export function laneAt({ lanes }: Scene, y: number): Lane['kind'] | null {
  return placeLanes(lanes).areas.find((area) => y >= area.y && y < area.y + area.height)?.lane.kind ?? null
}

/** Moments are taken hold of in their own lane only. */
export function momentUnder({ moments, selected }: Scene, lane: Lane['kind'] | null, time: Ticks): Moment | null {
  return lane === 'moments' ? momentAt(moments, time, selected) : null
}

/** What a press would do, as a cursor says it. */
export function cursorAt(at: Point, shown: Shown, shift: boolean): string {
  if (shift && shown.onMark !== undefined) return 'crosshair'
  if (handleAt(at, shown) !== null) return 'ew-resize'
  if (at.y < RULER_HEIGHT) return 'col-resize'
  const scene = shown.scene()
  const time = timeOf(at.x, scene.view, { x: 0, width: shown.width() })
  return momentUnder(scene, laneAt(scene, at.y), time) === null ? 'grab' : 'pointer'
}
