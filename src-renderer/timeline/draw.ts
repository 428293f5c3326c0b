import type { Ticks } from '../../src-shared/contract/time.ts'
import type { View } from './view.ts'

/** Where something is drawn, in CSS pixels. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function xOf(time: Ticks, view: View, { x, width }: Area): number {
  return x + ((time - view.from) / (view.to - view.from)) * width
}

export function timeOf(x: number, view: View, area: Pick<Area, 'x' | 'width'>): Ticks {
  return Math.round(view.from + ((x - area.x) / Math.max(1, area.width)) * (view.to - view.from))
}

/** Lowest and highest of each bucket from `from` on, `step` long each; null: nothing was measured. */
export interface Buckets {
  readonly from: Ticks
  readonly step: Ticks
  readonly low: readonly (number | null)[]
  readonly high: readonly (number | null)[]
}

/** A curve between `bottom` and `top` of its values, filled from below, its upper edge drawn as a line. */
export function drawCurve(
  context: CanvasRenderingContext2D,
  { from, step, low, high }: Buckets,
  view: View,
  area: Area,
  { bottom, top, line, fill }: { bottom: number; top: number; line: string; fill: string | null },
): void {
  const scale = (value: number): number =>
    area.y + area.height - (Math.min(Math.max(value, bottom), top) - bottom) * (area.height / (top - bottom || 1))
  const first = Math.max(0, Math.floor((view.from - from) / step) - 1)
  const last = Math.min(high.length - 1, Math.ceil((view.to - from) / step) + 1)
  let run: number[] = []
  const flush = (): void => {
    if (run.length > 0) drawRun(context, run, area.y + area.height, line, fill)
    run = []
  }
  for (let i = first; i <= last; i += 1) {
    const value = high[i]
    if (value == null) {
      flush()
      continue
    }
    const x = xOf(from + (i + 0.5) * step, view, area)
    run.push(x, scale(value))
    // What swings far within a bucket is drawn down to its lowest, so that no dip disappears.
    const least = low[i]
    if (fill === null && least != null && value - least > (top - bottom) / 50) run.push(x, scale(least))
  }
  flush()
}

function drawRun(
  context: CanvasRenderingContext2D,
  points: readonly number[],
  ground: number,
  line: string,
  fill: string | null,
): void {
  context.beginPath()
  for (let i = 0; i < points.length; i += 2) {
    if (i === 0) context.moveTo(points[i]!, points[i + 1]!)
    else context.lineTo(points[i]!, points[i + 1]!)
  }
  context.strokeStyle = line
  context.lineWidth = 1.25
  context.lineJoin = 'round'
  context.stroke()
  if (fill === null) return
  context.lineTo(points[points.length - 2]!, ground)
  context.lineTo(points[0]!, ground)
  context.closePath()
  context.fillStyle = fill
  context.fill()
}

/** Swings of a sound, 0 to 255 below and above the middle. */
export function drawWave(
  context: CanvasRenderingContext2D,
  { from, step, low, high }: { from: Ticks; step: Ticks; low: readonly number[]; high: readonly number[] },
  view: View,
  area: Area,
  colour: string,
): void {
  const middle = area.y + area.height / 2
  const first = Math.max(0, Math.floor((view.from - from) / step))
  const last = Math.min(high.length - 1, Math.ceil((view.to - from) / step))
  const width = Math.max(0.75, (step / (view.to - view.from)) * area.width)
  context.fillStyle = colour
  context.beginPath()
  for (let i = first; i <= last; i += 1) {
    const up = ((high[i] ?? 0) / 255) * (area.height / 2)
    const down = ((low[i] ?? 0) / 255) * (area.height / 2)
    context.rect(xOf(from + i * step, view, area), middle - up, width, Math.max(0.75, up + down))
  }
  context.fill()
}

/** Text that does not run out of its area. */
export function drawLabel(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, width }: Pick<Area, 'x' | 'y' | 'width'>,
  colour: string,
): void {
  context.fillStyle = colour
  context.textBaseline = 'middle'
  let shown = text
  while (shown.length > 1 && context.measureText(shown).width > width) shown = `${shown.slice(0, -2).trimEnd()}…`
  if (shown.length > 1) context.fillText(shown, x, y)
}
