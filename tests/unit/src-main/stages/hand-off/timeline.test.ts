import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeOnTimeline } from '../../../../../src-main/stages/hand-off/timeline.ts'
import { ticksFromSeconds, type Rational } from '../../../../../src-shared/domain/time.ts'
import { ticksFromFrame } from '../../../../../src-shared/domain/timecode.ts'
import { makeClip, makeHandOff, makeSource, rates } from '../../../../helpers/hand-off/make-hand-off.ts'

const video = (fps: Rational, variableFrameRate = false) => ({ fps, variableFrameRate, width: 1280, height: 720 })
const s = ticksFromSeconds

describe('placeOnTimeline', () => {
  it('keeps every frame of every rate, to the end of a day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rates),
        fc.integer({ min: 0, max: 86_000 }),
        fc.nat(59),
        fc.integer({ min: 1, max: 900 }),
        (fps, second, part, length) => {
          const from = Math.floor((second * fps.num) / fps.den) + part
          const source = makeSource({ video: video(fps), duration: null })
          const [start, end] = [ticksFromFrame(from, fps), ticksFromFrame(from + length, fps)]
          const { clips } = placeOnTimeline(makeHandOff({ clips: [makeClip({ source, start, end, peak: start })] }))
          expect(clips[0]).toMatchObject({ in: from, out: from + length, start: 0, end: length })
        },
      ),
    )
  })

  it('stays inside the recording, and shows at least one frame', () => {
    const source = makeSource({ duration: s(10) })
    const of = (start: number, end: number) => {
      const { clips } = placeOnTimeline(makeHandOff({ clips: [makeClip({ source, start, end, peak: start })] }))
      return [clips[0]?.in, clips[0]?.out]
    }
    expect(of(s(9.9), s(12))).toEqual([594, 600])
    expect(of(s(5), s(5) + 1)).toEqual([300, 301])
    expect(of(s(10), s(10.2))).toEqual([599, 600])
  })

  it('begins at one hour, with or without dropped numbers', () => {
    const clips = [makeClip({ source: makeSource({ video: video({ num: 30_000, den: 1001 }) }) })]
    expect(placeOnTimeline(makeHandOff({ clips }))).toMatchObject({ dropFrame: true, origin: 107_892 })
    expect(placeOnTimeline(makeHandOff({ clips, dropFrame: false }))).toMatchObject({
      dropFrame: false,
      origin: 108_000,
    })
    const film = [makeClip({ source: makeSource({ video: video({ num: 24_000, den: 1001 }) }) })]
    expect(placeOnTimeline(makeHandOff({ clips: film, dropFrame: true }))).toMatchObject({
      dropFrame: false,
      origin: 86_400,
    })
  })

  it.each([
    ['01:02:03:04', { num: 30_000, den: 1001 }, 111_694, false],
    ['01:02:03;04', { num: 30_000, den: 1001 }, 111_582, true],
    ['01:02:03;04', { num: 25, den: 1 }, 93_079, false],
    ['nonsense', { num: 25, den: 1 }, 0, false],
    [null, { num: 60_000, den: 1001 }, 0, true],
  ])('reads the timecode %s of a source', (timecode, fps, origin, dropFrame) => {
    const source = makeSource({ video: video(fps), timecode })
    const { sources } = placeOnTimeline(makeHandOff({ clips: [makeClip({ source })] }))
    expect(sources[0]).toMatchObject({ origin, dropFrame })
  })

  it('says that a variable frame rate is counted at the nominal one', () => {
    const source = makeSource({ path: '/v/phone.mp4', video: video({ num: 57_312, den: 1000 }, true) })
    const { rate, notes } = placeOnTimeline(makeHandOff({ clips: [makeClip({ source })] }))
    expect(rate).toEqual({ num: 60, den: 1 })
    expect(notes).toEqual([expect.stringMatching(/“phone.mp4” has a variable frame rate.*at 60 frames a second/)])
  })

  it('counts fast recordings at a rate that timelines have', () => {
    const rateOf = (fps: Rational) =>
      placeOnTimeline(makeHandOff({ clips: [makeClip({ source: makeSource({ video: video(fps) }) })] })).rate
    expect(rateOf({ num: 120, den: 1 })).toEqual({ num: 60, den: 1 })
    expect(rateOf({ num: 120_000, den: 1001 })).toEqual({ num: 60_000, den: 1001 })
    expect(rateOf({ num: 144, den: 1 })).toEqual({ num: 48, den: 1 })
    expect(rateOf({ num: 5, den: 1 })).toEqual({ num: 5, den: 1 })
  })

  it('counts recordings of another rate at their own, and says so', () => {
    const [a, b] = [
      makeSource({ path: '/v/a.mp4' }),
      makeSource({ path: '/v/b.mp4', video: video({ num: 25, den: 1 }) }),
    ]
    const clips = [a, b, a].map((source) => makeClip({ source, start: s(1), end: s(2.02), peak: s(1) }))
    const timeline = placeOnTimeline(makeHandOff({ clips }))
    expect(timeline.clips.map((clip) => [clip.in, clip.out, clip.start, clip.end])).toEqual([
      [60, 121, 0, 61],
      // 25.5 frames: halves go up.
      [25, 51, 61, 123],
      [60, 121, 123, 184],
    ])
    expect(timeline.notes).toEqual([expect.stringContaining('“b.mp4” runs at 25 frames a second, the timeline at 60')])
  })

  it('shows nothing beyond the end of a fast recording', () => {
    const source = makeSource({
      video: video({ num: 120, den: 1 }),
      duration: ticksFromFrame(1201, { num: 120, den: 1 }),
    })
    const of = (start: number) => {
      const { clips } = placeOnTimeline(makeHandOff({ clips: [makeClip({ source, start, end: s(11), peak: s(10) })] }))
      return clips.map((clip) => [clip.in, clip.out, clip.end])[0]
    }
    expect(of(s(9))).toEqual([1080, 1201, 60])
    // One frame of the timeline takes two of these.
    expect(of(s(10))).toEqual([1199, 1201, 1])
  })

  it('counts a recording without a picture at the timeline’s rate', () => {
    const sound = makeSource({ path: '/v/voice.wav', video: null })
    const film = makeSource({ video: video({ num: 24_000, den: 1001 }) })
    const clips = [sound, film].map((source) => makeClip({ source, start: 0, end: s(1), peak: 0 }))
    expect(placeOnTimeline(makeHandOff({ clips }))).toMatchObject({
      rate: { num: 24_000, den: 1001 },
      clips: [{ out: 24 }, { out: 24 }],
      notes: [],
    })
    expect(placeOnTimeline(makeHandOff({ clips: clips.slice(0, 1) })).rate).toEqual({ num: 25, den: 1 })
  })

  it('mutes the tracks of which another is the mix', () => {
    const track = { channels: 2, sampleRate: 48_000 }
    const muted = (...roles: ('mix' | 'mic' | 'game')[]) =>
      placeOnTimeline(
        makeHandOff({
          clips: [makeClip({ source: makeSource({ audio: roles.map((role) => ({ ...track, role, title: '' })) }) })],
        }),
      ).sources[0]?.audio.map((one) => one.muted)
    expect(muted('mix', 'mic', 'game')).toEqual([false, true, true])
    expect(muted('mic', 'game')).toEqual([false, false])
  })

  it('keeps captions inside the clip, one at a time', () => {
    const captions = [
      { start: s(8), end: s(11), text: 'before' },
      { start: s(12), end: s(15), text: ' a ' },
      { start: s(14), end: s(16), text: 'b' },
      { start: s(17), end: s(18), text: '  ' },
      { start: s(19), end: s(40), text: 'after' },
      { start: s(30), end: s(40), text: 'outside' },
    ]
    const { clips } = placeOnTimeline(makeHandOff({ clips: [makeClip({ start: s(10), end: s(20), captions })] }))
    expect(clips[0]?.captions).toEqual([
      { from: 600, to: 660, text: 'before' },
      { from: 720, to: 840, text: 'a' },
      { from: 840, to: 960, text: 'b' },
      { from: 1140, to: 1200, text: 'after' },
    ])
  })

  it('cuts a movement where the clip is cut', () => {
    const reframe = [
      { at: s(24), x: 1, y: 0.5, scale: 2 },
      { at: s(4), x: 0, y: 0.5, scale: 1 },
    ]
    const { clips } = placeOnTimeline(
      makeHandOff({ clips: [makeClip({ start: s(9), end: s(14), peak: s(9), reframe })] }),
    )
    const [first, last, ...others] = clips[0]?.reframe ?? []
    expect(others).toEqual([])
    expect(first).toEqual({ at: 540, x: 0.25, y: 0.5, scale: 1.25 })
    expect(last?.at).toBe(839)
    expect(last?.x).toBeCloseTo(599 / 1200)
    expect(last?.scale).toBeCloseTo(1 + 599 / 1200)
  })

  it('takes a view that never changes as one key', () => {
    const still = (at: number) => [{ at, x: 0.3, y: 0.4, scale: 1 }]
    for (const at of [0, s(12), s(100)]) {
      const { clips } = placeOnTimeline(
        makeHandOff({ clips: [makeClip({ start: s(10), end: s(20), reframe: still(at) })] }),
      )
      expect(clips[0]?.reframe).toEqual([{ at: 600, x: 0.3, y: 0.4, scale: 1 }])
    }
  })
})
