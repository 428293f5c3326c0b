import { describe, expect, it } from 'vitest'
import { findFacecam } from '../../../../../src-main/stages/frame/detect-facecam.ts'
import { makeOverlay, overlapOf } from '../../../../helpers/make-overlay.ts'

const SEEDS = 10

describe('findFacecam', () => {
  it('finds most cameras where they are', () => {
    const overlaps = Array.from({ length: SEEDS }, (_, i) => {
      const { stack, facecam } = makeOverlay(100 + i, { camera: true })
      const found = findFacecam(stack)
      return found && facecam ? overlapOf(found, facecam) : 0
    })
    expect(overlaps.filter((overlap) => overlap >= 0.9).length).toBeGreaterThanOrEqual(0.8 * SEEDS)
  }, 120_000)

  it('finds none where none is: a plain game', () => {
    const { stack } = makeOverlay(1004, { camera: false })
    expect(findFacecam(stack)).toBeNull()
  }, 60_000)

  it('says nothing of a few pictures, or of pictures that never change', () => {
    const { stack } = makeOverlay(1, { camera: true, frames: 12 })
    expect(findFacecam({ ...stack, frames: stack.frames.slice(0, 11) })).toBeNull()
    expect(findFacecam({ ...stack, frames: Array.from({ length: 16 }, () => stack.frames[0]!) })).toBeNull()
  }, 60_000)
})
