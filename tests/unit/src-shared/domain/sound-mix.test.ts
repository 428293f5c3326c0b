import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AudioTrack, TrackRole } from '../../../../src-shared/contract/media-info.ts'
import { mixPlanSchema, soundEditsSchema, type SoundEdits } from '../../../../src-shared/contract/sound.ts'
import { chooseMix } from '../../../../src-shared/domain/sound-mix.ts'
import { planMix, wantsMix } from '../../../../src-shared/domain/sound-plan.ts'
import type { TrackFacts } from '../../../../src-shared/domain/sound-tracks.ts'
import { ticksFromSeconds as s } from '../../../../src-shared/domain/time.ts'
import { makeTrack } from '../../../helpers/make-media-info.ts'

const tracks = (...roles: TrackRole[]): AudioTrack[] =>
  roles.map((role, index) => makeTrack({ index, streamIndex: index + 1, role, title: role === 'unknown' ? '' : role }))
const edits = (change: Partial<SoundEdits> = {}): SoundEdits => ({ ...soundEditsSchema.parse({}), ...change })
const facts = (change: Partial<TrackFacts> = {}): TrackFacts => ({ silent: [], copies: [], mixes: [], ...change })
const mixOf = (track: number, parts: number[], explained = 0.98): TrackFacts['mixes'][number] => ({
  track,
  parts: parts.map((part) => ({ track: part, gainDb: 0, delayMs: 0 })),
  explained,
})
const heard = (choice: ReturnType<typeof chooseMix>): number[] => choice.sources.map(({ track }) => track)
const muted = (track: number) => ({ track, gainDb: 0, muted: true })

describe('which tracks are heard', () => {
  it('all of them, where each is its own', () => {
    expect(heard(chooseMix(tracks('game', 'mic'), edits(), facts()))).toEqual([0, 1])
    expect(heard(chooseMix(tracks('game', 'mic'), edits(), null))).toEqual([0, 1])
    expect(heard(chooseMix(tracks('mix'), edits(), null))).toEqual([0])
    expect(heard(chooseMix([], edits(), null))).toEqual([])
  })

  it('the mix alone, where one track is that', () => {
    const obs = tracks('unknown', 'game', 'mic')
    expect(heard(chooseMix(obs, edits(), facts({ mixes: [mixOf(0, [1, 2])] })))).toEqual([0])
    // By OBS's habit, and by name, where nothing was measured.
    expect(heard(chooseMix(obs, edits(), null))).toEqual([0])
    expect(heard(chooseMix(tracks('game', 'mic', 'mix'), edits(), null))).toEqual([2])
    // Measured, it is none: nothing is left out.
    expect(heard(chooseMix(obs, edits(), facts()))).toEqual([0, 1, 2])
    expect(heard(chooseMix(tracks('mix', 'mic'), edits(), facts()))).toEqual([0, 1])
  })

  it('what was silent meanwhile belongs to the mix', () => {
    const some = facts({ mixes: [mixOf(0, [1])], silent: [2] })
    expect(heard(chooseMix(tracks('unknown', 'game', 'mic'), edits(), some))).toEqual([0])
    expect(heard(chooseMix(tracks('unknown', 'game', 'mic'), edits(), facts({ silent: [2] })))).toEqual([0, 1])
    expect(heard(chooseMix(tracks('unknown', 'game', 'mic', 'chat'), edits(), facts({ silent: [1, 2, 3] })))).toEqual([
      0,
    ])
  })

  it('one of several copies, with what was done to any of them', () => {
    const same = facts({
      copies: [
        { track: 1, of: 0 },
        { track: 2, of: 0 },
      ],
    })
    expect(chooseMix(tracks('unknown', 'unknown', 'unknown'), edits(), same).sources).toEqual([{ track: 0, gainDb: 0 }])
    const quieter = edits({ tracks: [{ track: 2, gainDb: -6, muted: false }] })
    expect(chooseMix(tracks('unknown', 'unknown', 'unknown'), quieter, same).sources).toEqual([
      { track: 0, gainDb: -6 },
    ])
  })

  it('the parts of a mix, where something of it is to change', () => {
    const obs = tracks('unknown', 'game', 'mic', 'music')
    const whole = facts({ mixes: [mixOf(0, [1, 2, 3])] })
    expect(heard(chooseMix(obs, edits({ duckMusic: false }), whole))).toEqual([0])
    expect(heard(chooseMix(obs, edits({ duckMusic: false, tracks: [muted(3)] }), whole))).toEqual([1, 2])
    const louder = chooseMix(obs, edits({ duckMusic: false, tracks: [{ track: 2, gainDb: 6, muted: false }] }), whole)
    expect(louder.sources).toEqual([
      { track: 1, gainDb: 0 },
      { track: 2, gainDb: 6 },
      { track: 3, gainDb: 0 },
    ])
    // Ducking needs them apart.
    expect(chooseMix(obs, edits(), whole)).toMatchObject({ duck: { music: [3], speech: [2] }, notes: [] })
    expect(heard(chooseMix(obs, edits(), whole))).toEqual([1, 2, 3])
    // As loud as they were in it.
    const [part] = mixOf(0, [1]).parts
    const gains = facts({
      mixes: [
        {
          track: 0,
          parts: [
            { ...part!, gainDb: -6 },
            { ...part!, track: 2, gainDb: 0.4 },
          ],
          explained: 1,
        },
      ],
    })
    const { sources } = chooseMix(tracks('unknown', 'game', 'mic'), edits({ tracks: [muted(2)] }), gains)
    expect(sources).toEqual([{ track: 1, gainDb: -6 }])
  })

  it('says what cannot be changed, because it has no track of its own', () => {
    const part = facts({ mixes: [mixOf(0, [1], 0.4)] })
    const choice = chooseMix(tracks('unknown', 'music'), edits({ tracks: [muted(1)] }), part)
    expect(heard(choice)).toEqual([0])
    expect(choice.notes).toEqual([
      '"music" could not be changed: Track 1 already holds it, and not everything in it has a track of its own.',
    ])
  })

  it('none, where all are muted', () => {
    expect(heard(chooseMix(tracks('game', 'mic'), edits({ tracks: [muted(0), muted(1)] }), facts()))).toEqual([])
    expect(
      planMix(tracks('game'), edits({ tracks: [muted(0)] }), [{ start: 0, end: s(1), speed: 1 }], null).mix,
    ).toBeNull()
  })

  it('music goes down only under somebody who is heard', () => {
    expect(chooseMix(tracks('game', 'mic', 'music'), edits(), facts()).duck).toEqual({ music: [2], speech: [1] })
    expect(chooseMix(tracks('game', 'mic', 'music'), edits({ tracks: [muted(1)] }), facts()).duck).toBeNull()
    expect(chooseMix(tracks('game', 'mic', 'music'), edits({ duckMusic: false }), facts()).duck).toBeNull()
    expect(chooseMix(tracks('game', 'music'), edits(), facts()).duck).toBeNull()
  })

  it('no sound twice, whatever the tracks', () => {
    const role = fc.constantFrom<TrackRole>('mix', 'game', 'mic', 'music', 'chat', 'unknown')
    const arbitrary = fc.array(role, { minLength: 2, maxLength: 6 }).chain((roles) =>
      fc.record({
        roles: fc.constant(roles),
        track: fc.nat(roles.length - 1),
        explained: fc.double({ min: 0.2, max: 1, noNaN: true }),
        duckMusic: fc.boolean(),
        changes: fc.subarray(roles.map((_, i) => muted(i))),
      }),
    )
    fc.assert(
      fc.property(arbitrary, ({ roles, track, explained, duckMusic, changes }) => {
        const parts = roles.map((_, i) => i).filter((i) => i !== track)
        const found = facts({ mixes: [mixOf(track, parts, explained)] })
        const choice = chooseMix(tracks(...roles), edits({ duckMusic, tracks: changes }), found)
        const chosen = heard(choice)
        if (chosen.includes(track)) expect(chosen).toEqual([track])
        const silenced = changes.map((change) => change.track)
        expect(chosen.filter((one) => silenced.includes(one))).toEqual([])
      }),
    )
  })
})

describe('the plan of a mix', () => {
  const parts = [
    { start: s(10), end: s(14), speed: 2 },
    { start: s(20), end: s(24), speed: 1 },
  ]

  it('has bleeps where the clip plays them, apart from each other', () => {
    const bleeps: SoundEdits['bleeps'] = [
      { start: s(12), end: s(13), with: 'tone' },
      { start: s(21), end: s(22), with: 'silence' },
      { start: s(21.5), end: s(23), with: 'silence' },
      { start: s(22.5), end: s(23.5), with: 'tone' },
      { start: s(40), end: s(41), with: 'tone' },
    ]
    const { mix } = planMix(tracks('game'), edits({ bleeps, fadeIn: s(1), fadeOut: s(9) }), parts, null)
    expect(mixPlanSchema.parse(mix)).toEqual(mix)
    expect(mix?.bleeps).toEqual([
      { start: s(1), end: s(1.5), with: 'tone' },
      { start: s(3), end: s(5), with: 'silence' },
      { start: s(5), end: s(5.5), with: 'tone' },
    ])
    expect(mix).toMatchObject({ fadeIn: s(1), fadeOut: s(5), loudness: { integrated: -14, truePeak: -1 } })
    expect(planMix(tracks('game'), edits({ normalise: false }), parts, null).mix?.loudness).toBeNull()
  })

  it('is wanted for what is shared, and for what was changed', () => {
    expect(wantsMix('landscape', null, edits())).toBe(false)
    expect(wantsMix('landscape', null, edits({ normalise: false }))).toBe(false)
    expect(wantsMix('landscape', 'youtube', edits())).toBe(true)
    expect(wantsMix('vertical', null, edits())).toBe(true)
    expect(wantsMix('square', null, edits())).toBe(true)
    expect(wantsMix('landscape', null, edits({ tracks: [muted(0)] }))).toBe(true)
    expect(wantsMix('landscape', null, edits({ bleeps: [{ start: 0, end: 1, with: 'tone' }] }))).toBe(true)
  })
})
