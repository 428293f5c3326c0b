import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'

/** An hour of a match, analysed. */
export function makeRecording(id: number, change: Partial<RecordingSummary> = {}): RecordingSummary {
  return {
    id,
    fingerprint: String(id).padStart(64, '0'),
    sessionId: null,
    path: `/videos/${id}.mkv`,
    size: 1,
    mtimeMs: 1,
    title: `Stream ${id}`,
    game: 'OpenArena',
    state: 'analysed',
    recordedAt: '2026-01-02T03:04:05Z',
    addedAt: '2026-01-02T03:04:05Z',
    durationSeconds: 3725,
    clipCount: 1,
    candidateCount: 2,
    media: null,
    tags: [],
    ...change,
  }
}
