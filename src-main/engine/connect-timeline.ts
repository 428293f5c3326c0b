import { spokenLines } from '../../src-shared/domain/captions-lines.ts'
import { chatCurves } from '../../src-shared/domain/chat.ts'
import { robustZ } from '../../src-shared/domain/robust-z.ts'
import { sensitivityOf } from '../../src-shared/domain/sensitivity.ts'
import type { SignalCurve } from '../../src-shared/domain/signal.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import type { EngineNews } from '../../src-shared/contract/events.ts'
import { readCaptions } from '../adapters/captions/read-captions.ts'
import type { KeptAnalysis } from '../adapters/library/analyses.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { ApiDeps } from '../api/deps.ts'
import { markerCurve, marksOf } from '../stages/markers/mark-moments.ts'
import { decoderSettings } from '../stages/select/decoder-settings.ts'
import { makeCurves } from '../stages/timeline/make-curves.ts'
import { recordingOf, withFeatures } from './open-recording.ts'

/** What a recording's page shows beside its picture. */
export function connectTimeline(library: Library, emit: (news: EngineNews) => void): ApiDeps['timeline'] {
  return {
    async curves({ id, ...request }) {
      const recording = recordingOf(library, id)
      const analysis = library.analyses.get(id)
      const { sensitivity, clipsPerHour } = library.settings.get()
      const { threshold } = sensitivityOf(sensitivity, { ...decoderSettings, perHour: clipsPerHour })
      return withFeatures(library, recording, ({ signals }) =>
        makeCurves(
          {
            scores: analysis?.scores ?? [],
            threshold,
            curves: [...signals.curves, ...addedCurves(analysis, signals.length)],
            tracks: recording.media?.audio ?? [],
          },
          request,
        ),
      )
    },

    markers({ id }) {
      recordingOf(library, id)
      const markers = library.analyses.get(id)?.markers ?? []
      return {
        markers: markers.map(({ start, end, ...rest }) => ({
          ...rest,
          start: ticksFromSeconds(start),
          end: ticksFromSeconds(end),
        })),
      }
    },

    transcript({ id, from = 0, to = Number.POSITIVE_INFINITY }) {
      recordingOf(library, id)
      return { lines: library.transcripts.list(id).filter(({ start, end }) => end >= from && start < to) }
    },

    async importCaptions({ id, path }, signal) {
      const { fingerprint } = recordingOf(library, id)
      const { words, skipped, firstSkipped, language } = await readCaptions(path, { ...(signal && { signal }) })
      const lines = spokenLines(words)
      library.transcripts.replace(fingerprint, lines)
      emit({ kind: 'recording-changed', recordingId: id })
      return { lines: lines.length, skipped, firstSkipped, language }
    },

    forgetCaptions({ id }) {
      const { fingerprint } = recordingOf(library, id)
      const { length } = library.transcripts.list(id)
      library.transcripts.replace(fingerprint, [])
      emit({ kind: 'recording-changed', recordingId: id })
      return { count: length }
    },
  }
}

/** What chat and markers add to the signals of the recording itself. */
function addedCurves(analysis: KeptAnalysis | undefined, slots: number): SignalCurve[] {
  if (analysis === undefined) return []
  const marks = marksOf(analysis.markers, slots)
  return [
    ...(analysis.chatRate === null ? [] : [chatCurve(analysis.chatRate)]),
    ...(marks.length === 0 ? [] : [markerCurve(marks, slots)]),
  ]
}

function chatCurve(rate: Float32Array): SignalCurve {
  const [spec] = chatCurves
  const valid = Uint8Array.from(rate, (value) => (Number.isNaN(value) ? 0 : 1))
  const values = rate.map((value, i) => (valid[i] === 1 ? value : 0))
  const compared = values.map((value) => Math.log1p(value))
  return {
    id: 'chat.rate',
    track: null,
    unit: '1/min',
    values,
    valid,
    z: robustZ(compared, valid, { epsilon: spec?.epsilon ?? 1 }),
  }
}
