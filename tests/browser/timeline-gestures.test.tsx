import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listenToGestures, LONG_PRESS, type Hover } from '../../src-renderer/timeline/gestures.ts'
import type { Moment, Scene, Span } from '../../src-renderer/timeline/scene.ts'
import { indexSpans } from '../../src-renderer/timeline/spans.ts'
import type { View } from '../../src-renderer/timeline/view.ts'
import { TICKS_PER_SECOND as S } from '../../src-shared/domain/time.ts'

// A second is ten pixels: what is pressed at 300 is at 30 s.
const WIDTH = 1000
const LANE = 120
const MOMENTS = 40

let canvas: HTMLDivElement
let stop = (): void => {}
beforeEach(() => {
  canvas = document.createElement('div')
  canvas.style.cssText = `position: fixed; left: 0; top: 0; width: ${WIDTH}px; height: 200px`
  // Pointers that a test makes up cannot be captured.
  canvas.setPointerCapture = () => {}
  document.body.replaceChildren(canvas)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const moment: Moment = { id: 7, start: 50 * S, end: 60 * S, peak: 55 * S, score: 0.9, state: 'candidate', label: 'Ace' }

function listening(change: Partial<Scene> = {}, snapPoints: readonly number[] = [], canMark = true) {
  let scene: Scene = {
    view: { from: 0, to: 100 * S },
    duration: 36_000 * S,
    lanes: [
      { kind: 'moments', label: '' },
      { kind: 'score', label: '' },
      { kind: 'speech', label: '' },
    ],
    moments: [moment],
    selected: null,
    markers: indexSpans<never>([]),
    lines: indexSpans<never>([]),
    trim: null,
    mark: null,
    source: {
      curves: () => undefined,
      known: () => undefined,
      wave: () => undefined,
      rangeOf: () => ({ bottom: 0, top: 1 }),
    },
    ...change,
  }
  const did = {
    onView: vi.fn((view: View) => void (scene = { ...scene, view })),
    onSeek: vi.fn<(time: number) => void>(),
    onMoment: vi.fn<(id: number, open: boolean) => void>(),
    onTrim: vi.fn<(span: Span | null, done: boolean) => void>(),
    onMark: vi.fn<(span: Span | null, done: boolean) => void>(),
    onHover: vi.fn<(hover: Hover | null) => void>(),
  }
  const onMark = canMark ? did.onMark : undefined
  stop = listenToGestures(canvas, {
    ...did,
    onMark,
    scene: () => scene,
    width: () => WIDTH,
    snapPoints: () => snapPoints,
  })
  return { ...did, view: () => scene.view }
}

type Pointer = 'mouse' | 'touch'
function point(name: 'down' | 'move' | 'up' | 'cancel', x: number, y: number, how: PointerEventInit = {}): void {
  const about = {
    clientX: x,
    clientY: y,
    pointerId: 1,
    pointerType: 'mouse' satisfies Pointer,
    button: 0,
    bubbles: true,
  }
  canvas.dispatchEvent(new PointerEvent(`pointer${name}`, { ...about, ...how }))
}
const finger = (id: number): PointerEventInit => ({ pointerId: id, pointerType: 'touch' satisfies Pointer })
const seconds = (span: Span | null | undefined) => span && { start: span.start / S, end: span.end / S }

describe('a mouse on the timeline', () => {
  it('seeks where it is pressed, chooses a moment in its lane, and opens it by a double click', () => {
    const { onSeek, onMoment } = listening()
    point('down', 300, LANE)
    point('up', 300, LANE)
    expect(onSeek).toHaveBeenLastCalledWith(30 * S)
    point('down', 550, MOMENTS)
    point('up', 550, MOMENTS)
    expect(onMoment).toHaveBeenLastCalledWith(7, false)
    canvas.dispatchEvent(new MouseEvent('dblclick', { clientX: 550, clientY: MOMENTS }))
    expect(onMoment).toHaveBeenLastCalledWith(7, true)
    expect(onSeek).toHaveBeenCalledTimes(1)
  })

  it('pans by dragging, and neither seeks nor marks then', () => {
    const { onSeek, onMark, view } = listening({ view: { from: 100 * S, to: 200 * S } })
    point('down', 500, LANE)
    point('move', 400, LANE)
    point('up', 400, LANE)
    expect(view()).toEqual({ from: 110 * S, to: 210 * S })
    expect(onSeek).not.toHaveBeenCalled()
    expect(onMark).not.toHaveBeenCalled()
  })

  it('marks with Shift, in either direction, and sticks to what is near unless Alt is held', () => {
    const { onMark } = listening({}, [20 * S, 41 * S])
    point('down', 203, LANE, { shiftKey: true })
    point('move', 405, LANE, { shiftKey: true })
    expect(seconds(onMark.mock.lastCall?.[0])).toEqual({ start: 20, end: 41 })
    expect(onMark.mock.lastCall?.[1]).toBe(false)
    point('move', 405, LANE, { shiftKey: true, altKey: true })
    expect(seconds(onMark.mock.lastCall?.[0])).toEqual({ start: 20, end: 40.5 })
    point('up', 100, LANE)
    expect(seconds(onMark.mock.lastCall?.[0])).toEqual({ start: 10, end: 20 })
    expect(onMark.mock.lastCall?.[1]).toBe(true)
  })

  it('marks nothing where it comes back, where Escape is pressed, and where no clips are made', () => {
    const { onMark, onSeek } = listening()
    point('down', 300, LANE, { shiftKey: true })
    point('up', 301, LANE)
    expect(onMark).toHaveBeenLastCalledWith(null, true)
    point('down', 300, LANE, { shiftKey: true })
    point('move', 500, LANE)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }))
    expect(onMark).toHaveBeenLastCalledWith(null, true)
    onMark.mockClear()
    point('up', 500, LANE)
    expect(onMark).not.toHaveBeenCalled()
    expect(onSeek).not.toHaveBeenCalled()
    stop()
    const other = listening({}, [], false)
    point('down', 300, LANE, { shiftKey: true })
    point('up', 300, LANE, { shiftKey: true })
    expect(other.onSeek).toHaveBeenLastCalledWith(30 * S)
  })

  it('trims by the ends, and gives it up when the system takes the pointer away', () => {
    const { onTrim } = listening({ trim: { start: 20 * S, end: 40 * S } }, [43 * S])
    point('down', 402, LANE)
    point('move', 425, LANE)
    expect(seconds(onTrim.mock.lastCall?.[0])).toEqual({ start: 20, end: 43 })
    point('up', 150, LANE)
    // An end does not pass the other one.
    expect(seconds(onTrim.mock.lastCall?.[0])).toEqual({ start: 20, end: 20.01 })
    expect(onTrim.mock.lastCall?.[1]).toBe(true)
    point('down', 198, LANE)
    point('cancel', 100, LANE)
    expect(onTrim).toHaveBeenLastCalledWith(null, true)
  })

  it('says by its cursor what a press would do', () => {
    listening({ trim: { start: 20 * S, end: 40 * S } })
    const at = (x: number, y: number, how: PointerEventInit = {}): string => {
      point('move', x, y, how)
      return canvas.style.cursor
    }
    expect(at(700, 10)).toBe('col-resize')
    expect(at(700, LANE)).toBe('grab')
    expect(at(550, MOMENTS)).toBe('pointer')
    expect(at(400, LANE)).toBe('ew-resize')
    expect(at(700, LANE, { shiftKey: true })).toBe('crosshair')
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 'Shift' }))
    expect(canvas.style.cursor).toBe('grab')
    point('down', 700, LANE)
    point('move', 600, LANE)
    expect(canvas.style.cursor).toBe('grabbing')
    point('up', 600, LANE)
    expect(canvas.style.cursor).toBe('grab')
  })
})

describe('a wheel', () => {
  const wheel = (how: WheelEventInit): boolean =>
    canvas.dispatchEvent(new WheelEvent('wheel', { clientX: 250, clientY: LANE, cancelable: true, ...how }))
  const under = ({ from, to }: View): number => (from + 0.25 * (to - from)) / S

  it('looks closer at what lies under the pointer; a trackpad’s pinch does too, in finer steps', () => {
    const { view } = listening({ view: { from: 1000 * S, to: 1100 * S } })
    expect(wheel({ deltaY: -100 })).toBe(false)
    expect(view().to - view().from).toBeLessThan(100 * S)
    expect(under(view())).toBeCloseTo(1025, 6)
    const before = view().to - view().from
    // The page itself must not grow.
    expect(wheel({ deltaY: -5, ctrlKey: true })).toBe(false)
    expect((view().to - view().from) / before).toBeCloseTo(Math.exp(-0.05), 6)
    expect(under(view())).toBeCloseTo(1025, 6)
    // Some pinches have a sideways part, which pans nothing.
    wheel({ deltaX: 30, deltaY: 2, ctrlKey: true })
    expect(under(view())).toBeCloseTo(1025, 6)
  })

  it('pans sideways, and with Shift', () => {
    const { view } = listening({ view: { from: 1000 * S, to: 1100 * S } })
    wheel({ deltaX: 100 })
    expect(view().from).toBe(1010 * S)
    wheel({ deltaY: -100, shiftKey: true })
    expect(view().from).toBe(1000 * S)
    wheel({ deltaY: 1, deltaMode: 1, shiftKey: true })
    expect(view().from).toBeCloseTo(1001.6 * S, -3)
  })
})

describe('fingers', () => {
  it('pan with one, and seek by a tap', () => {
    const { onSeek, view } = listening({ view: { from: 100 * S, to: 200 * S } })
    point('down', 500, LANE, finger(1))
    point('move', 505, LANE, finger(1))
    point('up', 505, LANE, finger(1))
    expect(onSeek).toHaveBeenLastCalledWith(150 * S)
    point('down', 500, LANE, finger(1))
    point('move', 600, LANE, finger(1))
    point('up', 600, LANE, finger(1))
    expect(view()).toEqual({ from: 90 * S, to: 190 * S })
    expect(onSeek).toHaveBeenCalledTimes(1)
  })

  it('zoom with two, and go on panning with the one that stays', () => {
    const { onSeek, view } = listening({ view: { from: 1000 * S, to: 1100 * S } })
    point('down', 400, LANE, finger(1))
    point('down', 600, LANE, finger(2))
    point('move', 300, LANE, finger(1))
    point('move', 700, LANE, finger(2))
    // Twice as far apart: half as much in sight, around the same middle.
    expect(view()).toEqual({ from: 1025 * S, to: 1075 * S })
    point('up', 300, LANE, finger(1))
    point('move', 800, LANE, finger(2))
    expect(view()).toEqual({ from: 1020 * S, to: 1070 * S })
    point('up', 800, LANE, finger(2))
    expect(onSeek).not.toHaveBeenCalled()
  })

  it('mark after resting: a long press, then a drag', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { onMark, onSeek, view } = listening()
    point('down', 300, LANE, finger(1))
    vi.advanceTimersByTime(LONG_PRESS - 1)
    expect(onMark).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(seconds(onMark.mock.lastCall?.[0])).toEqual({ start: 30, end: 30 })
    const scroll = new TouchEvent('touchmove', { cancelable: true })
    canvas.dispatchEvent(scroll)
    expect(scroll.defaultPrevented).toBe(true)
    point('move', 450, LANE, finger(1))
    point('up', 450, LANE, finger(1))
    expect(seconds(onMark.mock.lastCall?.[0])).toEqual({ start: 30, end: 45 })
    expect(onMark.mock.lastCall?.[1]).toBe(true)
    expect(onSeek).not.toHaveBeenCalled()
    expect(view()).toEqual({ from: 0, to: 100 * S })
  })

  it('do not mark once they move, are lifted, or are two', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { onMark } = listening({ view: { from: 100 * S, to: 200 * S } })
    point('down', 300, LANE, finger(1))
    point('move', 330, LANE, finger(1))
    vi.advanceTimersByTime(LONG_PRESS * 2)
    point('up', 330, LANE, finger(1))
    point('down', 300, LANE, finger(1))
    point('up', 300, LANE, finger(1))
    vi.advanceTimersByTime(LONG_PRESS * 2)
    point('down', 300, LANE, finger(1))
    point('down', 500, LANE, finger(2))
    vi.advanceTimersByTime(LONG_PRESS * 2)
    point('cancel', 300, LANE, finger(1))
    point('cancel', 500, LANE, finger(2))
    expect(onMark).not.toHaveBeenCalled()
  })
})
