import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import type { AppInfo } from '../../../src-shared/contract/app.ts'
import { jobSpecSchema, type Job } from '../../../src-shared/contract/job.ts'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'

const at = '2026-01-02T03:04:05Z'

/** A recording of 1280×720 at 30 frames a second, an hour long. */
export const exampleRecording: RecordingSummary = {
  id: 1,
  fingerprint: 'a'.repeat(64),
  sessionId: null,
  path: '/videos/stream.mp4',
  size: 1,
  mtimeMs: 1,
  title: 'Friday night',
  game: 'OpenArena',
  state: 'analysed',
  recordedAt: at,
  addedAt: at,
  durationSeconds: 3600,
  clipCount: 1,
  candidateCount: 0,
  media: {
    container: 'mp4',
    duration: ticksFromSeconds(3600),
    origin: 0,
    bitRate: null,
    video: {
      streamIndex: 0,
      codec: 'h264',
      profile: null,
      level: null,
      pixelFormat: 'yuv420p',
      bitDepth: 8,
      codedWidth: 1280,
      codedHeight: 720,
      width: 1280,
      height: 720,
      rotation: 0,
      sampleAspectRatio: { num: 1, den: 1 },
      fps: { num: 30, den: 1 },
      variableFrameRate: false,
      timebase: { num: 1, den: 90_000 },
      bFrames: false,
      hdr: 'none',
      colour: { range: null, space: null, transfer: null, primaries: null },
    },
    audio: [],
    chapters: [],
    recordedAt: null,
    truncated: false,
    warnings: [],
  },
  tags: [],
}

/** One that was kept, so many seconds long. */
export const exampleClip = (id: number, seconds: number): StoredClip => ({
  id,
  recordingId: 1,
  recording: exampleRecording.fingerprint,
  start: ticksFromSeconds(10),
  end: ticksFromSeconds(10 + seconds),
  peak: ticksFromSeconds(11),
  score: 0.8,
  reasons: [],
  title: `Clip ${id}`,
  state: 'kept',
  favourite: false,
  tags: [],
  renders: [],
})

export const exampleJob = (id: number, change: Partial<Job> = {}): Job => ({
  id,
  spec: jobSpecSchema.parse({ kind: 'analyze', path: `/videos/${id}.mkv` }),
  state: 'queued',
  priority: 0,
  attempt: 1,
  interruptions: 0,
  recording: null,
  progress: null,
  failures: [],
  createdAt: at,
  updatedAt: at,
  about: null,
  produced: null,
  ...change,
})

/** A browser's host, on a machine with a recycle bin. */
export const exampleApp: AppInfo = {
  name: 'Clutchcut',
  version: '1.2.3',
  platform: 'linux',
  arch: 'x64',
  host: 'browser',
  capabilities: {
    revealInFolder: false,
    copyFile: false,
    trash: true,
    openExternal: false,
    nativeDialogs: false,
    tray: false,
  },
  dataFolder: '/data',
  ffmpeg: { found: true, version: '7.1', path: '/usr/bin/ffmpeg', problem: null },
  run: 'test',
}
