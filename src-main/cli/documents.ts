import type { AnalysisDocument, ProcessDocument } from '../../src-shared/contract/documents.ts'
import { secondsFromTicks, type Ticks } from '../../src-shared/domain/time.ts'
import type { AnalysisLike, PipelineResult } from '../jobs/run-pipeline.ts'

type Result = PipelineResult<AnalysisLike>

/** What `analyze --json` prints; see `contract/documents.ts`. */
export function analysisDocument(result: Result): AnalysisDocument {
  return { version: 1, ...analysisFields(result) }
}

/** One entry of what `process --json` prints. */
export function processedRecording(result: Result): ProcessDocument['recordings'][number] {
  return {
    ...analysisFields(result),
    clips: result.clips.map(({ segment, renders }) => ({
      segment,
      renders: renders.map(({ path, kind, start, end, cut, verified, note }) => ({
        path,
        kind,
        start: seconds(start),
        end: seconds(end),
        cut,
        verified,
        ...(note !== undefined && { note }),
      })),
    })),
  }
}

function analysisFields({
  recording,
  media,
  analysis,
  scored,
  chat,
  markers,
  segments,
  timing,
}: Result): Omit<AnalysisDocument, 'version'> {
  const { video } = media
  const duration = seconds(analysis.duration)
  return {
    recording: {
      path: recording.path,
      fingerprint: recording.fingerprint,
      duration,
      width: video?.width ?? null,
      height: video?.height ?? null,
      fps: video === null ? null : round(video.fps.num / video.fps.den, 3),
      audioTracks: media.audio.map(({ index, title, role }) => ({ index, title, role })),
    },
    scores: { rate: 2, values: scored.scores.values.map((value) => round(value, 4)) },
    segments: segments.map((segment) => ({
      start: seconds(segment.start),
      end: seconds(segment.end),
      peak: seconds(segment.peak),
      score: segment.score,
      ...(segment.baseScore !== undefined && { baseScore: segment.baseScore }),
      selected: segment.selected,
      reasons: segment.reasons,
    })),
    model: scored.model,
    device: scored.device,
    warnings: [...media.warnings, ...analysis.warnings, ...(chat?.warnings ?? []), ...(markers?.warnings ?? [])],
    ...(chat !== null && { chat }),
    ...(markers !== null && { markers }),
    timing: {
      wallSeconds: round(timing.wallSeconds, 3),
      realtimeFactor: timing.wallSeconds > 0 ? round(duration / timing.wallSeconds, 1) : null,
      stages: Object.fromEntries(Object.entries(timing.stages).map(([name, wall]) => [name, round(wall, 3)])),
    },
  }
}

function seconds(ticks: Ticks): number {
  return round(secondsFromTicks(ticks), 6)
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
