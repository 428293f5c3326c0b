import { describe, expect, it } from 'vitest'
import { findFacecam } from '../../../../../src-main/stages/frame/detect-facecam.ts'
import { makeOverlay, overlapOf } from '../../../../helpers/make-overlay.ts'

describe('findFacecam', () => {
  // tests/bench/facecam.ts measures how many of many; these are to notice at once when it breaks.
  it.each([
    [100, false],
    [103, false],
    [10001, true],
    [10005, true],
  ])('finds the camera of overlay %i', (seed, hud) => {
    const { stack, facecam, what } = makeOverlay(seed, { camera: true, hud })
    const found = findFacecam(stack)
    expect(found, what).not.toBeNull()
    expect(overlapOf(found!, facecam!), what).toBeGreaterThanOrEqual(0.9)
  })

  // What was once taken for a camera: panels, maps with dots or heroes, a dial, chats, things in rows, bars.
  it.each([
    [1004, false],
    [11008, false],
    [11024, false],
    [11000, true],
    [11003, true],
    [11027, true],
    [11045, true],
  ])('finds none in the game %i', (seed, hud) => {
    const { stack, what } = makeOverlay(seed, { camera: false, hud })
    expect(findFacecam(stack), what).toBeNull()
  })

  it('says nothing of a few pictures, or of pictures that never change', () => {
    const { stack } = makeOverlay(1, { camera: true, frames: 12 })
    expect(findFacecam({ ...stack, frames: stack.frames.slice(0, 11) })).toBeNull()
    expect(findFacecam({ ...stack, frames: Array.from({ length: 16 }, () => stack.frames[0]!) })).toBeNull()
  })
})
