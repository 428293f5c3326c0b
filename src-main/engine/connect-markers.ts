import { createHash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import {
  markersReportSchema,
  type Marker,
  type MarkersReport,
  type MarkersSpec,
} from '../../src-shared/contract/markers.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import { scoresSchema } from '../../src-shared/contract/segment.ts'
import { canonicalJson } from '../../src-shared/domain/canonical-json.ts'
import type { Mark } from '../../src-shared/domain/markers.ts'
import type { RecordingStart } from '../../src-shared/domain/recording-start.ts'
import { SLOT_RATE, type SignalCurve } from '../../src-shared/domain/signal.ts'
import { steamSession, steamTimeline } from '../../src-shared/domain/steam-names.ts'
import { secondsFromTicks } from '../../src-shared/domain/time.ts'
import { findSidecars } from '../adapters/markers/find-sidecars.ts'
import type { MarkerList } from '../adapters/markers/marker-list.ts'
import { readMarkers } from '../adapters/markers/read-markers.ts'
import type { FoundMarkers, MarkersResult, MarkersStage } from '../jobs/run-pipeline.ts'
import { chapterMarkers } from '../stages/markers/chapter-markers.ts'
import { markerCurve, marksOf } from '../stages/markers/mark-moments.ts'
import { assertMarkersPlaceable, placeMarkers } from '../stages/markers/place-markers.ts'
import { weighMarkers } from '../stages/markers/weigh-markers.ts'
import { startOf, zoneOfThisMachine } from './recording-start.ts'

/** Grows with every change that makes the stage's results differ. */
const MARKERS_VERSION = 1

const resultSchema = z.object({ scores: scoresSchema, report: markersReportSchema })
const automatic: MarkersSpec = { files: [], offsetSeconds: null, automatic: true }

interface ReadFile {
  readonly path: string
  readonly list: MarkerList
  /** By hand or by its name: then what is wrong with it is said. */
  readonly sure: boolean
  readonly byHand: boolean
}

/** What was read for one run of a job. */
interface Found extends FoundMarkers {
  readonly files: readonly ReadFile[]
  readonly warnings: readonly string[]
}

/** The markers stage over marker files and chapters, for one run of a job, and its marks for those who look for reasons. */
export function connectMarkers(zone: RecordingStart['zone'] = zoneOfThisMachine): {
  stage: MarkersStage
  marks(result: MarkersResult): { marks: Mark[]; curve: SignalCurve }
} {
  let found: Found | null = null
  return {
    stage: {
      async find(media, spec, { signal }) {
        found = await find(media, spec, zone, signal)
        return found
      },
      version: MARKERS_VERSION,
      // What was read, not what it is called: another content starts here again, another name does not.
      options({ markers, path }: JobSpec) {
        if (found === null) return null
        const lists = found.files.map(({ list, sure, path: file }) => ({
          list,
          sure,
          steam: steamTimeline(basename(file)),
        }))
        const sha256 = createHash('sha256')
          .update(canonicalJson({ lists, warnings: found.warnings }))
          .digest('hex')
        const { absolute, wall } = recordingStart({ recordedAt: null }, path, zone)
        const east = zone(wall ?? Date.now() / 1000)
        return { sha256, offset: markers?.offsetSeconds ?? null, chapters: usesChapters(markers), absolute, wall, east }
      },
      parse: (kept) => resultSchema.parse(kept),
      async run({ media, scored }, { job }) {
        const { values } = scored.scores
        const report = place(found, media, job.spec, values.length / SLOT_RATE, zone)
        const scores = weighMarkers(values, marksOf(report.markers, values.length))
        return { scores: { rate: 2, values: scores }, report }
      },
    },
    marks({ scores, report }) {
      const slots = scores.values.length
      const marks = marksOf(report.markers, slots)
      return { marks, curve: markerCurve(marks, slots) }
    },
  }
}

/** Reads everything that may mark the recording. Null where nothing does. Throws where a file that was named cannot be used. */
async function find(
  media: MediaInfo,
  { markers, path }: JobSpec,
  zone: RecordingStart['zone'],
  signal: AbortSignal,
): Promise<Found | null> {
  const spec = markers ?? automatic
  const fps = media.video?.fps ?? { num: 30, den: 1 }
  const start = recordingStart(media, path, zone)
  const files: ReadFile[] = []
  const warnings: string[] = []
  for (const file of spec.files) {
    const list = await readMarkers(file, { fps, signal })
    assertMarkersPlaceable(list.clock, start, spec.offsetSeconds)
    files.push({ path: file, list, sure: true, byHand: true })
  }
  const sidecars = spec.automatic ? await findSidecars(path) : []
  for (const { path: file, sure } of sidecars.filter((sidecar) => !spec.files.includes(sidecar.path))) {
    try {
      const list = await readMarkers(file, { fps, signal })
      // A text of the same name may be anything.
      if (!sure && list.format !== 'infowriter' && list.format !== 'stream-markers' && list.format !== 'steam') continue
      assertMarkersPlaceable(list.clock, start, null)
      files.push({ path: file, list, sure, byHand: false })
    } catch (thrown) {
      signal.throwIfAborted()
      if (sure) warnings.push(`The markers beside the recording were not used. ${toClutchcutError(thrown).message}`)
    }
  }
  const chapters = spec.automatic ? media.chapters.length : 0
  return files.length + warnings.length + chapters === 0 ? null : { files, warnings }
}

function place(
  found: Found | null,
  media: MediaInfo,
  { markers: given, path }: JobSpec,
  duration: number,
  zone: RecordingStart['zone'],
): MarkersReport {
  const warnings = [...(found?.warnings ?? [])]
  const reports: MarkersReport['files'] = []
  const markers: Marker[] = []
  if (usesChapters(given) && media.chapters.length > 0) {
    const chapters = media.chapters.map(({ start, title }) => ({ start: secondsFromTicks(start), title }))
    const placed = chapterMarkers(chapters, duration)
    markers.push(...placed)
    reports.push({ path: null, format: 'chapters', markers: placed.length, skipped: 0, placedBy: 'own' })
  }
  const name = basename(path).replace(/\.[^.]{1,5}$/, '')
  for (const { path: file, list, sure, byHand } of found?.files ?? []) {
    const offset = byHand ? (given?.offsetSeconds ?? null) : null
    const start = recordingStart(media, path, zone)
    const placed = placeMarkers({ file: onSteamClock(list, file, path), start, offset, name, duration, sure })
    if (!sure && placed.markers.length === 0) continue
    markers.push(...placed.markers)
    const { format, skipped } = list
    reports.push({ path: file, format, markers: placed.markers.length, skipped, placedBy: placed.by })
    warnings.push(...warningsOf(basename(file), list, placed, byHand))
  }
  return { files: reports, markers: markers.toSorted((a, b) => a.start - b.start || a.end - b.end), warnings }
}

function usesChapters(spec: MarkersSpec | null | undefined): boolean {
  return (spec ?? automatic).automatic
}

function warningsOf(
  name: string,
  { format, skipped, firstSkipped, cut, clock }: MarkerList,
  { markers, ambiguous, by }: ReturnType<typeof placeMarkers>,
  byHand: boolean,
): string[] {
  const lines = skipped === 1 ? 'line' : 'lines'
  const first = firstSkipped === null ? '' : ` The first is line ${firstSkipped.line}: "${firstSkipped.text}".`
  const fromStart =
    by === 'own' && (format === 'stream-markers' || (clock.kind === 'offset' && clock.startedAt !== null))
  return [
    ...(skipped > 0 ? [`${skipped} ${lines} of the markers ${name} could not be read.${first}`] : []),
    ...(cut ? [`${name} has more markers than are ever read: the rest was left out.`] : []),
    ...(ambiguous
      ? [
          `${name} holds the markers of several recordings, and none of them can be told to be this one. Leave only its own in the file.`,
        ]
      : markers.length === 0
        ? [
            `No marker of ${name} falls into the recording, so it changes nothing.${byHand ? ' Move it with --markers-offset.' : ''}`,
          ]
        : fromStart
          ? [
              `The markers of ${name} are taken to count from the start of the recording. If they do not, say so with --markers-offset.`,
            ]
          : []),
  ]
}

/** Steam names its sessions by the time of day in UTC. */
function recordingStart(
  media: Pick<MediaInfo, 'recordedAt'>,
  path: string,
  zone: RecordingStart['zone'],
): RecordingStart {
  const session = steamSession(basename(dirname(path)))
  return session === null ? startOf(media, path, zone) : { absolute: session.startedAt, wall: null, zone }
}

/** A session and its timeline are named by one clock, whichever it is: that says better how far they are apart. */
function onSteamClock(list: MarkerList, file: string, recording: string): MarkerList {
  const [session, timeline] = [steamSession(basename(dirname(recording))), steamTimeline(basename(file))]
  if (list.format !== 'steam' || session === null || timeline === null) return list
  return { ...list, clock: { kind: 'offset', startedAt: timeline.startedAt } }
}
