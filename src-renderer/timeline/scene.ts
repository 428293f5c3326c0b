import type { TimelineLine, TimelineMarker } from '../../src-shared/contract/curves.ts'
import type { Ticks } from '../../src-shared/contract/time.ts'
import type { Buckets } from './draw.ts'
import type { Spans } from './spans.ts'
import type { Tile } from './tiles.ts'
import type { View } from './view.ts'

/** A span that was found or made: something to look at. */
export interface Moment {
  readonly id: number
  readonly start: Ticks
  readonly end: Ticks
  readonly peak: Ticks
  readonly score: number
  /** What became of it; `passed` was found, but is below what is taken. */
  readonly state: 'candidate' | 'kept' | 'rejected' | 'passed'
  readonly label: string
}

export interface Span {
  readonly start: Ticks
  readonly end: Ticks
}

/** One band of the timeline, from top to bottom. */
export type Lane =
  | { readonly kind: 'moments'; readonly label: string }
  | { readonly kind: 'score'; readonly label: string }
  | { readonly kind: 'curve'; readonly label: string; readonly signal: string }
  | { readonly kind: 'wave'; readonly label: string; readonly track: number }
  | { readonly kind: 'speech'; readonly label: string }

export interface CurveTile {
  readonly score: Buckets
  readonly threshold: number
  readonly curves: ReadonlyMap<string, Buckets>
}

export interface WaveTile {
  readonly from: Ticks
  readonly step: Ticks
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** Curves and waves at any level of detail; what is not there yet is asked for. */
export interface Source {
  curves(tile: Tile): CurveTile | undefined
  /** The same, without asking. */
  known(tile: Tile): CurveTile | undefined
  wave(track: number, tile: Tile): WaveTile | undefined
  /** Lowest and highest value of a signal that was seen so far. */
  rangeOf(signal: string): { bottom: number; top: number }
}

/** Everything that is drawn, but for the playhead and what is in sight. */
export interface Ground {
  readonly duration: Ticks
  readonly lanes: readonly Lane[]
  readonly moments: readonly Moment[]
  readonly selected: number | null
  readonly markers: Spans<TimelineMarker>
  readonly lines: Spans<TimelineLine>
  /** What is being trimmed; its ends can be dragged. */
  readonly trim: Span | null
  /** What a new clip is being marked as. */
  readonly mark: Span | null
  readonly source: Source
}

export interface Scene extends Ground {
  readonly view: View
}

export const RULER_HEIGHT = 26
const heights: Record<Lane['kind'], number> = { moments: 26, score: 56, curve: 36, wave: 40, speech: 26 }
const GAP = 2

export interface LaneArea {
  readonly lane: Lane
  readonly y: number
  readonly height: number
}

/** Lanes below the ruler, one after the other. */
export function placeLanes(lanes: readonly Lane[]): { areas: LaneArea[]; height: number } {
  let y = RULER_HEIGHT + GAP
  const areas = lanes.map((lane) => {
    const area = { lane, y, height: heights[lane.kind] }
    y += area.height + GAP
    return area
  })
  return { areas, height: y }
}

/** The moment at a place of the moments' lane: of several, the selected one, else the best. */
export function momentAt(moments: readonly Moment[], time: Ticks, selected: number | null): Moment | null {
  const there = moments.filter(({ start, end }) => start <= time && time < end)
  return there.find(({ id }) => id === selected) ?? there.toSorted((a, b) => b.score - a.score)[0] ?? null
}
