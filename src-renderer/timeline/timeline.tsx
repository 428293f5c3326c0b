import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { secondsFromTicks, TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { useFormat } from '../i18n/use-format.ts'
import { theme } from '../preferences.ts'
import type { Store } from '../store.ts'
import { drawScene } from './draw-scene.ts'
import { xOf } from './draw.ts'
import { listenToGestures } from './gestures.ts'
import { readPalette, type Palette } from './palette.ts'
import { placeLanes, type Scene, type Span } from './scene.ts'
import { followView, zoomView, type View } from './view.ts'

interface Props {
  readonly scene: Scene
  readonly playhead: Store<Ticks>
  readonly playing: Store<boolean>
  readonly onView: (view: View) => void
  readonly onSeek: (time: Ticks) => void
  /** `open`: shown large, rather than only chosen. */
  readonly onMoment: (id: number, open: boolean) => void
  readonly onTrim: (span: Span, done: boolean) => void
  readonly snapPoints: () => Iterable<Ticks>
  /** Set to what draws again: more was loaded. */
  readonly redraw: { current: () => void }
}

/**
 * A recording from end to end. Drawn on two canvases, so that playing moves a line and nothing else. Wheel and pinch
 * look closer, dragging pans, the ruler scrubs.
 */
export function Timeline({ scene, playhead, playing, onView, onSeek, onMoment, onTrim, snapPoints, redraw }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const frame = useRef<HTMLDivElement>(null)
  const ground = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const latest = useRef({ scene, onView, onSeek, onMoment, onTrim, snapPoints })
  latest.current = { scene, onView, onSeek, onMoment, onTrim, snapPoints }
  const repaint = useRef<(what: 'all' | 'playhead') => void>(() => {})
  const { height } = placeLanes(scene.lanes)

  useEffect(() => {
    const [box, below, over] = [frame.current, ground.current, above.current]
    const [context, overlay] = [below?.getContext('2d'), over?.getContext('2d')]
    if (box === null || below === null || over === null || context == null || overlay == null) return
    let palette: Palette | null = null
    let width = box.clientWidth
    let hover: Ticks | null = null
    let due: 'all' | 'playhead' | null = null
    let handle = 0

    const paint = (): void => {
      handle = 0
      const all = due === 'all'
      due = null
      palette ??= readPalette(box)
      const now = latest.current.scene
      const tall = placeLanes(now.lanes).height
      if (all) {
        fit(below, context, width, tall)
        drawScene(context, now, palette, width)
      }
      fit(over, overlay, width, tall)
      overlay.clearRect(0, 0, width, tall)
      const area = { x: 0, y: 0, width, height: tall }
      if (hover !== null) {
        overlay.fillStyle = palette.faint
        overlay.fillRect(Math.round(xOf(hover, now.view, area)), 0, 1, tall)
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
    redraw.current = () => ask('all')

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
      playhead.subscribe(() => {
        const { scene: now, onView: show } = latest.current
        const time = playhead.get()
        const next = playing.get() ? followView(now.view, time, now.duration) : now.view
        if (next !== now.view) show(next)
        ask('playhead')
      }),
      listenToGestures(over, {
        scene: () => latest.current.scene,
        width: () => width,
        onView: (view) => latest.current.onView(view),
        onSeek: (time) => latest.current.onSeek(time),
        onMoment: (id, open) => latest.current.onMoment(id, open),
        onTrim: (span, done) => latest.current.onTrim(span, done),
        snapPoints: () => latest.current.snapPoints(),
        onHover(time) {
          hover = time
          ask('playhead')
        },
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
  }, [playhead, playing, redraw])

  useLayoutEffect(() => repaint.current('all'), [scene])

  // Whole seconds, without React: a screen reader hears of each at most once.
  useEffect(() => {
    let told = -1
    return playhead.subscribe(() => {
      const seconds = Math.floor(secondsFromTicks(playhead.get()))
      if (seconds === told) return
      told = seconds
      frame.current?.setAttribute('aria-valuenow', String(seconds))
      frame.current?.setAttribute('aria-valuetext', format.duration(seconds))
    })
  }, [playhead, format])

  const { duration } = scene
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
    if (to !== undefined) onSeek(Math.min(duration, Math.max(0, to)))
    else if (event.key === '+' || event.key === '=') onView(zoomView(scene.view, 0.6, now, duration))
    else if (event.key === '-') onView(zoomView(scene.view, 1 / 0.6, now, duration))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={t('timeline.label')}
      aria-valuemin={0}
      aria-valuemax={Math.round(secondsFromTicks(duration))}
      aria-valuenow={second}
      aria-valuetext={format.duration(second)}
      onKeyDown={move}
      className="relative w-full touch-pan-y overflow-hidden select-none"
      style={{ height }}
    >
      <canvas ref={ground} className="absolute inset-0 size-full" />
      <canvas ref={above} className="absolute inset-0 size-full cursor-crosshair" />
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
