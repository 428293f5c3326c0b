import type { Marker, MarkerPlacement } from '../../../src-shared/contract/markers.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import {
  markerKindSpecs,
  spanShare,
  type FoundMarker,
  type MarkerClock,
  type MarkerFile,
  type MarkerGroup,
} from '../../../src-shared/domain/markers.ts'
import { absoluteStart, wallStart, type RecordingStart } from '../../../src-shared/domain/recording-start.ts'

/** A recorder and a plugin see a recording begin this near each other, seconds. */
const sameStart = 120

export interface PlaceMarkersInput {
  readonly file: MarkerFile
  readonly start: RecordingStart
  /** Seconds added by hand, if any. */
  readonly offset: number | null
  /** The recording's file name, without its ending. */
  readonly name: string
  /** Seconds. */
  readonly duration: number
  /** Whether it is known that the file belongs to this recording; else what it says must fit. */
  readonly sure: boolean
}

export interface PlacedMarkers {
  /** Those that fall into the recording, in the order of time. */
  readonly markers: readonly Marker[]
  readonly by: MarkerPlacement
  /** The file holds markers of several recordings, and nothing says which ones are of this. */
  readonly ambiguous: boolean
}

/**
 * Throws `job/needs-input` where markers cannot be placed: their times are those of a clock, and the recording does not
 * say when it began, nor does anybody.
 */
export function assertMarkersPlaceable({ kind }: MarkerClock, start: RecordingStart, offset: number | null): void {
  if (kind === 'offset' || offset !== null || absoluteStart(start) !== null) return
  throw new ClutchcutError(
    'job/needs-input',
    'The markers have times of a clock, but nothing says when the recording began. Say at which second of the recording the first marker was set: --markers-offset SECONDS.',
    { data: { field: 'markers.offsetSeconds' } },
  )
}

/**
 * Where the markers of a file lie on the recording. Times that count from a recording's start are taken as they are,
 * moved if the file and the recording both say when they began; times of day lie where the recording's clock says; all
 * plus `offset`. Where nothing says when the recording began, the first marker lies at `offset`.
 */
export function placeMarkers({ file, start, offset, name, duration, sure }: PlaceMarkersInput): PlacedMarkers {
  const mine = ofThisRecording(file, start, name, sure)
  if (mine === null) return { markers: [], by: 'own', ambiguous: true }
  const { shift, by } = shiftOf(file.clock, start, offset, mine)
  const markers = mine
    .flatMap((marker) => place(marker, shift, duration))
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
  return { markers, by, ambiguous: false }
}

function shiftOf(
  clock: MarkerClock,
  start: RecordingStart,
  offset: number | null,
  markers: readonly FoundMarker[],
): { shift: number; by: MarkerPlacement } {
  const moved = offset ?? 0
  const byHand = offset !== null
  if (clock.kind === 'offset') {
    const began = absoluteStart(start)
    const clocked = clock.startedAt !== null && began !== null
    const shift = clocked ? clock.startedAt - began + moved : moved
    return { shift, by: byHand ? 'hand' : clocked ? 'clock' : 'own' }
  }
  const began = clock.kind === 'absolute' ? absoluteStart(start) : wallStart(start)
  if (began !== null) return { shift: moved - began, by: byHand ? 'hand' : 'clock' }
  const first = markers.reduce((least, { time }) => Math.min(least, time), Infinity)
  return { shift: moved - (Number.isFinite(first) ? first : 0), by: 'hand' }
}

/** The markers of the group that is this recording; null where that cannot be said. */
function ofThisRecording(
  { groups, markers }: MarkerFile,
  start: RecordingStart,
  name: string,
  sure: boolean,
): readonly FoundMarker[] | null {
  if (groups.length === 0) return markers
  const wall = wallStart(start)
  const apart = ({ startedAt }: MarkerGroup): number =>
    startedAt === null || wall === null ? Infinity : Math.abs(startedAt - wall)
  const named = groups.flatMap(({ file }, i) => (file !== null && stemOf(file) === name.toLowerCase() ? [i] : []))
  const nearest = groups.reduce((best, group, i) => (apart(group) < apart(groups[best]!) ? i : best), 0)
  const chosen = named.length > 0 ? named : apart(groups[nearest]!) <= sameStart ? [nearest] : []
  if (chosen.length > 0) return markers.filter(({ group }) => chosen.includes(group ?? 0))
  const only = groups.length === 1 ? groups[0]! : null
  return only !== null && (sure || only.file === null) ? markers : null
}

function stemOf(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? ''
  return name.replace(/\.[^.]{1,5}$/, '').toLowerCase()
}

function place({ time, end, kind, label, weight }: FoundMarker, shift: number, duration: number): Marker[] {
  const from = time + shift
  const to = end === null ? from : end + shift
  if (to < 0 || from > duration || (end === null && from < 0)) return []
  const full = weight ?? markerKindSpecs[kind].weight
  return [
    {
      start: milliseconds(Math.max(0, from)),
      end: milliseconds(Math.min(duration, to)),
      kind,
      label,
      weight: milliseconds(full * (end === null ? 1 : spanShare(to - from))),
    },
  ]
}

/** Three digits: more than anybody sets a marker with, and short in JSON. */
function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000
}
