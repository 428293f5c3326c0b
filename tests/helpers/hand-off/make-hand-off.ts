import type { HandOff, HandOffClip, HandOffSource } from '../../../src-main/stages/hand-off/hand-off.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'

/** The rates that recorders write. */
export const rates: readonly Rational[] = [
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
]

export function makeSource(change: Partial<HandOffSource> = {}): HandOffSource {
  return {
    path: '/videos/match.mp4',
    video: { fps: { num: 60, den: 1 }, variableFrameRate: false, width: 1920, height: 1080 },
    duration: ticksFromSeconds(3600),
    timecode: null,
    audio: [{ title: 'Game', role: 'game', channels: 2, sampleRate: 48_000 }],
    ...change,
  }
}

export function makeClip(change: Partial<HandOffClip> = {}): HandOffClip {
  return {
    source: makeSource(),
    title: 'Triple',
    start: ticksFromSeconds(10),
    end: ticksFromSeconds(25.5),
    peak: ticksFromSeconds(20),
    score: 0.913,
    reasons: [{ signal: 'audio.onset', weight: 0.6, text: 'Sudden loud burst' }],
    tags: [],
    ...change,
  }
}

export function makeHandOff(change: Partial<HandOff> = {}): HandOff {
  return { title: 'match', platform: 'linux', clips: [makeClip()], ...change }
}
