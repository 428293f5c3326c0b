import type { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { planMontage, type PlannableClip } from '../../../../../src-main/stages/montage/plan-montage.ts'
import { montageSchema } from '../../../../../src-shared/contract/montage.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'

const clip = (change: Partial<PlannableClip> = {}): PlannableClip => ({
  title: 'Ace',
  video: { width: 1920, height: 1080, fps: { num: 60, den: 1 } },
  length: s(10),
  peak: s(6),
  copy: { stream: 'obs', frames: 600 },
  ...change,
})
const asked = (count: number, change: Partial<z.input<typeof montageSchema>> = {}) =>
  montageSchema.parse({ clips: Array.from({ length: count }, (_, i) => ({ clipId: i + 1 })), ...change })

describe('the plan of a montage', () => {
  it('copies clips of like recordings, and makes the others fit to most of them', () => {
    const other = clip({ copy: { stream: 'shadowplay', frames: 300 }, length: s(5) })
    const plan = planMontage(asked(4), [other, clip(), clip({ copy: null }), clip()], 'landscape', null)
    expect(plan).toMatchObject({ fps: { num: 60, den: 1 }, frame: { width: 1920, height: 1080 }, match: 1 })
    expect(plan.clips.map(({ copies, fit }) => [copies, fit])).toEqual([
      [false, 'as-is'],
      [true, 'as-is'],
      [false, 'as-is'],
      [true, 'as-is'],
    ])
    expect(plan.timeline.frames).toBe(300 + 3 * 600)
  })

  it('has the size of the largest and the rate of the fastest; nothing smaller or slower is copied', () => {
    const small = clip({
      video: { width: 1280, height: 720, fps: { num: 30, den: 1 } },
      copy: { stream: 'a', frames: 300 },
    })
    const upright = clip({ video: { width: 1080, height: 1920, fps: { num: 59_960, den: 1000 } }, copy: null })
    const plan = planMontage(asked(3), [small, upright, clip({ copy: null })], 'landscape', null)
    expect(plan.match).toBeNull()
    expect(plan.frame).toEqual({ width: 1080, height: 1920 })
    expect(plan.clips.map(({ fit }) => fit)).toEqual(['blur', 'as-is', 'blur'])
    expect(plan.fps).toEqual({ num: 60, den: 1 })
    expect(
      planMontage(asked(2), [small, clip()], 'landscape', null).clips.map(({ fit, copies }) => [fit, copies]),
    ).toEqual([
      ['scale', false],
      ['as-is', true],
    ])
  })

  it('is encoded as a whole where it is upright, at 60 pictures a second at most', () => {
    const fast = clip({ video: { width: 1920, height: 1080, fps: { num: 120, den: 1 } } })
    const plan = planMontage(asked(1), [fast], 'vertical', null)
    expect(plan).toMatchObject({ match: null, frame: { width: 1080, height: 1920 }, fps: { num: 60, den: 1 } })
    expect(plan.timeline.frames).toBe(600)
  })

  it('lays cuts on beats only where that was asked for, also when the music begins anew', () => {
    const beats = { times: [0.5, 1.5, 2.5], loop: 3 }
    const music = { path: '/music', alignBeats: true }
    const clips = [clip({ length: s(10.2), copy: null }), clip()]
    const on = planMontage(asked(2, { music }), clips, 'landscape', beats)
    expect(on.timeline.cuts).toEqual([{ at: 9.5 * 60, onBeat: true }])
    expect(
      planMontage(asked(2, { music: { path: '/music' } }), clips, 'landscape', beats).timeline.cuts[0],
    ).toMatchObject({
      at: 612,
      onBeat: false,
    })
  })

  it('refuses what would be longer than an hour', () => {
    const long = clip({ length: s(1000), copy: null })
    expect(() => planMontage(asked(4), [long, long, long, long], 'landscape', null)).toThrow(/67 minutes/)
  })
})
