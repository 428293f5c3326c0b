import { expect, it } from 'vitest'
import { beginInput } from '../../../../../src-main/adapters/ffmpeg/begin-input.ts'
import type { MediaInfo } from '../../../../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'

const S = TICKS_PER_SECOND
const source = { path: '/r/a.file', format: 'mov' } as Parameters<typeof beginInput>[0]

function media(container: MediaInfo['container'], video: { fps?: number; variable?: boolean } = {}): MediaInfo {
  const { fps = 30, variable = false } = video
  return { container, origin: 0, video: { fps: { num: fps, den: 1 }, variableFrameRate: variable } } as MediaInfo
}

function seekOf(args: readonly string[]): string | null {
  return args.includes('-ss') ? args[args.indexOf('-ss') + 1]! : null
}

it.each([
  ['mp4 begins where it is asked to', 'mp4', {}, 20, '20.000000'],
  ['FLV some pictures before', 'flv', { fps: 5 }, 20, '19.000000'],
  ['FLV at sixty pictures a second hardly before', 'flv', { fps: 60 }, 20, '19.916666'],
  ['FLV with uneven pictures far before', 'flv', { variable: true }, 20, '8.000000'],
  ['TS far before', 'ts', {}, 20, '8.000000'],
  ['FLV near its beginning is read from there', 'flv', { fps: 5 }, 1.4, null],
  ['TS near its beginning is read from there', 'ts', {}, 11, null],
  ['AVI near its beginning is read from there', 'avi', {}, 0.4, null],
  ['AVI elsewhere where it is asked to', 'avi', {}, 2, '2.000000'],
] as const)('%s', (_, container, video, time, expected) => {
  const kind = container === 'ts' ? 'mpegts' : container
  const { args, clock } = beginInput(source, media(kind, video), time * S)
  expect(seekOf(args)).toBe(expected)
  // The clock is zero where it was sought to; what is read from its beginning keeps the file's.
  expect(clock / S).toBeCloseTo(expected === null ? 0 : Number(expected), 5)
})

it.each([
  ['mp4', 'mp4', 60, 20, '8.000000'],
  ['mp4, at few pictures a second', 'mp4', 5, 100, '40.000000'],
  ['mp4, near its beginning', 'mp4', 60, 3, '0.000000'],
  ['FLV, near its beginning', 'flv', 60, 3, null],
  ['TS, near its beginning', 'mpegts', 60, 3, null],
] as const)('read carefully, from far back and by one thread: %s', (_, container, fps, time, expected) => {
  const { args, clock } = beginInput(source, media(container, { fps }), time * S, true)
  expect(args.slice(0, 2)).toEqual(['-threads', '1'])
  expect(seekOf(args)).toBe(expected)
  expect(clock / S).toBeCloseTo(expected === null ? 0 : Number(expected), 5)
})
