/** A small SVG writer for plots that are legible in light and in dark. Coordinates are in pixels, from the top left. */

/** One after another for lines; what they mean is the caller's. Each has a colour for light and for dark. */
const colours = [
  ['#0969da', '#58a6ff'],
  ['#8250df', '#bc8cff'],
  ['#bc4c00', '#f0883e'],
  ['#9a6700', '#d29922'],
  ['#1a7f37', '#3fb950'],
  ['#57606a', '#8b949e'],
  ['#cf222e', '#ff7b72'],
] as const
export type Series = 0 | 1 | 2 | 3 | 4 | 5 | 6

const style = [
  'text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}',
  '.title{font-size:14px;font-weight:600}.small{font-size:11px}.muted{fill:#59636e}',
  '.back{fill:#fff}.grid{stroke:#d1d9e0;stroke-width:1}.axis{stroke:#59636e;stroke-width:1}.band{fill:#fff1c2}',
  '.line{fill:none;stroke-width:2;stroke-linejoin:round}.thin{stroke-width:1.25}.dash{stroke-dasharray:4 4}',
  ...colours.map(([light], i) => `.s${i}{stroke:${light}}.f${i}{fill:${light}}`),
  '@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.muted{fill:#9198a1}.back{fill:#0d1117}.grid{stroke:#30363d}',
  '.axis{stroke:#9198a1}.band{fill:#3b3210}',
  ...colours.map(([, dark], i) => `.s${i}{stroke:${dark}}.f${i}{fill:${dark}}`),
  '}',
].join('')

export interface Point {
  readonly x: number
  readonly y: number
}

/** A document of this size, with what it shows said for those who cannot see it. */
export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<rect class="back" width="${width}" height="${height}" rx="6"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

export function text(
  at: Point,
  content: string,
  options: { anchor?: 'start' | 'middle' | 'end'; of?: string } = {},
): string {
  const { anchor = 'start', of } = options
  const named = of === undefined ? '' : ` class="${of}"`
  return `<text x="${round(at.x)}" y="${round(at.y)}" text-anchor="${anchor}"${named}>${escaped(content)}</text>`
}

/** Along the vertical axis, read from below. */
export function sideText(at: Point, content: string): string {
  const [x, y] = [round(at.x), round(at.y)]
  return `<text x="${x}" y="${y}" text-anchor="middle" transform="rotate(-90 ${x} ${y})">${escaped(content)}</text>`
}

export function rect(at: Point, width: number, height: number, of: string): string {
  return `<rect class="${of}" x="${round(at.x)}" y="${round(at.y)}" width="${round(width)}" height="${round(height)}"/>`
}

export function segment(from: Point, to: Point, of: string): string {
  return `<line class="${of}" x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}"/>`
}

export function line(points: readonly Point[], of: string): string {
  return `<polyline class="line ${of}" points="${points.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ')}"/>`
}

export function dot(at: Point, radius: number, of: string): string {
  return `<circle class="${of}" cx="${round(at.x)}" cy="${round(at.y)}" r="${round(radius)}"/>`
}

export interface Axis {
  readonly label: string
  readonly ticks: readonly { readonly value: number; readonly label: string }[]
  readonly from: number
  readonly to: number
}

export interface Frame {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly x: Axis
  readonly y: Axis
}

/** Grid, ticks and labels of a plot, and where its values lie. */
export function frame({ left, top, width, height, x, y }: Frame): {
  parts: string[]
  at: (vx: number, vy: number) => Point
} {
  const at = (vx: number, vy: number): Point => ({
    x: left + ((vx - x.from) / (x.to - x.from)) * width,
    y: top + height - ((vy - y.from) / (y.to - y.from)) * height,
  })
  const bottom = top + height
  const parts = [
    ...y.ticks.flatMap(({ value, label }) => {
      const here = at(x.from, value)
      return [
        segment(here, { x: left + width, y: here.y }, 'grid'),
        text({ x: left - 8, y: here.y + 4 }, label, { anchor: 'end', of: 'small' }),
      ]
    }),
    ...x.ticks.map(({ value, label }) =>
      text({ x: at(value, y.from).x, y: bottom + 18 }, label, { anchor: 'middle', of: 'small' }),
    ),
    ...x.ticks.map(({ value }) => {
      const here = at(value, y.from)
      return segment(here, { x: here.x, y: bottom + 5 }, 'axis')
    }),
    segment({ x: left, y: bottom }, { x: left + width, y: bottom }, 'axis'),
    text({ x: left + width / 2, y: bottom + 38 }, x.label, { anchor: 'middle' }),
    sideText({ x: left - 42, y: top + height / 2 }, y.label),
  ]
  return { parts, at }
}

/** 0, 0.2, … 1. */
export const shares = [0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => ({ value, label: value.toFixed(1) }))

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
