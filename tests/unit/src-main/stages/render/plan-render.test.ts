import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRenderable, planRender, type RenderWish } from '../../../../../src-main/stages/render/plan-render.ts'
import { renderPlanSchema } from '../../../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeTrack, makeVideo } from '../../../../helpers/make-media-info.ts'

const clip = {
  recording: 'ab'.repeat(32),
  start: 10 * S,
  end: 30 * S,
  title: 'at 0:10',
  reasons: [{ signal: 'a', weight: 1, text: 'Loud' }],
}
const index: CutIndex = {
  frames: Array.from({ length: 20 }, (_, i) => ({ time: (10 + i) * S, end: (11 + i) * S })),
  entries: [12 * S, 20 * S, 28 * S],
  exits: [13 * S, 21 * S, 29 * S],
}
const edges = new Set(['h264', 'hevc'])
const filters = new Set(['zscale', 'tonemap', 'ass'])
const plan = (change: Partial<RenderWish> = {}) =>
  planRender({
    clip,
    media: makeMedia(),
    kind: 'landscape',
    cut: null,
    keyframe: 9 * S,
    index,
    edges,
    filters,
    ...change,
  })

describe('planRender', () => {
  it('copies all between the first usable keyframe and the last place where a copy can end', () => {
    const span = { start: 10 * S, end: 30 * S }
    const video = { action: 'smart', copy: { start: 12 * S, end: 29 * S } }
    expect(plan()).toMatchObject({ cut: 'smart', asked: span, span, video, note: null })
    expect(plan({ cut: 'smart' })).toEqual(plan())
  })

  it.each<[string, Partial<RenderWish>, RegExp]>([
    ['no keyframe inside', { index: { ...index, entries: [] } }, /no keyframe lies inside/],
    ['nothing left to copy', { index: { ...index, entries: [29 * S] } }, /no keyframe lies inside/],
    ['times unknown', { index: null }, /no keyframe lies inside/],
    ['another codec', { media: makeMedia({ video: makeVideo({ codec: 'av1' }) }) }, /its video is av1/],
    ['ten bits', { media: makeMedia({ video: makeVideo({ bitDepth: 10 }) }) }, /only 8 bits/],
    ['a profile', { media: makeMedia({ video: makeVideo({ profile: 'High 4:4:4 Predictive' }) }) }, /its profile/],
    ['an odd size', { media: makeMedia({ video: makeVideo({ codedWidth: 1921 }) }) }, /odd size/],
    ['AVI', { media: makeMedia({ container: 'avi' }) }, /AVI does not say/],
    ['no encoder', { edges: new Set<string>() }, /cannot encode H.264/],
  ])('encodes as a whole, and says why: %s', (_what, change, why) => {
    for (const cut of [null, 'smart'] as const) {
      const made = plan({ ...change, cut })
      expect(made).toMatchObject({ cut: 'encode', video: { action: 'encode' } })
      expect(made.note).toMatch(why)
    }
  })

  it('does as it is told, as far as MP4 allows', () => {
    expect(plan({ cut: 'copy' })).toMatchObject({ cut: 'copy', span: { start: 9 * S, end: 30 * S }, note: null })
    expect(plan({ cut: 'copy', keyframe: 0 })).toMatchObject({ cut: 'copy', span: { start: 0 } })
    expect(plan({ cut: 'copy', keyframe: null })).toMatchObject({
      cut: 'encode',
      note: 'It was encoded: there is no keyframe before it to copy from.',
    })
    expect(plan({ cut: 'encode' })).toMatchObject({ cut: 'encode', note: null })
    const mjpeg = makeMedia({ video: makeVideo({ codec: 'mjpeg' }) })
    expect(plan({ cut: 'copy', media: mjpeg }).cut).toBe('encode')
  })

  it('takes every sound track along, and re-encodes those that MP4 does not take', () => {
    const media = makeMedia({
      audio: [
        makeTrack(),
        makeTrack({ index: 1, codec: 'pcm_s16le' }),
        makeTrack({ index: 2, codec: 'flac', channels: 6 }),
      ],
    })
    expect(plan({ media, cut: 'copy' }).audio).toEqual([
      { track: 0, action: 'copy' },
      { track: 1, action: 'encode', codec: 'aac', bitRate: 192_000, sampleRate: null },
      { track: 2, action: 'encode', codec: 'aac', bitRate: 384_000, sampleRate: null },
    ])
    expect(plan({ media, cut: 'encode' }).audio.map(({ action }) => action)).toEqual(['encode', 'encode', 'encode'])
    expect(plan({ media: makeMedia({ audio: [] }) }).audio).toEqual([])
  })

  it('hashes what the file holds, not what it is called', () => {
    expect(plan({ clip: { ...clip, title: 'Other' } }).hash).toBe(plan().hash)
    expect(plan({ clip: { ...clip, end: 31 * S } }).hash).not.toBe(plan().hash)
    expect(plan({ cut: 'encode' }).hash).not.toBe(plan().hash)
    // Two wishes that lead to the same copy are the same file.
    const copy = plan({ cut: 'copy' })
    expect(plan({ cut: 'copy', clip: { ...clip, start: 10 * S + 1 } }).hash).toBe(copy.hash)
  })

  it('makes valid plans of any clip, never starting late', () => {
    const ticks = fc.integer({ min: 0, max: 36_000 * S })
    const wish = fc.record({
      start: ticks,
      length: fc.integer({ min: 1, max: 60 * S }),
      keyframe: fc.option(ticks),
      cut: fc.constantFrom(null, 'copy', 'smart', 'encode'),
    })
    fc.assert(
      fc.property(wish, ({ start, length, keyframe, cut }) => {
        const known = cut === null || cut === 'smart' ? index : null
        const made = plan({ clip: { ...clip, start, end: start + length }, keyframe, cut, index: known })
        expect(renderPlanSchema.parse(made)).toEqual(made)
        expect(made.span.start).toBeLessThanOrEqual(start)
        expect(made.span.end).toBe(start + length)
        if (made.cut !== 'copy') expect(made.span).toEqual(made.asked)
      }),
    )
  })
})

describe('checkRenderable', () => {
  it('refuses recordings without a picture', () => {
    expect(() => checkRenderable(makeMedia())).not.toThrow()
    expect(() => checkRenderable(makeMedia({ video: null }))).toThrow(
      expect.objectContaining({ code: 'input/unsupported' }),
    )
  })
})
