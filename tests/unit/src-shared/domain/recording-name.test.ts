import { describe, expect, test } from 'vitest'
import { parseRecordingName } from '../../../../src-shared/domain/recording-name.ts'

const at = (text: string): number => Date.parse(`${text}Z`)

describe('recorders', () => {
  test.each([
    ['/v/2026-11-22 20-15-30.mkv', '2026-11-22T20:15:30', null],
    ['/v/2026-11-22_20-15-30.mp4', '2026-11-22T20:15:30', null],
    ['/v/2026-11-22 20-15-30 (1).mkv', '2026-11-22T20:15:30', 1],
    ['/v/2026-11-22 20-15-30_part2.mkv', '2026-11-22T20:15:30', 2],
    ['/v/2026-11-22 20-15-30_002.mkv', '2026-11-22T20:15:30', 2],
    ['C:\\Videos\\Valorant\\Valorant 2026.11.22 - 20.15.30.03.DVR.mp4', '2026-11-22T20:15:30', null],
    ['C:\\Videos\\Valorant 2026.11.22 - 20.15.30.03.mp4', '2026-11-22T20:15:30', null],
    ['/steam/gamerecordings/video/bg_730_20261122_201530/session.mpd', '2026-11-22T20:15:30', null],
    ['C:\\Medal\\Clips\\Valorant\\MedalTVValorant20261122201530.mp4', '2026-11-22T20:15:30', null],
    ['C:\\Captures\\Valorant 2026-11-22 20-15-30.mp4', '2026-11-22T20:15:30', null],
    ['C:\\Captures\\Valorant 11_22_2026 8_15_30 PM.mp4', '2026-11-22T20:15:30', null],
    ['C:\\Captures\\Valorant 11_22_2026 12_05_30 AM.mp4', '2026-11-22T00:05:30', null],
    ['/v/Apex Legends_2026.11.22-20.15.mp4', '2026-11-22T20:15:00', null],
    ['/v/Apex Legends_2026.11.22-20.15_2.mp4', '2026-11-22T20:15:00', 2],
    ['/v/ASTRO BOT_20261122201530.mp4', '2026-11-22T20:15:30', null],
    ['/gopro/GH020034.MP4', null, 2],
    ['/gopro/GOPR0034.MP4', null, 0],
    ['/gopro/GP010034.MP4', null, 1],
    ['/v/my best match.mp4', null, null],
    ['/v/my best match part 3.mp4', null, 3],
    ['/v/match-2.mp4', null, null],
    ['/v/2026-13-45 20-15-30.mkv', null, null],
    ['/v/2026-11-22.mkv', null, null],
  ])('%s', (path, time, part) => {
    const name = parseRecordingName(path)
    expect(name.wallClock).toBe(time === null ? null : at(time))
    expect(name.part).toBe(part)
  })
})

test('files of one recorder and game are one family, whatever their dates and parts', () => {
  const family = (path: string) => parseRecordingName(path).family
  expect(family('/v/2026-11-22 20-15-30.mkv')).toBe(family('/v/2026-11-23 01-00-00 (1).mkv'))
  expect(family('/v/Valorant 2026.11.22 - 20.15.30.03.DVR.mp4')).toBe(
    family('/v/Valorant 2026.11.23 - 20.15.30.114.DVR.mp4'),
  )
  expect(family('/s/video/bg_730_20261122_201530/session.mpd')).toBe(
    family('/s/video/bg_730_20261123_201530/session.mpd'),
  )
  expect(family('/v/GOPR0034.MP4')).toBe(family('/v/GP010034.MP4'))
})

test('another folder, game, ending or kind is another family', () => {
  const families = [
    '/v/2026-11-22 20-15-30.mkv',
    '/w/2026-11-22 20-15-30.mkv',
    '/v/2026-11-22 20-15-30.mp4',
    '/v/Replay 2026-11-22 20-15-30.mkv',
    '/v/Valorant 2026.11.22 - 20.15.30.03.mp4',
    '/v/Valorant 2026.11.22 - 20.15.30.03.DVR.mp4',
    '/s/video/bg_730_20261122_201530/session.mpd',
    '/s/video/bg_440_20261122_201530/session.mpd',
  ].map((path) => parseRecordingName(path).family)
  expect(new Set(families).size).toBe(families.length)
})
