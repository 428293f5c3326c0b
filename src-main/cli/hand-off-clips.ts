import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Clip } from '../../src-shared/contract/clip.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import type { HandOffClip, HandOffSource } from '../stages/hand-off/hand-off.ts'
import { findRecording } from './library.ts'
import type { Engine } from './with-engine.ts'

interface Found {
  clip: HandOffClip
  recording: RecordingSummary
}

/** Clips by number, or all clips of recordings named by file. Numbers are clips, as everywhere in `export`. */
export function findClips(engine: Engine, wanted: readonly string[]): Found[] {
  const known = new Map<string, Pick<HandOffClip, 'source' | 'captions'>>()
  return wanted
    .flatMap((one) => (/^\d+$/.test(one) ? [clipByNumber(engine, Number(one))] : clipsOfFile(engine, one)))
    .map(({ clip, recording }) => {
      const shared = known.get(recording.fingerprint) ?? {
        source: sourceOf(recording),
        captions: engine.library.transcripts.list(recording.id),
      }
      known.set(recording.fingerprint, shared)
      return { recording, clip: { ...clip, ...shared } }
    })
}

function clipByNumber({ library }: Engine, id: number): { clip: Clip; recording: RecordingSummary } {
  const clip = library.clips.get(id)
  const recording = clip && library.recordings.byFingerprint(clip.recording)
  if (clip === undefined || recording === undefined) {
    throw new ClutchcutError('library/not-found', `There is no clip ${id} in the library.`, { data: { id } })
  }
  return { clip, recording }
}

function clipsOfFile(engine: Engine, file: string): { clip: Clip; recording: RecordingSummary }[] {
  const recording = findRecording(engine, file)
  const clips: Clip[] = []
  for (let total = 1; clips.length < total;) {
    const page = engine.api.clips.list({ recordingId: recording.id, order: 'time', limit: 500, offset: clips.length })
    if (page.items.length === 0) break
    clips.push(...page.items)
    total = page.total
  }
  return clips.filter((clip) => clip.state !== 'rejected').map((clip) => ({ clip, recording }))
}

function sourceOf({ path, media }: RecordingSummary): HandOffSource {
  if (media === null) {
    throw new ClutchcutError(
      'library/not-found',
      `The frame rate of “${path}” is not known yet. "clutchcut analyze" with this file finds it out.`,
      { data: { path } },
    )
  }
  return { path, duration: media.duration, timecode: null, video: media.video, audio: media.audio }
}
