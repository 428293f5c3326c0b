import type { ClipPart, ZoomKey } from '../../../src-shared/contract/edits.ts'
import { placeZoom } from '../../../src-shared/domain/clip-timeline.ts'
import { linearExpression, type PathPoint } from '../../../src-shared/domain/linear-expression.ts'
import { secondsFromTicks, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'

/**
 * Shows the part of the picture that the keys say, enlarged to all of it; null where they show the whole all the time.
 * `perspective` samples between pixels: what moves slowly does not tremble, as it would with `crop` or `zoompan`, which
 * go from pixel to pixel. It is given pictures at the even rate `fps`, since it counts them and knows no times, and
 * works where something is enlarged only. Pure.
 */
export function zoomFilter(parts: readonly ClipPart[], zoom: readonly ZoomKey[], fps: Rational): string | null {
  const keys = placeZoom(parts, zoom).flat()
  const enlarged = keys.flatMap((key, i) => {
    const next = keys[i + 1]
    return next !== undefined && next.at > key.at && Math.max(key.scale, next.scale) > 1.0001
      ? [{ start: key.at, end: next.at }]
      : []
  })
  if (enlarged.length === 0) return null
  const picture = (at: Ticks): number => (secondsFromTicks(at) * fps.num) / fps.den + 1
  const path = (value: (key: ZoomKey) => number): string => {
    const points: PathPoint[] = keys.map((key) => ({ at: picture(key.at), value: value(key) }))
    return linearExpression(points, 'in', 6)
  }
  const scale = path((key) => key.scale)
  // The edges of what is shown, as shares; it stays inside the picture. Rounding may bring a scale below 1, where the
  // last place would lie before the first and `clip` gives nothing.
  const first = (centre: string): string => `clip(${centre}-0.5/(${scale}),0,max(0,1-1/(${scale})))`
  const [left, top] = [first(path(({ x }) => x)), first(path(({ y }) => y))]
  const [right, bottom] = [`(${left}+1/(${scale}))`, `(${top}+1/(${scale}))`]
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].map(([x, y], i) => `x${i}='W*${x}':y${i}='H*${y}'`)
  const when = enlarged
    .reduce<{ start: Ticks; end: Ticks }[]>((spans, span) => {
      const last = spans.at(-1)
      if (last !== undefined && last.end === span.start) return [...spans.slice(0, -1), { ...last, end: span.end }]
      return [...spans, span]
    }, [])
    .map(({ start, end }) => `between(n,${Math.floor(picture(start)) - 1},${Math.ceil(picture(end)) - 1})`)
    .join('+')
  return `format=yuv420p,perspective=${corners.join(':')}:sense=source:eval=frame:interpolation=cubic:enable='${when}'`
}
