import { secondsFromTicks } from '../../src-shared/domain/time.ts'
import type { Library } from '../adapters/library/open-library.ts'
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
    selected({ fingerprint }, { analysis, scored, segments }) {
      library.recordings.setDuration(fingerprint, secondsFromTicks(analysis.duration))
      library.segments.replace(fingerprint, scored.model, segments, Date.now())
      library.learning.refile(fingerprint, scored.model, segments)
      library.recordings.setState(fingerprint, 'analysed')
      library.sessions.regroup(Date.now())
      const recording = library.recordings.byFingerprint(fingerprint)
      if (recording !== undefined) changed(recording.id)
    },
    keepClips: ({ fingerprint }, clips) => library.clips.saveFound(fingerprint, clips, Date.now()),
  }
}
