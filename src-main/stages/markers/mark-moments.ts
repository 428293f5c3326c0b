import type { Marker, MarkerKind } from '../../../src-shared/contract/markers.ts'
import {
  markerEvidence,
  markerKindSpecs,
  markerWindows,
  mergeSeconds,
  mostMarkerEvidence,
  spanShare,
  type Mark,
} from '../../../src-shared/domain/markers.ts'
import { calibration } from '../../../src-shared/domain/signal-weights.ts'
import { SLOT_RATE, type SignalCurve } from '../../../src-shared/domain/signal.ts'
import { describeMarkers } from './describe-markers.ts'

/** Markers of one kind that mark one moment, in seconds. */
interface Moment {
  readonly from: number
  readonly to: number
  readonly kind: MarkerKind
  readonly weight: number
  readonly within: boolean
  readonly labels: readonly string[]
}

/** The marked moments of a recording of so many slots, with what each adds where. In the order of time. */
export function marksOf(markers: readonly Marker[], slots: number): Mark[] {
  return momentsOf(markers).flatMap((moment) => {
    const { kind, labels } = moment
    const { from, fullFrom, fullTo, to } = edgesOf(moment)
    const first = Math.max(0, Math.floor(from * SLOT_RATE))
    const last = Math.min(slots - 1, Math.ceil(to * SLOT_RATE))
    const evidence = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
      const at = (first + i + 0.5) / SLOT_RATE
      const share = Math.min(1, (at - from) / (fullFrom - from), (to - at) / (to - fullTo))
      return moment.weight * markerEvidence * Math.max(0, share)
    })
    if (!evidence.some((value) => value > 0)) return []
    const text = describeMarkers(kind, labels)
    return [{ signal: `marker.${kind}`, text, own: markerKindSpecs[kind].own && moment.weight >= 0.5, first, evidence }]
  })
}

/** What all marks add to the log-odds of the score at each slot. */
export function evidenceOf(marks: readonly Mark[], slots: number): Float32Array {
  const sums = new Float32Array(slots)
  for (const { first, evidence } of marks) {
    for (const [i, value] of evidence.entries()) if (first + i < slots) sums[first + i]! += value
  }
  return sums.map((value) => Math.min(mostMarkerEvidence, value))
}

/** How strongly each slot is marked, on the scale of the signals' z-scores. */
export function markerCurve(marks: readonly Mark[], slots: number): SignalCurve {
  const values = evidenceOf(marks, slots)
  const z = values.map((value) => value / calibration.scale)
  return { id: 'markers', track: null, unit: 'evidence', values, z, valid: new Uint8Array(slots).fill(1) }
}

/** Points that lie near each other are one moment, as long as the way from the first to the last of them. */
function momentsOf(markers: readonly Marker[]): Moment[] {
  const open = new Map<string, Moment>()
  const moments: Moment[] = []
  const close = (moment: Moment): void => {
    const weight = moment.within ? moment.weight : moment.weight * spanShare(moment.to - moment.from)
    moments.push({ ...moment, weight })
  }
  for (const { start, end, kind, label, weight } of markers.toSorted((a, b) => a.start - b.start)) {
    if (weight <= 0) continue
    const moment = { from: start, to: end, kind, weight, within: end > start, labels: [label] }
    if (moment.within) {
      close(moment)
      continue
    }
    const key = `${kind} ${weight}`
    const before = open.get(key)
    if (before !== undefined && start - before.to <= mergeSeconds) {
      open.set(key, { ...before, to: start, labels: [...before.labels, label] })
      continue
    }
    if (before !== undefined) close(before)
    open.set(key, moment)
  }
  for (const moment of open.values()) close(moment)
  return moments.toSorted((a, b) => a.from - b.from || a.to - b.to)
}

function edgesOf({ from, to, kind, within }: Moment): { from: number; fullFrom: number; fullTo: number; to: number } {
  const window = markerWindows[within ? 'within' : markerKindSpecs[kind].aim]
  return {
    from: from + window.from,
    fullFrom: from + window.fullFrom,
    fullTo: to + window.fullTo,
    to: to + window.to,
  }
}
