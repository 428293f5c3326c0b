import { secondsFromTicks } from '../../src-shared/domain/time.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { chatRateOf } from './connect-chat.ts'
import type { AnalysisLike, PipelineLibrary } from '../jobs/run-pipeline.ts'

/** Lets the results of the pipeline become rows of the library. */
export function connectPipelineLibrary<Analysis extends AnalysisLike>(
  library: Library,
  changed: (recordingId: number) => void,
): PipelineLibrary<Analysis> {
  return {
    imported(recording) {
      changed(library.recordings.save(recording, Date.now()).id)
    },
    probed({ fingerprint }, media) {
      library.recordings.saveMedia(fingerprint, media)
    },
    selected({ fingerprint }, { analysis, scored, chat, markers, segments }) {
      library.recordings.setDuration(fingerprint, secondsFromTicks(analysis.duration))
      library.segments.replace(fingerprint, scored.model, segments, Date.now())
      library.analyses.save(fingerprint, {
        scores: Float32Array.from(scored.scores.values),
        chatRate: chat === null ? null : chatRateOf(chat),
        markers: markers?.report.markers ?? [],
        madeAt: Date.now(),
      })
      library.learning.refile(fingerprint, scored.model, segments)
      library.recordings.setState(fingerprint, 'analysed')
      library.sessions.regroup(Date.now())
      const recording = library.recordings.byFingerprint(fingerprint)
      if (recording !== undefined) changed(recording.id)
    },
    clips: ({ fingerprint }, ids) =>
      ids.flatMap((id) => {
        const clip = library.clips.get(id)
        return clip?.recording === fingerprint ? [clip] : []
      }),
    keepClips: ({ fingerprint }, clips) => library.clips.saveFound(fingerprint, clips, Date.now()),
  }
}
