import type { MarkerFormat } from '../../../src-shared/contract/markers.ts'
import {
  cleanLabel,
  type FoundMarker,
  type MarkerClock,
  type MarkerFile,
  type MarkerGroup,
} from '../../../src-shared/domain/markers.ts'
import type { ReadTime } from '../../../src-shared/domain/read-time.ts'

/** What comes after is not read: nobody presses a key that often. */
export const mostMarkers = 10_000
/** A year: no recording is longer, and no clock is that wrong. */
const longestOffset = 366 * 86_400
/** Years 2005 to 2100. */
const [earliest, latest] = [Date.UTC(2005, 0, 1) / 1000, Date.UTC(2100, 0, 1) / 1000]

/** The content of a marker file, understood. */
export interface MarkerList extends MarkerFile {
  readonly format: MarkerFormat
  /** Lines or entries that look like none that we know, or have impossible times. */
  readonly skipped: number
  readonly firstSkipped: { readonly line: number; readonly text: string } | null
  /** It has more markers than are ever read. */
  readonly cut: boolean
}

/** Gathers the markers of one file; the first one says which clock they count by. */
export class MarkerCollector {
  readonly markers: FoundMarker[] = []
  readonly groups: MarkerGroup[] = []
  private kind: ReadTime['kind'] | null = null
  private skipped = 0
  private firstSkipped: MarkerList['firstSkipped'] = null
  private cut = false

  /** False where the marker cannot be: then the caller says which line that was. */
  add(
    time: ReadTime | null,
    end: ReadTime | null,
    marker: Pick<FoundMarker, 'kind' | 'label' | 'weight' | 'group'>,
  ): boolean {
    if (time === null || !isPossible(time) || (this.kind ?? time.kind) !== time.kind) return false
    if (this.markers.length >= mostMarkers) {
      this.cut = true
      return true
    }
    this.kind = time.kind
    const until =
      end !== null && end.kind === time.kind && isPossible(end) && end.seconds > time.seconds ? end.seconds : null
    this.markers.push({ ...marker, label: cleanLabel(marker.label), time: time.seconds, end: until })
    return true
  }

  skip(line: number, text: string): void {
    this.skipped += 1
    this.firstSkipped ??= { line, text: cleanLabel(text).slice(0, 60) }
  }

  /** Null where there is no marker. `startedAt`: when the recording began, of times that count from there. */
  list(format: MarkerFormat, startedAt: number | null = null): MarkerList | null {
    const { markers, groups, skipped, firstSkipped, cut } = this
    if (this.kind === null) return null
    const clock: MarkerClock = this.kind === 'offset' ? { kind: 'offset', startedAt } : { kind: this.kind }
    return { format, clock, groups, markers, skipped, firstSkipped, cut }
  }

  /** What stands in the first line that was no marker, for the message of a file without any. */
  get complaint(): MarkerList['firstSkipped'] {
    return this.firstSkipped
  }
}

function isPossible({ kind, seconds }: ReadTime): boolean {
  return kind === 'offset' ? seconds >= 0 && seconds <= longestOffset : seconds >= earliest && seconds <= latest
}
