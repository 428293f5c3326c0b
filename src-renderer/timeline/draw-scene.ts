import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'
import { drawCurve, drawLabel, drawWave, xOf, type Area } from './draw.ts'
import type { Palette } from './palette.ts'
import { placeLanes, RULER_HEIGHT, type Lane, type Moment, type Scene } from './scene.ts'
import { levelOf, tilesInView } from './tiles.ts'
import { rulerStep } from './view.ts'

/** Waves are kept finer than curves. */
export const WAVE_STEP = TICKS_PER_SECOND / 16
const LABEL_ROOM = 86
/** Pixels from which on a line's words are worth showing. */
const READABLE = 28

/** Draws all but the playhead into a context that counts in CSS pixels. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene, palette: Palette, width: number): void {
  const { areas, height } = placeLanes(scene.lanes)
  context.clearRect(0, 0, width, height)
  context.font = `11px ${palette.font}`
  drawRuler(context, scene, palette, width, height)
  for (const { lane, y, height: tall } of areas) {
    const area = { x: 0, y, width, height: tall }
    if (lane.kind !== 'moments') {
      context.fillStyle = palette.surface
      context.fillRect(0, y, width, tall)
    }
    drawLane(context, scene, palette, lane, area)
    if (lane.kind !== 'moments') drawName(context, lane.label, palette, area)
  }
  drawMarkers(context, scene, palette, width, height)
  drawTrim(context, scene, palette, width, height)
  drawMark(context, scene, palette, width, height)
}

function drawLane(context: CanvasRenderingContext2D, scene: Scene, palette: Palette, lane: Lane, area: Area): void {
  switch (lane.kind) {
    case 'moments':
      for (const moment of scene.moments) drawMoment(context, scene, palette, moment, area)
      return
    case 'score':
      for (const moment of scene.moments) shadeMoment(context, scene, palette, moment, area)
      drawCurves(context, scene, palette, area, null)
      return
    case 'curve':
      drawCurves(context, scene, palette, area, lane.signal)
      return
    case 'wave':
      drawWaves(context, scene, palette, area, lane.track)
      return
    case 'speech':
      drawSpeech(context, scene, palette, area)
  }
}

/** On a ground of its own, so that it can be read over a curve. */
function drawName(context: CanvasRenderingContext2D, name: string, palette: Palette, { y }: Area): void {
  const width = Math.min(140, context.measureText(name).width)
  context.fillStyle = palette.surface
  context.globalAlpha = 0.75
  context.fillRect(0, y, width + 12, 16)
  context.globalAlpha = 1
  drawLabel(context, name, { x: 6, y: y + 8, width: 140 }, palette.faint)
}

function drawRuler(
  context: CanvasRenderingContext2D,
  { view }: Scene,
  palette: Palette,
  width: number,
  height: number,
): void {
  const step = rulerStep(view, width, LABEL_ROOM)
  const area = { x: 0, y: 0, width, height }
  context.fillStyle = palette.faint
  context.textBaseline = 'middle'
  for (let time = Math.floor(view.from / step) * step; time <= view.to; time += step) {
    const x = Math.round(xOf(time, view, area)) + 0.5
    context.fillStyle = palette.line
    context.fillRect(x, RULER_HEIGHT - 6, 1, height)
    context.fillStyle = palette.faint
    context.fillText(rulerLabel(time / TICKS_PER_SECOND, step < TICKS_PER_SECOND), x + 4, 10)
  }
}

function rulerLabel(seconds: number, fine: boolean): string {
  const whole = Math.floor(seconds + 1e-6)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  const tenths = fine ? `.${Math.round((seconds - whole) * 10)}` : ''
  return `${h > 0 ? `${h}:${two(m)}` : m}:${two(s)}${tenths}`
}

const toneOf = (palette: Palette, { state }: Moment): string =>
  ({ candidate: palette.ember, kept: palette.good, rejected: palette.faint, passed: palette.faint })[state]

function drawMoment(context: CanvasRenderingContext2D, scene: Scene, palette: Palette, moment: Moment, area: Area) {
  const { view, selected } = scene
  if (moment.end <= view.from || moment.start >= view.to) return
  const x = xOf(moment.start, view, area)
  const width = Math.max(3, xOf(moment.end, view, area) - x)
  const tone = toneOf(palette, moment)
  const chosen = moment.id === selected
  context.globalAlpha = moment.state === 'passed' || moment.state === 'rejected' ? 0.4 : 1
  context.beginPath()
  context.roundRect(x, area.y + 4, width, area.height - 8, Math.min(5, width / 2))
  context.fillStyle = chosen ? tone : palette.emberWash
  if (!chosen && moment.state !== 'candidate') context.fillStyle = palette.hover
  context.fill()
  context.strokeStyle = tone
  context.lineWidth = chosen ? 2 : 1
  context.stroke()
  context.globalAlpha = 1
  if (width > 40) {
    const place = { x: x + 7, y: area.y + area.height / 2, width: width - 12 }
    drawLabel(context, moment.label, place, chosen ? palette.page : palette.ink)
  }
}

function shadeMoment(context: CanvasRenderingContext2D, scene: Scene, palette: Palette, moment: Moment, area: Area) {
  const { view, selected } = scene
  if (moment.end <= view.from || moment.start >= view.to) return
  if (moment.state === 'passed' && moment.id !== selected) return
  const x = xOf(moment.start, view, area)
  context.fillStyle = toneOf(palette, moment)
  context.globalAlpha = moment.id === selected ? 0.22 : 0.1
  context.fillRect(x, area.y, Math.max(2, xOf(moment.end, view, area) - x), area.height)
  context.globalAlpha = 1
}

/** `signal` null: the score. Where a level is not there yet, the coarser ones stand in. */
function drawCurves(
  context: CanvasRenderingContext2D,
  { view, duration, source }: Scene,
  palette: Palette,
  area: Area,
  signal: string | null,
): void {
  const level = levelOf(view, area.width)
  const range = signal === null ? { bottom: 0, top: 1 } : source.rangeOf(signal)
  let threshold: number | null = null
  for (const tile of tilesInView(view, level, duration)) {
    const known = source.curves(tile)
    if (known === undefined) continue
    threshold = known.threshold
    const buckets = signal === null ? known.score : known.curves.get(signal)
    if (buckets === undefined) continue
    context.save()
    context.beginPath()
    const left = xOf(tile.from, view, area)
    context.rect(left, area.y, xOf(tile.to, view, area) - left, area.height)
    context.clip()
    drawCurve(context, buckets, view, area, {
      ...range,
      line: signal === null ? palette.ember : palette.info,
      fill: signal === null ? palette.emberWash : null,
    })
    context.restore()
  }
  if (signal !== null || threshold === null || threshold >= 1) return
  const y = Math.round(area.y + area.height * (1 - threshold)) + 0.5
  context.strokeStyle = palette.soft
  context.setLineDash([3, 4])
  context.lineWidth = 1
  context.beginPath()
  context.moveTo(area.x, y)
  context.lineTo(area.x + area.width, y)
  context.stroke()
  context.setLineDash([])
}

function drawWaves(
  context: CanvasRenderingContext2D,
  { view, duration, source }: Scene,
  palette: Palette,
  area: Area,
  track: number,
): void {
  const level = levelOf(view, area.width, 2, WAVE_STEP)
  for (const tile of tilesInView(view, level, duration, 0, WAVE_STEP)) {
    const known = source.wave(track, tile)
    if (known !== undefined) drawWave(context, known, view, area, palette.soft)
  }
}

/** Lines too short to be read are drawn as one where they touch: of ten hours, tens of thousands are in sight. */
function drawSpeech(context: CanvasRenderingContext2D, { view, lines }: Scene, palette: Palette, area: Area): void {
  const middle = area.y + area.height / 2
  const fill = (from: number, to: number): void => context.fillRect(from, area.y + 3, to - from, area.height - 6)
  const [first, last] = lines.range(view.from, view.to)
  const readable: (readonly [text: string, x: number, width: number])[] = []
  let [from, to] = [0, -1]
  context.fillStyle = palette.hover
  for (let i = first; i < last; i += 1) {
    const line = lines.items[i]
    if (line === undefined || line.end <= view.from) continue
    const x = xOf(line.start, view, area)
    const width = xOf(line.end, view, area) - x
    if (width > READABLE) {
      fill(x, x + width - 1)
      readable.push([line.text, x, width])
    } else if (x <= to + 1) {
      to = Math.max(to, x + width)
    } else {
      if (to > from) fill(from, to)
      ;[from, to] = [x, Math.max(x + 1, x + width - 1)]
    }
  }
  if (to > from) fill(from, to)
  for (const [text, x, width] of readable) {
    drawLabel(context, text, { x: x + 5, y: middle, width: width - 10 }, palette.soft)
  }
}

/** Of markers on the same pixel, one is drawn. */
function drawMarkers(
  context: CanvasRenderingContext2D,
  { view, markers }: Scene,
  palette: Palette,
  width: number,
  height: number,
): void {
  const area = { x: 0, y: 0, width, height }
  const [first, last] = markers.range(view.from, view.to)
  let drawn = -1
  context.fillStyle = palette.warn
  context.beginPath()
  for (let i = first; i < last; i += 1) {
    const marker = markers.items[i]
    if (marker === undefined || marker.end < view.from) continue
    const { start, end } = marker
    const x = Math.round(xOf(start, view, area))
    if (end > start) context.rect(x, RULER_HEIGHT - 10, xOf(end, view, area) - x, 2)
    if (x === drawn) continue
    drawn = x
    context.moveTo(x - 4, RULER_HEIGHT - 9)
    context.lineTo(x + 4, RULER_HEIGHT - 9)
    context.lineTo(x, RULER_HEIGHT - 2)
  }
  context.fill()
}

function drawTrim(
  context: CanvasRenderingContext2D,
  { view, trim }: Scene,
  palette: Palette,
  width: number,
  height: number,
): void {
  if (trim === null) return
  const area = { x: 0, y: 0, width, height }
  const [left, right] = [xOf(trim.start, view, area), xOf(trim.end, view, area)]
  context.fillStyle = palette.page
  context.globalAlpha = 0.6
  context.fillRect(0, RULER_HEIGHT, left, height)
  context.fillRect(right, RULER_HEIGHT, width - right, height)
  context.globalAlpha = 1
  context.fillStyle = palette.ink
  context.fillRect(left - 1, RULER_HEIGHT, 2, height)
  context.fillRect(right - 1, RULER_HEIGHT, 2, height)
  for (const [x, side] of [
    [left, -1],
    [right, 1],
  ] as const) {
    context.beginPath()
    context.roundRect(side < 0 ? x - 10 : x, RULER_HEIGHT, 10, 22, side < 0 ? [4, 0, 0, 4] : [0, 4, 4, 0])
    context.fill()
  }
}

/** What a new clip would be. */
function drawMark(
  context: CanvasRenderingContext2D,
  { view, mark }: Scene,
  palette: Palette,
  width: number,
  height: number,
): void {
  if (mark === null) return
  const area = { x: 0, y: 0, width, height }
  const [left, right] = [xOf(mark.start, view, area), xOf(mark.end, view, area)]
  context.fillStyle = palette.ember
  context.globalAlpha = 0.18
  context.fillRect(left, RULER_HEIGHT, right - left, height)
  context.globalAlpha = 1
  context.fillRect(left - 1, RULER_HEIGHT, 2, height)
  if (mark.end > mark.start) context.fillRect(right - 1, RULER_HEIGHT, 2, height)
}
