import type { Ticks } from '../../src-shared/contract/time.ts'
import { timeOf } from './draw.ts'
import { cursorAt, handleAt, laneAt, momentUnder } from './hit.ts'
import { RULER_HEIGHT, type Scene, type Span } from './scene.ts'
import { panView, pinchOf, pinchView, snap, wheelPixels, wheelZoom, zoomView } from './view.ts'
import type { Pinch, Point, View } from './view.ts'

export interface GestureDeps {
  readonly scene: () => Scene
  readonly width: () => number
  readonly onView: (view: View) => void
  readonly onSeek: (time: Ticks) => void
  readonly onMoment: (id: number, open: boolean) => void
  /** `done` false while dragging; null: it was given up. */
  readonly onTrim: (span: Span | null, done: boolean) => void
  /** The same of a new clip; undefined: here none can be made. */
  readonly onMark: ((span: Span | null, done: boolean) => void) | undefined
  readonly onHover: (hover: Hover | null) => void
  /** Times that ends of a trim stick to. */
  readonly snapPoints: () => Iterable<Ticks>
}

/** Where the pointer is, in pixels from the left, and the time that it means. */
export interface Hover {
  readonly x: number
  readonly time: Ticks
}

type Drag =
  | { readonly kind: 'press'; readonly at: Point; readonly view: View; readonly time: Ticks }
  | { readonly kind: 'pan'; readonly x: number; readonly view: View }
  | { readonly kind: 'scrub' }
  | { readonly kind: 'trim'; readonly end: 'start' | 'end' }
  | { readonly kind: 'mark'; readonly x: number; readonly anchor: Ticks }
  | { readonly kind: 'pinch'; readonly before: Pinch; readonly view: View }

/** Pixels that a pointer moves before a press is a drag; a finger is less steady than a mouse. */
const SLIP = 4
const SLIP_OF_FINGER = 10
const SNAP = 8
/** Milliseconds that a finger rests before it marks. */
export const LONG_PRESS = 450
/** A trim leaves at least a hundredth of a second. */
const LEAST: Ticks = 7_056_000

/**
 * Pointer and wheel on the timeline's canvas: pressing seeks, dragging pans, Shift or a finger that rests marks a new
 * clip, wheel and pinch look closer. Returns what ends it.
 */
export function listenToGestures(canvas: HTMLElement, deps: GestureDeps): () => void {
  const ended = new AbortController()
  const pointers = new Map<number, Point>()
  let drag: Drag | null = null
  let resting: ReturnType<typeof setTimeout> | undefined
  /** Where a mouse is, for the cursor when Shift goes down. */
  let over: Point | null = null

  const place = (event: MouseEvent): Point => {
    const box = canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const timeAt = (x: number): Ticks => {
    const { view, duration } = deps.scene()
    return Math.min(duration, Math.max(0, timeOf(x, view, { x: 0, width: deps.width() })))
  }
  const snappedAt = (x: number, free: boolean): Ticks => {
    if (free) return timeAt(x)
    const { view } = deps.scene()
    return snap(timeAt(x), deps.snapPoints(), (SNAP / deps.width()) * (view.to - view.from))
  }
  const show = (drawn: 'pan' | 'scrub' | 'trim' | 'mark' | null, shift = false): void => {
    canvas.style.cursor = drawn === null ? (over === null ? '' : cursorAt(over, deps, shift)) : cursors[drawn]
  }

  function trimTo(end: 'start' | 'end', x: number, done: boolean, free: boolean): void {
    const { trim } = deps.scene()
    if (trim === null) return
    const time = snappedAt(x, free)
    deps.onHover(done ? null : { x, time })
    const span =
      end === 'start'
        ? { start: Math.min(time, trim.end - LEAST), end: trim.end }
        : { start: trim.start, end: Math.max(time, trim.start + LEAST) }
    deps.onTrim(span, done)
  }
  function beginMark(x: number, free: boolean): void {
    const anchor = snappedAt(x, free)
    drag = { kind: 'mark', x, anchor }
    show('mark')
    deps.onHover({ x, time: anchor })
    deps.onMark?.({ start: anchor, end: anchor }, false)
  }
  function markTo({ x: from, anchor }: { x: number; anchor: Ticks }, x: number, done: boolean, free: boolean): void {
    const time = snappedAt(x, free)
    const span = { start: Math.min(anchor, time), end: Math.max(anchor, time) }
    deps.onHover(done ? null : { x, time })
    // Back where it was begun, nothing is meant.
    const nothing = done && (Math.abs(x - from) < SLIP || span.start === span.end)
    deps.onMark?.(nothing ? null : span, done)
  }
  function giveUp(): void {
    clearTimeout(resting)
    const was = drag
    drag = null
    if (was?.kind === 'trim') deps.onTrim(null, true)
    if (was?.kind === 'mark') deps.onMark?.(null, true)
    if (was !== null) show(null)
  }
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    does: (event: HTMLElementEventMap[Name]) => void,
    options: AddEventListenerOptions = {},
  ): void => canvas.addEventListener(name, does, { ...options, signal: ended.signal })

  on('pointerdown', (event) => {
    if (event.button !== 0) return
    const at = place(event)
    canvas.setPointerCapture(event.pointerId)
    pointers.set(event.pointerId, at)
    clearTimeout(resting)
    const [a, b] = pointers.values()
    if (a !== undefined && b !== undefined) {
      giveUp()
      drag = { kind: 'pinch', before: pinchOf(a, b), view: deps.scene().view }
      return
    }
    const handle = handleAt(at, deps)
    const canMark = deps.onMark !== undefined
    if (event.shiftKey && canMark) beginMark(at.x, event.altKey)
    else if (handle !== null) drag = { kind: 'trim', end: handle }
    else if (at.y < RULER_HEIGHT) {
      drag = { kind: 'scrub' }
      deps.onSeek(timeAt(at.x))
    } else {
      drag = { kind: 'press', at, view: deps.scene().view, time: timeAt(at.x) }
      if (event.pointerType === 'touch' && canMark) resting = setTimeout(() => beginMark(at.x, false), LONG_PRESS)
    }
  })

  on('pointermove', (event) => {
    const at = place(event)
    const { x } = at
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, at)
    if (drag?.kind === 'press') {
      const slip = event.pointerType === 'touch' ? SLIP_OF_FINGER : SLIP
      if (Math.abs(x - drag.at.x) < slip) return
      clearTimeout(resting)
      drag = { kind: 'pan', x: drag.at.x, view: drag.view }
      deps.onHover(null)
      show('pan')
    }
    switch (drag?.kind) {
      case undefined:
        over = at
        deps.onHover({ x, time: timeAt(x) })
        show(null, event.shiftKey)
        return
      case 'scrub':
        deps.onSeek(timeAt(x))
        deps.onHover({ x, time: timeAt(x) })
        return
      case 'trim':
        trimTo(drag.end, x, false, event.altKey)
        return
      case 'mark':
        markTo(drag, x, false, event.altKey)
        return
      case 'pinch': {
        const [a, b] = pointers.values()
        if (a === undefined || b === undefined) return
        deps.onView(pinchView(drag.view, drag.before, pinchOf(a, b), deps.width(), deps.scene().duration))
        return
      }
      case 'pan': {
        const by = ((drag.x - x) / deps.width()) * (drag.view.to - drag.view.from)
        deps.onView(panView(drag.view, by, deps.scene().duration))
      }
    }
  })

  const release = (event: PointerEvent): void => {
    const { x } = place(event)
    clearTimeout(resting)
    if (!pointers.delete(event.pointerId)) return
    const was = drag
    const [left] = pointers.values()
    if (was?.kind === 'pinch' && left !== undefined) {
      // The finger that stays goes on panning.
      drag = { kind: 'pan', x: left.x, view: deps.scene().view }
      return
    }
    if (event.type !== 'pointerup') {
      giveUp()
      return
    }
    drag = null
    if (was !== null) show(null, event.shiftKey)
    if (was?.kind === 'trim') trimTo(was.end, x, true, event.altKey)
    if (was?.kind === 'mark') markTo(was, x, true, event.altKey)
    if (was?.kind === 'press') {
      const scene = deps.scene()
      const moment = momentUnder(scene, laneAt(scene, was.at.y), was.time)
      if (moment === null) deps.onSeek(was.time)
      else deps.onMoment(moment.id, false)
    }
  }
  on('pointerup', release)
  on('pointercancel', release)
  on('pointerleave', () => {
    over = null
    deps.onHover(null)
  })
  // A finger that marks does not scroll the page, nor open a menu.
  on('touchmove', (event) => drag?.kind === 'mark' && event.cancelable && event.preventDefault(), { passive: false })
  on('contextmenu', (event) => pointers.size > 0 && event.preventDefault())

  on('dblclick', (event) => {
    const scene = deps.scene()
    const moment = momentUnder(scene, 'moments', timeAt(place(event).x))
    if (moment !== null) deps.onMoment(moment.id, true)
  })

  on(
    'wheel',
    (event) => {
      event.preventDefault()
      const { view, duration } = deps.scene()
      const { deltaX, deltaY, deltaMode } = event
      deps.onHover(null)
      if (!event.ctrlKey && (event.shiftKey || Math.abs(deltaX) > Math.abs(deltaY))) {
        const by = wheelPixels(deltaX === 0 ? deltaY : deltaX, deltaMode) / deps.width()
        deps.onView(panView(view, by * (view.to - view.from), duration))
        return
      }
      const factor = wheelZoom(wheelPixels(deltaY, deltaMode), event.ctrlKey)
      deps.onView(zoomView(view, factor, timeAt(place(event).x), duration))
    },
    { passive: false },
  )

  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Shift' && drag === null && over !== null) show(null, event.type === 'keydown')
    if (event.type !== 'keydown' || event.key !== 'Escape' || (drag?.kind !== 'trim' && drag?.kind !== 'mark')) return
    event.preventDefault()
    event.stopPropagation()
    deps.onHover(null)
    giveUp()
  }
  // Before what Escape means on the page.
  window.addEventListener('keydown', key, { signal: ended.signal, capture: true })
  window.addEventListener('keyup', key, { signal: ended.signal, capture: true })
  return () => {
    clearTimeout(resting)
    ended.abort()
  }
}

const cursors = { pan: 'grabbing', scrub: 'col-resize', trim: 'ew-resize', mark: 'crosshair' } as const
