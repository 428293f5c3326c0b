import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRenderable, planRender, type RenderWish } from '../../../../../src-main/stages/render/plan-render.ts'
import { renderPlanSchema } from '../../../../../src-shared/contract/render-plan.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeTrack, makeVideo } from '../../../../helpers/make-media-info.ts'

const clip = {
  recording: 'ab'.repeat(32),
  start: 10 * S,
  end: 30 * S,
  title: 'at 0:10',
  reasons: [{ signal: 'a', weight: 1, text: 'Loud' }],
}
const plan = (change: Partial<RenderWish> = {}) =>
  planRender({ clip, media: makeMedia(), kind: 'landscape', cut: null, keyframe: 9 * S, ...change })

describe('planRender', () => {
  it('copies from the keyframe where that costs less than two seconds', () => {
    expect(plan()).toMatchObject({ cut: 'copy', asked: { start: 10 * S }, span: { start: 9 * S, end: 30 * S } })
    expect(plan({ keyframe: 8 * S + 1 }).cut).toBe('copy')
    expect(plan({ keyframe: 8 * S })).toMatchObject({ cut: 'encode', span: { start: 10 * S, end: 30 * S } })
    expect(plan({ keyframe: null }).cut).toBe('encode')
    expect(plan({ keyframe: 11 * S }).cut).toBe('encode')
  })

  it('does as it is told, as far as MP4 allows', () => {
    expect(plan({ cut: 'copy', keyframe: 0 })).toMatchObject({ cut: 'copy', span: { start: 0 } })
    expect(plan({ cut: 'encode' }).cut).toBe('encode')
    expect(plan({ cut: 'smart' }).cut).toBe('encode')
    const mjpeg = makeMedia({ video: makeVideo({ codec: 'mjpeg' }) })
    expect(plan({ cut: 'copy', media: mjpeg }).cut).toBe('encode')
    expect(plan({ cut: null, media: mjpeg, keyframe: 10 * S }).cut).toBe('encode')
  })

  it('takes every sound track along, and re-encodes those that MP4 does not take', () => {
    const media = makeMedia({
      audio: [
        makeTrack(),
        makeTrack({ index: 1, codec: 'pcm_s16le' }),
        makeTrack({ index: 2, codec: 'flac', channels: 6 }),
      ],
    })
    expect(plan({ media }).audio).toEqual([
      { track: 0, action: 'copy' },
      { track: 1, action: 'encode', codec: 'aac', bitRate: 192_000 },
      { track: 2, action: 'encode', codec: 'aac', bitRate: 384_000 },
    ])
    expect(plan({ media, cut: 'encode' }).audio.map(({ action }) => action)).toEqual(['encode', 'encode', 'encode'])
    expect(plan({ media: makeMedia({ audio: [] }) }).audio).toEqual([])
  })

  it('hashes what the file holds, not what it is called', () => {
    expect(plan({ clip: { ...clip, title: 'Other' } }).hash).toBe(plan().hash)
    expect(plan({ clip: { ...clip, end: 31 * S } }).hash).not.toBe(plan().hash)
    expect(plan({ cut: 'encode' }).hash).not.toBe(plan().hash)
    // Two wishes that lead to the same copy are the same file.
    expect(plan({ clip: { ...clip, start: 10 * S + 1 } }).hash).toBe(plan().hash)
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
        const made = plan({ clip: { ...clip, start, end: start + length }, keyframe, cut })
        expect(renderPlanSchema.parse(made)).toEqual(made)
        expect(made.span.start).toBeLessThanOrEqual(start)
        expect(made.span.end).toBe(start + length)
        if (made.cut === 'encode') expect(made.span).toEqual(made.asked)
      }),
    )
  })
})

describe('checkRenderable', () => {
  it('refuses recordings without a picture, and vertical clips', () => {
    expect(() => checkRenderable(makeMedia(), ['landscape'])).not.toThrow()
    expect(() => checkRenderable(makeMedia({ video: null }), ['landscape'])).toThrow(
      expect.objectContaining({ code: 'input/unsupported' }),
    )
    expect(() => checkRenderable(makeMedia(), ['vertical'])).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})
