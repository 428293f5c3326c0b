import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { secondsFromTicks, TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { useFormat } from '../i18n/use-format.ts'
import { theme } from '../preferences.ts'
import { createStore, type Store } from '../store.ts'
import { drawScene } from './draw-scene.ts'
import { xOf } from './draw.ts'
import { listenToGestures, type Hover } from './gestures.ts'
import { readPalette, type Palette } from './palette.ts'
import { placeLanes, type Ground, type Scene, type Span } from './scene.ts'
import { tellLying } from './tell-lying.ts'
import { TimelineTip } from './tip.tsx'
import { followView, zoomView, type View } from './view.ts'
import { whatLiesAt } from './what-lies-at.ts'

interface Props {
  readonly ground: Ground
  /** What is in sight. Panning changes nothing else: it passes React by. */
  readonly view: Store<View>
  readonly playhead: Store<Ticks>
  readonly playing: Store<boolean>
  readonly onSeek: (time: Ticks) => void
  /** `open`: shown large, rather than only chosen. */
  readonly onMoment: (id: number, open: boolean) => void
  readonly onTrim: (span: Span | null, done: boolean) => void
  /** Undefined: no clips are made here. */
  readonly onMark: ((span: Span | null, done: boolean) => void) | undefined
  readonly snapPoints: () => Iterable<Ticks>
  /** Set to what draws again: more was loaded. */
  readonly redraw: { current: () => void }
}

/**
 * A recording from end to end. Drawn on two canvases, so that playing moves a line and nothing else. Wheel and pinch
 * look closer, dragging pans, the ruler scrubs, dragging with Shift marks.
 */
export function Timeline({ ground, view, playhead, playing, redraw, ...does }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const frame = useRef<HTMLDivElement>(null)
  const below = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const hover = useMemo(() => createStore<Hover | null>(null), [])
  /** Grows with all that is loaded: then more can be told. */
  const loaded = useMemo(() => createStore(0), [])
  const latest = useRef({ ground, ...does })
  latest.current = { ground, ...does }
  const repaint = useRef<(what: 'all' | 'playhead') => void>(() => {})
  const sceneNow = useRef((): Scene => ({ ...latest.current.ground, view: view.get() })).current
  const { height } = placeLanes(ground.lanes)

  useEffect(() => {
    const [box, under, over] = [frame.current, below.current, above.current]
    const [context, overlay] = [under?.getContext('2d'), over?.getContext('2d')]
    if (box === null || under === null || over === null || context == null || overlay == null) return
    let palette: Palette | null = null
    let width = box.clientWidth
    let due: 'all' | 'playhead' | null = null
    let handle = 0

    const paint = (): void => {
      handle = 0
      const all = due === 'all'
      due = null
      palette ??= readPalette(box)
      const now = sceneNow()
      const tall = placeLanes(now.lanes).height
      if (all) {
        fit(under, context, width, tall)
        drawScene(context, now, palette, width)
      }
      fit(over, overlay, width, tall)
      overlay.clearRect(0, 0, width, tall)
      const area = { x: 0, y: 0, width, height: tall }
      const hovered = hover.get()
      if (hovered !== null) {
        overlay.fillStyle = palette.faint
        overlay.fillRect(Math.round(xOf(hovered.time, now.view, area)), 0, 1, tall)
      }
      const x = Math.round(xOf(playhead.get(), now.view, area))
      overlay.fillStyle = palette.bad
      overlay.fillRect(x - 1, 0, 2, tall)
      overlay.beginPath()
      overlay.moveTo(x - 6, 0)
      overlay.lineTo(x + 6, 0)
      overlay.lineTo(x, 8)
      overlay.fill()
    }
    const ask = (what: 'all' | 'playhead'): void => {
      due = due === 'all' ? 'all' : what
      if (handle === 0) handle = requestAnimationFrame(paint)
    }
    repaint.current = ask
    redraw.current = () => {
      loaded.set(loaded.get() + 1)
      ask('all')
    }

    const resized = new ResizeObserver(() => {
      width = box.clientWidth
      ask('all')
    })
    resized.observe(box)
    const repalette = (): void => {
      palette = null
      ask('all')
    }
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', repalette)
    const unlisten = [
      theme.subscribe(repalette),
      view.subscribe(() => ask('all')),
      hover.subscribe(() => ask('playhead')),
      playhead.subscribe(() => {
        if (playing.get()) view.set(followView(view.get(), playhead.get(), latest.current.ground.duration))
        ask('playhead')
      }),
      listenToGestures(over, {
        scene: sceneNow,
        width: () => width,
        onView: (next) => view.set(next),
        onSeek: (time) => latest.current.onSeek(time),
        onMoment: (id, open) => latest.current.onMoment(id, open),
        onTrim: (span, done) => latest.current.onTrim(span, done),
        get onMark() {
          return latest.current.onMark
        },
        snapPoints: () => latest.current.snapPoints(),
        onHover: (at) => hover.set(at),
      }),
    ]
    ask('all')
    return () => {
      cancelAnimationFrame(handle)
      resized.disconnect()
      dark.removeEventListener('change', repalette)
      for (const end of unlisten) end()
      repaint.current = () => {}
      redraw.current = () => {}
    }
  }, [playhead, playing, redraw, view, hover, loaded, sceneNow])

  useLayoutEffect(() => repaint.current('all'), [ground])

  // Whole seconds, without React: a screen reader hears of each at most once, and of what lies there once it rests.
  useEffect(() => {
    let told = ''
    const tell = (): void => {
      const time = playhead.get()
      const seconds = Math.floor(secondsFromTicks(time))
      const lying = playing.get()
        ? []
        : tellLying(whatLiesAt(sceneNow(), time, frame.current?.clientWidth ?? 1), t, format)
      const text = [format.duration(seconds), ...lying].join(', ')
      if (text === told) return
      told = text
      frame.current?.setAttribute('aria-valuenow', String(seconds))
      frame.current?.setAttribute('aria-valuetext', text)
    }
    tell()
    const unlisten = [playhead, playing, loaded].map((store) => store.subscribe(tell))
    return () => {
      for (const end of unlisten) end()
    }
  }, [playhead, playing, loaded, format, t, ground, sceneNow])

  const { duration } = ground
  const second = Math.floor(secondsFromTicks(playhead.get()))
  const move = (event: React.KeyboardEvent): void => {
    const step = TICKS_PER_SECOND * (event.shiftKey ? 10 : 1)
    const now = playhead.get()
    const to = {
      ArrowLeft: now - step,
      ArrowRight: now + step,
      PageUp: now - 60 * TICKS_PER_SECOND,
      PageDown: now + 60 * TICKS_PER_SECOND,
      Home: 0,
      End: duration,
    }[event.key]
    if (to !== undefined) {
      const time = Math.min(duration, Math.max(0, to))
      does.onSeek(time)
      // Who moves by keys sees what lies there, as the pointer shows it.
      view.set(followView(view.get(), time, duration))
      const area = { x: 0, y: 0, width: frame.current?.clientWidth ?? 1, height }
      hover.set({ x: xOf(time, view.get(), area), time })
    } else if (event.key === '+' || event.key === '=') view.set(zoomView(view.get(), 0.6, now, duration))
    else if (event.key === '-') view.set(zoomView(view.get(), 1 / 0.6, now, duration))
    else if (event.key === 'Escape' && hover.get() !== null) hover.set(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative">
      <TimelineTip hover={hover} loaded={loaded} scene={sceneNow} width={() => frame.current?.clientWidth ?? 1} />
      <div
        ref={frame}
        role="slider"
        tabIndex={0}
        aria-label={t('timeline.label')}
        aria-valuemin={0}
        aria-valuemax={Math.round(secondsFromTicks(duration))}
        aria-valuenow={second}
        onKeyDown={move}
        onBlur={() => hover.set(null)}
        className="relative w-full touch-pan-y overflow-hidden select-none"
        style={{ height }}
      >
        <canvas ref={below} className="absolute inset-0 size-full" />
        <canvas ref={above} className="absolute inset-0 size-full" />
      </div>
    </div>
  )
}

/** The canvas has as many pixels as the screen; the context counts in CSS pixels. */
function fit(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, width: number, height: number): void {
  const scale = devicePixelRatio
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
  }
  context.setTransform(scale, 0, 0, scale, 0, 0)
}
