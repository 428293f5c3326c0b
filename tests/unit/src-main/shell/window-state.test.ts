import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keepWindowState, placeWindow, readWindowState, type Box } from '../../../../src-main/shell/window-state.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const main: Box = { x: 0, y: 25, width: 1440, height: 875 }
const second: Box = { x: 1440, y: 0, width: 1920, height: 1080 }
const at = (x: number, y: number, width = 800, height = 600) => ({ bounds: { x, y, width, height }, maximized: false })

describe('where a window opens', () => {
  test('in the middle the first time, no larger than the screen', () => {
    expect(placeWindow({ bounds: null, maximized: true }, [{ ...main, width: 1024 }])).toEqual({
      bounds: { width: 1024, height: 800 },
      maximized: true,
    })
    expect(placeWindow({ bounds: null, maximized: false }, []).bounds).toEqual({ width: 1280, height: 800 })
  })

  test('where it was, also on the second screen', () => {
    expect(placeWindow(at(100, 100), [main, second]).bounds).toEqual(at(100, 100).bounds)
    expect(placeWindow(at(2000, 300), [main, second]).bounds).toEqual(at(2000, 300).bounds)
  })

  test('on the main screen once the second one is gone', () => {
    expect(placeWindow(at(2000, 300), [main]).bounds).toEqual({ width: 800, height: 600 })
  })

  test('pushed back where it hung over an edge, and smaller on a smaller screen', () => {
    expect(placeWindow(at(1300, 850), [main]).bounds).toEqual({ x: 640, y: 300, width: 800, height: 600 })
    expect(placeWindow(at(0, 25, 3000, 2000), [main]).bounds).toEqual(main)
  })

  test('always so that its upper edge can be taken hold of', () => {
    const screen = fc.record({
      x: fc.integer({ min: -4000, max: 4000 }),
      y: fc.integer({ min: -2000, max: 2000 }),
      width: fc.integer({ min: 800, max: 5000 }),
      height: fc.integer({ min: 600, max: 3000 }),
    })
    const bounds = fc.record({
      x: fc.integer({ min: -9000, max: 9000 }),
      y: fc.integer({ min: -9000, max: 9000 }),
      width: fc.integer({ min: 1, max: 9000 }),
      height: fc.integer({ min: 1, max: 9000 }),
    })
    fc.assert(
      fc.property(bounds, fc.array(screen, { minLength: 1, maxLength: 4 }), (was, screens) => {
        const { x, y, width = 0, height = 0 } = placeWindow({ bounds: was, maximized: false }, screens).bounds
        // Without a place, the system puts it in the middle of the main screen.
        if (x === undefined || y === undefined) return
        const inside = (area: Box): boolean =>
          x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height
        expect(screens.some(inside)).toBe(true)
      }),
    )
  })
})

describe('its place is kept', () => {
  const file = path.join(tempFolder(), 'desktop', 'window.json')

  test('and read again', () => {
    const state = { bounds: { x: -5, y: 0, width: 700, height: 500 }, maximized: true }
    keepWindowState(file, state)
    expect(readWindowState(file)).toEqual(state)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(state)
  })

  test.each(['', '{', 'null', '[]', '{"bounds":{"x":1}}', '{"bounds":{"x":"1","y":1,"width":1,"height":1}}'])(
    'nonsense (%s) is none',
    (text) => {
      writeFileSync(file, text)
      expect(readWindowState(file)).toEqual({ bounds: null, maximized: false })
    },
  )

  test('a place that cannot be written is no failure', () => {
    expect(() => keepWindowState(path.join(file, 'below a file', 'x.json'), at(0, 0))).not.toThrow()
  })
})
