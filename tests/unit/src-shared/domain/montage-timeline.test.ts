import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeMontage, type BeatWish, type TimelineClip } from '../../../../src-shared/domain/montage-timeline.ts'

const clip = (change: Partial<TimelineClip> = {}): TimelineClip => ({
  title: 'Ace',
  frames: 300,
  peak: 200,
  card: 0,
  fade: 0,
  ...change,
})

const someClips = fc.array(
  fc
    .record({
      frames: fc.integer({ min: 1, max: 600 }),
      card: fc.oneof(fc.constant(0), fc.integer({ min: 15, max: 120 })),
      fade: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 90 })),
      peak: fc.double({ min: 0, max: 0.999, noNaN: true }),
    })
    .map(({ peak, ...rest }): TimelineClip => ({ ...rest, title: 'Clip', peak: Math.floor(peak * rest.frames) })),
  { minLength: 1, maxLength: 12 },
)
const someBeats = fc
  .record({ period: fc.double({ min: 8, max: 60, noNaN: true }), first: fc.double({ min: 0, max: 60, noNaN: true }) })
  .map(({ period, first }): BeatWish => ({
    beats: Array.from({ length: 900 }, (_, i) => first + i * period),
    most: 45,
    aroundPeak: 15,
    least: 30,
  }))

describe('a montage', () => {
  it('shows clips one behind the other', () => {
    const { frames, pieces, sounds, chapters, cuts, notes } = placeMontage([clip(), clip({ title: 'Clutch' })], null)
    expect(frames).toBe(600)
    expect(pieces.map(({ at, shot }) => [at, shot.clip, shot.from, shot.to])).toEqual([
      [0, 0, 0, 300],
      [300, 1, 0, 300],
    ])
    expect(sounds.map(({ at, from, to }) => [at, from, to])).toEqual([
      [0, 0, 300],
      [300, 0, 300],
    ])
    expect(chapters).toEqual([
      { at: 0, title: 'Ace' },
      { at: 300, title: 'Clutch' },
    ])
    expect(cuts.map(({ at }) => at)).toEqual([300])
    expect(notes).toEqual([])
  })

  it('shows two at once in a cross-fade, and a card before its clip', () => {
    const { frames, pieces, sounds } = placeMontage([clip({ card: 60 }), clip({ fade: 30, card: 60 })], null)
    expect(frames).toBe(60 + 300 - 30 + 60 + 300)
    expect(pieces).toEqual([
      { at: 0, frames: 60, shot: { kind: 'card', clip: 0, from: 0, to: 60 }, into: null },
      { at: 60, frames: 270, shot: { kind: 'clip', clip: 0, from: 0, to: 270 }, into: null },
      {
        at: 330,
        frames: 30,
        shot: { kind: 'clip', clip: 0, from: 270, to: 300 },
        into: { kind: 'card', clip: 1, from: 0, to: 30 },
      },
      { at: 360, frames: 30, shot: { kind: 'card', clip: 1, from: 30, to: 60 }, into: null },
      { at: 390, frames: 300, shot: { kind: 'clip', clip: 1, from: 0, to: 300 }, into: null },
    ])
    // The card is silent: the sound of the clip before fades out under it.
    expect(sounds).toEqual([
      { clip: 0, from: 0, to: 300, at: 60, fadeIn: 0, fadeOut: 30 },
      { clip: 1, from: 0, to: 300, at: 390, fadeIn: 0, fadeOut: 0 },
    ])
  })

  it('shortens a cross-fade that is longer than a clip, and says so', () => {
    const { pieces, notes } = placeMontage([clip(), clip({ frames: 11, fade: 30 }), clip({ fade: 30 })], null)
    expect(pieces.map(({ frames }) => frames)).toEqual([295, 5, 1, 5, 295])
    expect(notes).toEqual([
      'The cross-fade to “Ace” is shorter than asked for: it, or what is before it, is too short.',
      'The cross-fade to “Ace” is shorter than asked for: it, or what is before it, is too short.',
    ])
    expect(placeMontage([clip(), clip({ frames: 2, fade: 30 })], null).notes[0]).toMatch(/^“Ace” is cut to/)
  })

  it('takes the end, then the beginning, so that the cut falls on a beat, but nothing of the peak', () => {
    const wish = { beats: [280.2], most: 45, aroundPeak: 15, least: 30 }
    const tail = placeMontage([clip(), clip()], wish)
    expect(tail.sounds[0]).toMatchObject({ from: 0, to: 280 })
    expect(tail.cuts).toEqual([{ at: 280, onBeat: true }])
    // 5 pictures may go behind the peak, the rest before it.
    const head = placeMontage([clip({ peak: 279 }), clip()], wish)
    expect(head.sounds[0]).toMatchObject({ from: 15, to: 295 })
    expect(head.cuts).toEqual([{ at: 280, onBeat: true }])
    const none = placeMontage([clip({ peak: 290, frames: 291 }), clip()], { ...wish, beats: [200] })
    expect(none.sounds[0]).toMatchObject({ from: 0, to: 291 })
    expect(none.cuts[0]!.onBeat).toBe(false)
  })

  it('has every picture once, in order, without a gap', () => {
    fc.assert(
      fc.property(someClips, fc.option(someBeats), (clips, wish) => {
        const { frames, pieces, sounds, cuts, chapters } = placeMontage(clips, wish)
        let at = 0
        const next = new Map<string, number>()
        for (const piece of pieces) {
          expect(piece.at).toBe(at)
          at += piece.frames
          for (const shot of [piece.shot, ...(piece.into === null ? [] : [piece.into])]) {
            expect(shot.to - shot.from).toBe(piece.frames)
            const key = `${shot.kind} ${shot.clip}`
            if (next.has(key)) expect(shot.from).toBe(next.get(key))
            next.set(key, shot.to)
          }
          expect(piece.frames).toBeGreaterThan(0)
        }
        expect(at).toBe(frames)
        for (const { clip: i, from, to, at: heard, fadeIn, fadeOut } of sounds) {
          const first = pieces.find(({ shot, into }) => [shot, into].some((s) => s?.kind === 'clip' && s.clip === i))!
          // Heard when it is seen.
          expect(heard).toBe(first.at)
          expect(next.get(`clip ${i}`)).toBe(to)
          expect(fadeIn + fadeOut).toBeLessThanOrEqual(to - from)
          expect([from >= 0, to <= clips[i]!.frames]).toEqual([true, true])
        }
        expect(chapters.every(({ at: time }, i) => i === 0 || time > chapters[i - 1]!.at)).toBe(true)
        expect(cuts).toHaveLength(clips.length - 1)
      }),
      { numRuns: 300 },
    )
  })

  it('never trims what a clip is about, and claims a beat only where there is one', () => {
    fc.assert(
      fc.property(someClips, someBeats, (clips, wish) => {
        const { sounds, cuts } = placeMontage(clips, wish)
        for (const [i, { from, to }] of sounds.entries()) {
          const { frames, peak } = clips[i]!
          if (from > 0) expect(from).toBeLessThanOrEqual(peak! - wish.aroundPeak)
          if (to < frames) expect(to).toBeGreaterThan(peak! + wish.aroundPeak)
          expect([from <= wish.most, frames - to <= wish.most]).toEqual([true, true])
          if (to - from < frames) expect(to - from).toBeGreaterThanOrEqual(wish.least)
        }
        for (const { at, onBeat } of cuts) {
          expect(wish.beats.some((beat) => Math.abs(beat - at) <= 1)).toBe(onBeat)
        }
      }),
      { numRuns: 300 },
    )
  })
})
