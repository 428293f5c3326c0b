import type { Ticks } from '../../src-shared/contract/time.ts'
import { timeOf, xOf } from './draw.ts'
import { placeLanes, momentAt, RULER_HEIGHT, type Scene, type Span } from './scene.ts'
import { panView, snap, zoomView, type View } from './view.ts'

export interface GestureDeps {
  readonly scene: () => Scene
  readonly width: () => number
  readonly onView: (view: View) => void
  readonly onSeek: (time: Ticks) => void
  readonly onMoment: (id: number, open: boolean) => void
  /** `done` false while dragging. */
  readonly onTrim: (span: Span, done: boolean) => void
  readonly onHover: (time: Ticks | null) => void
  /** Times that ends of a trim stick to. */
  readonly snapPoints: () => Iterable<Ticks>
}

type Drag =
  | { readonly kind: 'press'; readonly x: number; readonly view: View; readonly time: Ticks; readonly y: number }
  | { readonly kind: 'pan'; readonly x: number; readonly view: View }
  | { readonly kind: 'scrub' }
  | { readonly kind: 'trim'; readonly end: 'start' | 'end' }
  | { readonly kind: 'pinch' }

/** Pixels around the end of a trim that take hold of it, and that a pointer moves before a press is a drag. */
const HOLD = 12
const SLIP = 4
const SNAP = 8

/** Pointer and wheel on the timeline's canvas. Returns what ends it. */
export function listenToGestures(canvas: HTMLElement, deps: GestureDeps): () => void {
  const ended = new AbortController()
  const pointers = new Map<number, number>()
  let drag: Drag | null = null
  let pinch: { distance: number; middle: number } | null = null
  const place = (event: MouseEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const timeAt = (x: number): Ticks => {
    const { view, duration } = deps.scene()
    return Math.min(duration, Math.max(0, timeOf(x, view, { x: 0, width: deps.width() })))
  }
  const handleAt = (x: number): 'start' | 'end' | null => {
    const { trim, view } = deps.scene()
    if (trim === null) return null
    const area = { x: 0, y: 0, width: deps.width(), height: 0 }
    const [left, right] = [Math.abs(x - xOf(trim.start, view, area)), Math.abs(x - xOf(trim.end, view, area))]
    if (Math.min(left, right) > HOLD) return null
    return left < right ? 'start' : 'end'
  }
  const trimTo = (end: 'start' | 'end', x: number, done: boolean, free: boolean): void => {
    const { trim, view } = deps.scene()
    if (trim === null) return
    const reach = free ? 0 : (SNAP / deps.width()) * (view.to - view.from)
    const time = free ? timeAt(x) : snap(timeAt(x), deps.snapPoints(), reach)
    const least = 7_056_000
    const span =
      end === 'start'
        ? { start: Math.min(time, trim.end - least), end: trim.end }
        : { start: trim.start, end: Math.max(time, trim.start + least) }
    deps.onTrim(span, done)
  }
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    does: (event: HTMLElementEventMap[Name]) => void,
    options: AddEventListenerOptions = {},
  ): void => canvas.addEventListener(name, does, { ...options, signal: ended.signal })

  on('pointerdown', (event) => {
    if (event.button !== 0) return
    const { x, y } = place(event)
    canvas.setPointerCapture(event.pointerId)
    pointers.set(event.pointerId, x)
    if (pointers.size === 2) {
      const [a = 0, b = 0] = pointers.values()
      pinch = { distance: Math.max(1, Math.abs(a - b)), middle: (a + b) / 2 }
      drag = { kind: 'pinch' }
      return
    }
    const handle = handleAt(x)
    if (handle !== null && y >= RULER_HEIGHT) drag = { kind: 'trim', end: handle }
    else if (y < RULER_HEIGHT) {
      drag = { kind: 'scrub' }
      deps.onSeek(timeAt(x))
    } else drag = { kind: 'press', x, y, view: deps.scene().view, time: timeAt(x) }
  })

  on('pointermove', (event) => {
    const { x } = place(event)
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, x)
    const { view, duration } = deps.scene()
    switch (drag?.kind) {
      case undefined:
        deps.onHover(timeAt(x))
        canvas.style.cursor = handleAt(x) === null ? '' : 'ew-resize'
        return
      case 'press':
        if (Math.abs(x - drag.x) < SLIP) return
        drag = { kind: 'pan', x: drag.x, view: drag.view }
        break
      case 'scrub':
        deps.onSeek(timeAt(x))
        return
      case 'trim':
        trimTo(drag.end, x, false, event.altKey)
        return
      case 'pinch': {
        const [a = 0, b = 0] = pointers.values()
        const distance = Math.max(1, Math.abs(a - b))
        if (pinch === null) return
        deps.onView(zoomView(view, pinch.distance / distance, timeAt((a + b) / 2), duration))
        pinch = { distance, middle: (a + b) / 2 }
        return
      }
      case 'pan':
    }
    if (drag?.kind === 'pan') {
      const by = ((drag.x - x) / deps.width()) * (drag.view.to - drag.view.from)
      deps.onView(panView(drag.view, by, duration))
    }
  })

  const release = (event: PointerEvent): void => {
    const { x } = place(event)
    pointers.delete(event.pointerId)
    const was = drag
    if (was?.kind === 'pinch' && pointers.size > 0) return
    drag = null
    pinch = null
    if (event.type !== 'pointerup') return
    if (was?.kind === 'trim') trimTo(was.end, x, true, event.altKey)
    if (was?.kind === 'press') {
      const { moments, selected, lanes } = deps.scene()
      const lane = placeLanes(lanes).areas.find((area) => was.y >= area.y && was.y < area.y + area.height)?.lane
      const moment = lane?.kind === 'moments' ? momentAt(moments, was.time, selected) : null
      if (moment === null) deps.onSeek(was.time)
      else deps.onMoment(moment.id, false)
    }
  }
  on('pointerup', release)
  on('pointercancel', release)
  on('pointerleave', () => deps.onHover(null))

  on('dblclick', (event) => {
    const { x } = place(event)
    const { moments, selected } = deps.scene()
    const moment = momentAt(moments, timeAt(x), selected)
    if (moment !== null) deps.onMoment(moment.id, true)
  })

  on(
    'wheel',
    (event) => {
      event.preventDefault()
      const { view, duration } = deps.scene()
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      // Lines and pages, where a wheel counts in them.
      const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1
      if (sideways) {
        const by = ((event.deltaX === 0 ? event.deltaY : event.deltaX) * unit) / deps.width()
        deps.onView(panView(view, by * (view.to - view.from), duration))
      } else {
        const factor = Math.exp(Math.min(1, Math.max(-1, (event.deltaY * unit) / 400)))
        deps.onView(zoomView(view, factor, timeAt(place(event).x), duration))
      }
    },
    { passive: false },
  )
  return () => ended.abort()
}
