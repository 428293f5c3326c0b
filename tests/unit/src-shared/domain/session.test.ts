import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupIntoSessions, type SessionMember } from '../../../../src-shared/domain/session.ts'

let nextId = 1
const recording = (
  path: string,
  durationSeconds: number | null = 3600,
  recordedAt: string | null = null,
): SessionMember => ({
  id: nextId++,
  path,
  durationSeconds,
  recordedAt: recordedAt === null ? null : Date.parse(recordedAt),
})
const paths = (members: readonly SessionMember[]) =>
  groupIntoSessions(members).map((group) => group.map(({ path }) => path))

describe('files of one stream', () => {
  test('OBS that splits by time: each begins where the one before ends', () => {
    const files = ['/v/2026-11-22 20-15-30.mkv', '/v/2026-11-22 21-15-30.mkv', '/v/2026-11-22 22-15-31.mkv']
    expect(paths(files.map((path) => recording(path)))).toEqual([files])
  })

  test('over midnight', () => {
    const files = ['/v/2026-12-31 23-30-00.mkv', '/v/2027-01-01 00-30-00.mkv']
    expect(paths(files.map((path) => recording(path)))).toEqual([files])
  })

  test('numbered parts, in the order of their numbers', () => {
    const files = ['2026-11-22 20-15-30', ...[1, 2, 9, 10].map((n) => `2026-11-22 20-15-30 (${n})`)].map(
      (f) => `/v/${f}.mkv`,
    )
    expect(paths([files[4]!, files[0]!, files[3]!, files[2]!, files[1]!].map((path) => recording(path, null)))).toEqual(
      [files.slice(0, 3), files.slice(3)],
    )
  })

  test('GoPro chapters', () => {
    const files = ['/g/GH010034.MP4', '/g/GH020034.MP4', '/g/GH030034.MP4']
    expect(paths(files.map((path) => recording(path, 700)))).toEqual([files])
    const old = ['/g/GOPR0034.MP4', '/g/GP010034.MP4']
    expect(paths(old.map((path) => recording(path, 700)))).toEqual([old])
  })

  test('Steam sessions and ShadowPlay recordings that go on', () => {
    const steam = ['/s/bg_730_20261122_201530/session.mpd', '/s/bg_730_20261122_211530/session.mpd']
    expect(paths(steam.map((path) => recording(path)))).toEqual([steam])
    const shadow = ['/n/Game 2026.11.22 - 20.15.30.03.mp4', '/n/Game 2026.11.22 - 21.15.31.09.mp4']
    expect(paths(shadow.map((path) => recording(path)))).toEqual([shadow])
  })

  test("by the containers' dates where names say nothing", () => {
    const members = [
      recording('/v/match 7.mkv', 600, '2026-11-22T20:00:00Z'),
      recording('/v/match 2.mkv', 600, '2026-11-22T20:10:01Z'),
    ]
    expect(groupIntoSessions(members)).toEqual([members])
  })

  test('across the hour that comes twice in autumn', () => {
    const members = [
      recording('/v/2026-10-25 02-30-00.mkv', 1800, '2026-10-25T00:30:00Z'),
      recording('/v/2026-10-25 02-00-00.mkv', 1800, '2026-10-25T01:00:00Z'),
    ]
    expect(groupIntoSessions(members)).toEqual([members])
  })
})

describe('files of different streams', () => {
  test.each([
    ['a gap of two minutes', '/v/2026-11-22 20-15-30.mkv', '/v/2026-11-22 21-17-31.mkv'],
    ['one inside the other', '/v/2026-11-22 20-15-30.mkv', '/v/2026-11-22 20-45-30.mkv'],
    ['another folder', '/v/2026-11-22 20-15-30.mkv', '/w/2026-11-22 21-15-30.mkv'],
    ['the replay buffer', '/v/2026-11-22 20-15-30.mkv', '/v/Replay 2026-11-22 21-15-30.mkv'],
    ['another game', '/v/A 2026-11-22 20-15-30.mkv', '/v/B 2026-11-22 21-15-30.mkv'],
    ['its remuxed copy', '/v/2026-11-22 20-15-30.mkv', '/v/2026-11-22 20-15-30.mp4'],
    ['other GoPro recordings', '/g/GH010034.MP4', '/g/GH020035.MP4'],
    ['a part that is missing', '/g/GH010034.MP4', '/g/GH030034.MP4'],
    ['numbers that are no parts', '/v/match-1.mkv', '/v/match-2.mkv'],
    ['days', '/v/2026-11-21.mkv', '/v/2026-11-22.mkv'],
    ['a second download', '/v/video.mp4', '/v/video (1).mp4'],
    ['no date at all', '/v/a.mkv', '/v/b.mkv'],
  ])('%s', (_, a, b) => {
    expect(groupIntoSessions([recording(a), recording(b)])).toHaveLength(2)
  })

  test('a length that is not known ends a stream', () => {
    expect(
      groupIntoSessions([recording('/v/2026-11-22 20-15-30.mkv', null), recording('/v/2026-11-22 21-15-30.mkv')]),
    ).toHaveLength(2)
  })

  test('a camera that counted over: the same number a month later', () => {
    const members = [
      recording('/g/GH010034.MP4', 700, '2026-10-01T10:00:00Z'),
      recording('/g/GH020034.MP4', 700, '2026-11-22T10:00:00Z'),
    ]
    expect(groupIntoSessions(members)).toHaveLength(2)
  })
})

const stamp = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-')
const anyMember = fc.record({
  name: fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.integer({ min: 0, max: 400 }).map((minutes) => `${stamp(Date.UTC(2026, 10, 22) + minutes * 60_000)}.mkv`),
    fc.integer({ min: 1, max: 4 }).map((n) => `GH0${n}0034.MP4`),
  ),
  durationSeconds: fc.option(fc.integer({ min: 0, max: 7200 })),
  recordedAt: fc.option(fc.integer({ min: 0, max: 2e12 })),
})
const anyMembers = fc
  .array(anyMember, { maxLength: 30 })
  .map((list) => list.map(({ name, ...rest }, id) => ({ id, path: `/v/${name}`, ...rest })))

test('every recording is in exactly one session, whatever the order they come in', () => {
  fc.assert(
    fc.property(anyMembers, fc.integer({ min: 0, max: 2 ** 31 }), (members, seed) => {
      const groups = groupIntoSessions(members)
      expect(
        groups
          .flat()
          .map(({ id }) => id)
          .toSorted((a, b) => a - b),
      ).toEqual(members.map(({ id }) => id))
      expect(groups.every((group) => group.length > 0)).toBe(true)
      const shuffled = members.toSorted((a, b) => ((a.id * 7919 + seed) % 101) - ((b.id * 7919 + seed) % 101))
      const key = (list: readonly (readonly SessionMember[])[]) =>
        list.map((group) => group.map(({ id }) => id).join()).toSorted()
      expect(key(groupIntoSessions(shuffled))).toEqual(key(groups))
    }),
  )
})

test('a stream cut anywhere into files is one session again', () => {
  const cuts = fc.array(fc.integer({ min: 60, max: 7200 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(cuts, fc.integer({ min: 0, max: 86_400 }), fc.integer({ min: 0, max: 5 }), (lengths, start, gap) => {
      let time = Date.UTC(2026, 10, 22) + start * 1000
      const members = lengths.map((length, id) => {
        const member = { id, path: `/v/${stamp(time)}.mkv`, durationSeconds: length, recordedAt: null }
        time += (length + gap) * 1000
        return member
      })
      expect(groupIntoSessions(members)).toEqual([members])
    }),
  )
})
