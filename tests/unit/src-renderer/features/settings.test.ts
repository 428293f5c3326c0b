import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveRegion, regionBetween, resizeRegion } from '../../../../src-renderer/features/settings/region-moves.ts'
import { editableGroups, takenBy } from '../../../../src-renderer/features/settings/shortcut-changes.ts'
import { before } from '../../../../src-renderer/features/settings/use-settings.ts'
import { regionSchema } from '../../../../src-shared/contract/layout.ts'
import { defaultSettings } from '../../../../src-shared/contract/settings.ts'
import { shortcutConflict } from '../../../../src-shared/domain/shortcuts.ts'

describe('a change of the settings', () => {
  it('is taken back by what they were, and by nothing else', () => {
    expect(before(defaultSettings, { theme: 'dark', cut: 'copy' })).toEqual({ theme: 'system', cut: null })
  })
})

describe('shortcuts', () => {
  it('come without two on the same keys', () => {
    const all = editableGroups({}).flatMap(({ shortcuts }) => shortcuts)
    expect(shortcutConflict(Object.fromEntries(all.map(({ name, keys }) => [name, keys])))).toBeNull()
  })

  it('are taken within a group and everywhere, and free on other pages', () => {
    expect(takenBy({}, 'review.keep', 'X')?.name).toBe('review.reject')
    expect(takenBy({}, 'review.keep', 'Mod+K')?.name).toBe('everywhere.palette')
    expect(takenBy({}, 'review.keep', 'A')).toBeNull()
    expect(takenBy({}, 'everywhere.inbox', 'A')?.name).toBe('library.add')
    expect(takenBy({ 'review.reject': ['D'] }, 'review.keep', 'X')).toBeNull()
  })
})

describe('the rectangle of a camera', () => {
  const share = fc.double({ min: -0.5, max: 1.5, noNaN: true })
  const corners = fc.record({ a: fc.record({ x: share, y: share }), b: fc.record({ x: share, y: share }) })

  it('lies in the picture, however it is dragged, moved and sized', () => {
    fc.assert(
      fc.property(corners, share, share, ({ a, b }, dx, dy) => {
        const region = regionBetween(a, b)
        if (region === null) return
        for (const each of [region, moveRegion(region, dx, dy), resizeRegion(region, dx, dy)]) {
          expect(regionSchema.safeParse(each).success).toBe(true)
        }
      }),
    )
  })

  it('is none where hardly anything was dragged', () => {
    expect(regionBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 })).toBeNull()
    expect(regionBetween({ x: 0.9, y: 0.8 }, { x: 0.5, y: 0.2 })).toEqual({
      x: 0.5,
      y: 0.2,
      width: 0.4,
      height: expect.closeTo(0.6) as number,
    })
  })
})
