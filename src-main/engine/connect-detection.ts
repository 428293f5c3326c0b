import { sensitivityOf } from '../../src-shared/domain/sensitivity.ts'
import { slotOf, slotsOf } from '../../src-shared/domain/signal.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { ApiDeps } from '../api/deps.ts'
import { marksOf } from '../stages/markers/mark-moments.ts'
import { decoderSettings } from '../stages/select/decoder-settings.ts'
import { isOwn } from '../stages/select/explain-marks.ts'
import { chooseSegments, defaultBudget } from '../stages/select/choose-segments.ts'
import { notAnalysed, recordingOf } from './open-recording.ts'

/** What another sensitivity would take, of the moments that were found: nothing is measured, and nothing changes. */
export function connectDetection(library: Library): ApiDeps['detection'] {
  return {
    preview({ recordingId, sensitivity, clipsPerHour }) {
      const { durationSeconds } = recordingOf(library, recordingId)
      const found = library.segments.list(recordingId)
      const analysis = library.analyses.get(recordingId)
      if (analysis === undefined || durationSeconds === null) throw notAnalysed(recordingId)
      const perHour = clipsPerHour ?? library.settings.get().clipsPerHour
      const settings = { ...decoderSettings, ...sensitivityOf(sensitivity, { ...decoderSettings, perHour }) }
      const duration = ticksFromSeconds(durationSeconds)
      const marks = marksOf(analysis.markers, slotsOf(duration))
      const most = defaultBudget(duration, settings)
      const chosen = chooseSegments(
        found.map(({ peak, score, baseScore = 0 }) => {
          const slot = slotOf(peak)
          const isTheirs = isOwn({ peak: slot, from: slot, to: slot, score }, marks)
          return { score: isTheirs ? Math.max(score, baseScore) : score, isTheirs }
        }),
        { top: null, budget: most, threshold: settings.threshold },
      )
      return {
        threshold: settings.threshold,
        most,
        segments: found.map(({ start, end, peak, score }, i) => ({
          start,
          end,
          peak,
          score,
          selected: chosen[i] ?? false,
        })),
      }
    },
  }
}
