import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutSchema, type Layout, type Region } from '../../../../src-shared/contract/layout.ts'
import { defaultLayout, layoutFilter } from '../../../../src-shared/domain/layout.ts'
import { cropRegion, pictureOf, pixelsOf } from '../../../../src-shared/domain/layout-geometry.ts'
import { ticksFromSeconds } from '../../../../src-shared/domain/time.ts'
import { makeVideo } from '../../../helpers/make-media-info.ts'

const hd = { ...pictureOf(makeVideo()), start: ticksFromSeconds(100) }
const frame = { width: 1080, height: 1920 }
const middle = { x: 0.5, y: 0.5 }
const facecam: Region = { x: 0, y: 0, width: 0.25, height: 0.25 }

describe('layoutFilter', () => {
  it.each<[string, Layout]>([
    ['fill', { kind: 'fill', focus: middle }],
    ['fill beyond the edge', { kind: 'fill', focus: { x: 1, y: 0 } }],
    ['blur', { kind: 'blur' }],
    ['stacked', { kind: 'stacked', facecam, facecamAt: 'top', focus: middle }],
    ['stacked below', { kind: 'stacked', facecam, facecamAt: 'bottom', focus: middle }],
    ['facecam', { kind: 'facecam', facecam, at: { x: 0.5, y: 0.15 }, width: 0.5, focus: middle }],
    [
      'follow',
      {
        kind: 'follow',
        keys: [
          { at: ticksFromSeconds(99), x: 0.5, y: 0.5 },
          { at: ticksFromSeconds(101), x: 0.7, y: 0.5 },
          { at: ticksFromSeconds(103), x: 0.7, y: 0.5 },
          { at: ticksFromSeconds(104), x: 0, y: 0.5 },
        ],
      },
    ],
  ])('%s', (name, layout) => {
    expect(layoutSchema.parse(layout)).toEqual(layout)
    expect(layoutFilter(layout, hd, frame)).toMatchSnapshot(name)
  })

  it('300 keys make one expression that is hardly nested', () => {
    const keys = Array.from({ length: 300 }, (_, i) => ({ at: ticksFromSeconds(i), x: (i % 7) / 7, y: 0.5 }))
    const graph = layoutFilter(layoutSchema.parse({ kind: 'follow', keys }), hd, frame)
    let [depth, deepest] = [0, 0]
    for (const sign of graph) {
      depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
      deepest = Math.max(deepest, depth)
    }
    expect(deepest).toBeLessThan(12)
    expect(graph.length).toBeLessThan(15_000)
    expect(graph).not.toMatch(/\+-|--|e-|NaN|Infinity/)
  })
})

describe('geometry', () => {
  const size = fc.record({ width: fc.integer({ min: 16, max: 8192 }), height: fc.integer({ min: 16, max: 8192 }) })
  const even = fc.integer({ min: 8, max: 2000 }).map((n) => 2 * n)
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  it('a crop lies inside the picture, has even sides and nearly the shape that is wanted', () => {
    fc.assert(
      fc.property(
        fc.record({ stored: size, shown: size }),
        fc.record({ width: even, height: even }),
        fc.record({ x: share, y: share }),
        (picture, target, focus) => {
          const region = cropRegion(picture, target, focus)
          const box = pixelsOf(picture, region)
          for (const value of Object.values(box)) expect(value % 2).toBe(0)
          expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(2)
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(picture.stored.width)
          expect(box.y + box.height).toBeLessThanOrEqual(picture.stored.height)
          expect(Math.max(region.width, region.height)).toBeCloseTo(1, 9)
          const shape = (region.width * picture.shown.width) / (region.height * picture.shown.height)
          expect(shape / (target.width / target.height)).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  it('a turned picture is stored the other way round once FFmpeg has turned it', () => {
    const phone = makeVideo({ codedWidth: 1920, codedHeight: 1080, width: 1080, height: 1920, rotation: 90 })
    expect(pictureOf(phone)).toEqual({ stored: { width: 1080, height: 1920 }, shown: { width: 1080, height: 1920 } })
  })

  it('pixels that are not square are cropped by what is shown', () => {
    const wide = pictureOf(makeVideo({ codedWidth: 1440, codedHeight: 1080, width: 1920, height: 1080 }))
    expect(pixelsOf(wide, cropRegion(wide, { width: 1080, height: 1080 }, middle))).toEqual({
      x: 316,
      y: 0,
      width: 810,
      height: 1080,
    })
  })
})

describe('defaultLayout', () => {
  it('prefers the camera, then the action, then the whole picture', () => {
    const follow: Layout = { kind: 'follow', keys: [{ at: 0, ...middle }] }
    expect(defaultLayout({ facecam, follow }).kind).toBe('stacked')
    expect(defaultLayout({ facecam: null, follow })).toBe(follow)
    expect(defaultLayout({ facecam: null, follow: null })).toEqual({ kind: 'blur' })
  })
})
