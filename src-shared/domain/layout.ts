import type { Layout, Region } from '../contract/layout.ts'
import { clamp, cropRegion, even, fitInside, pixelsOf, type Box, type Picture, type Size } from './layout-geometry.ts'
import { linearExpression } from './linear-expression.ts'
import { secondsFromTicks, type Ticks } from './time.ts'

const middle = { x: 0.5, y: 0.5 }
/** A stacked camera takes between a quarter and not quite half of the frame's height. */
const stackedShare = { least: 0.25, most: 0.45 }

export interface LayoutSource extends Picture {
  /** The recording's time at which the filters' clock (`t`) is zero: where the clip begins. */
  readonly start: Ticks
}

/**
 * FFmpeg's filter graph that puts a picture into `frame` (even sides): one video in, one out of exactly that size, with
 * square pixels. It expects frames as FFmpeg's autorotation leaves them, and leaves pixel format and rate alone, so
 * that the encoder's own `format` and `fps` can follow after a comma. Pure.
 */
export function layoutFilter(layout: Layout, source: LayoutSource, frame: Size): string {
  switch (layout.kind) {
    case 'fill':
      return cropTo(source, cropRegion(source, frame, layout.focus), frame)
    case 'blur':
      return blurFilter(source, frame)
    case 'stacked':
      return stackedFilter(layout, source, frame)
    case 'facecam':
      return facecamFilter(layout, source, frame)
    case 'follow':
      return followFilter(layout, source, frame)
  }
}

function cropTo(source: Picture, region: Region, target: Size): string {
  return `${crop(pixelsOf(source, region))},${scale(target)}`
}

function crop({ width, height, x, y }: Box): string {
  return `crop=${width}:${height}:${x}:${y}`
}

function scale({ width, height }: Size): string {
  return `scale=${width}:${height}:flags=bicubic,setsar=1`
}

/** The background is blurred at a quarter of its size, which costs a sixteenth and looks the same. */
function blurFilter(source: Picture, frame: Size): string {
  const behind = cropRegion(source, frame, middle)
  const small = { width: Math.max(2, even(frame.width / 4)), height: Math.max(2, even(frame.height / 4)) }
  const front = fitInside(source.shown, frame)
  const at = `${even((frame.width - front.width) / 2)}:${even((frame.height - front.height) / 2)}`
  return [
    'split=2[behind][front]',
    `[behind]${cropTo(source, behind, small)},gblur=sigma=8,${scale(frame)}[background]`,
    `[front]${scale(front)}[picture]`,
    `[background][picture]overlay=${at}`,
  ].join(';')
}

function stackedFilter(
  { facecam, facecamAt, focus }: Extract<Layout, { kind: 'stacked' }>,
  source: Picture,
  frame: Size,
): string {
  const shape = (facecam.height * source.shown.height) / (facecam.width * source.shown.width)
  const height = even(clamp(frame.width * shape, frame.height * stackedShare.least, frame.height * stackedShare.most))
  const band = { width: frame.width, height }
  const rest = { width: frame.width, height: frame.height - height }
  const face = cropRegion(source, band, centreOf(facecam), facecam)
  return [
    'split=2[a][b]',
    `[a]${cropTo(source, face, band)}[facecam]`,
    `[b]${cropTo(source, cropRegion(source, rest, focus), rest)}[game]`,
    facecamAt === 'top' ? '[facecam][game]vstack' : '[game][facecam]vstack',
  ].join(';')
}

function facecamFilter(
  { facecam, at, width, focus }: Extract<Layout, { kind: 'facecam' }>,
  source: Picture,
  frame: Size,
): string {
  const shape = {
    width: facecam.width * source.shown.width,
    height: facecam.height * source.shown.height,
  }
  const size = fitInside(shape, { width: frame.width * width, height: frame.height / 2 })
  const x = clamp(even(at.x * frame.width - size.width / 2), 0, frame.width - size.width)
  const y = clamp(even(at.y * frame.height - size.height / 2), 0, frame.height - size.height)
  return [
    'split=2[a][b]',
    `[a]${cropTo(source, facecam, size)}[facecam]`,
    `[b]${cropTo(source, cropRegion(source, frame, focus), frame)}[game]`,
    `[game][facecam]overlay=${x}:${y}`,
  ].join(';')
}

function followFilter({ keys }: Extract<Layout, { kind: 'follow' }>, source: LayoutSource, frame: Size): string {
  const { stored } = source
  const { width, height } = pixelsOf(source, cropRegion(source, frame, middle))
  const path = (axis: 'x' | 'y', whole: number, part: number): string =>
    linearExpression(
      keys.map((key) => ({
        at: secondsFromTicks(key.at - source.start),
        value: clamp(key[axis] * whole - part / 2, 0, whole - part),
      })),
      't',
    )
  return `crop=${width}:${height}:'${path('x', stored.width, width)}':'${path('y', stored.height, height)}',${scale(frame)}`
}

function centreOf({ x, y, width, height }: Region): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 }
}

/**
 * The layout that a preset gets where nobody chose one: the camera stacked over the game where there is one, else the
 * action followed where its path is known, else the whole picture over its blurred self.
 */
export function defaultLayout(known: { facecam: Region | null; follow: Layout | null }): Layout {
  const { facecam, follow } = known
  if (facecam !== null) return { kind: 'stacked', facecam, facecamAt: 'top', focus: middle }
  return follow ?? { kind: 'blur' }
}
