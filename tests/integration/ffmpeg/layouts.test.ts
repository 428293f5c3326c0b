import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Layout } from '../../../src-shared/contract/layout.ts'
import { layoutFilter } from '../../../src-shared/domain/layout.ts'
import type { Size } from '../../../src-shared/domain/layout-geometry.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { testTools } from '../../helpers/ffmpeg.ts'

const frame = { width: 180, height: 320 }
const middle = { x: 0.5, y: 0.5 }
/** Where the yellow camera is planted. */
const facecam = { x: 0.05, y: 0.1, width: 0.2, height: 0.25 }

/** A picture of three fields, red, green and blue from the left, with a yellow camera, put through a layout. */
async function shown(layout: Layout, { stored, shown = stored, at = 0 }: { stored: Size; shown?: Size; at?: number }) {
  const { ffmpeg } = await testTools()
  const third = stored.width / 3
  const box = (x: number, y: number, w: number, h: number, colour: string): string =>
    `drawbox=${Math.round(x)}:${Math.round(y)}:${Math.round(w)}:${Math.round(h)}:${colour}:fill`
  const graph = [
    `color=red:s=${stored.width}x${stored.height}:r=10:d=${at + 0.3}`,
    box(third, 0, third, stored.height, 'lime'),
    box(2 * third, 0, third, stored.height, 'blue'),
    box(
      facecam.x * stored.width,
      facecam.y * stored.height,
      facecam.width * stored.width,
      facecam.height * stored.height,
      'yellow',
    ),
    'format=yuv420p',
    `setsar=${shown.width * stored.height}/${shown.height * stored.width}`,
    layoutFilter(layout, { stored, shown, start: 0 }, frame),
  ].join(',')
  const { stdout, stderr } = spawnSync(ffmpeg, [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    graph,
    '-ss',
    String(at),
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-',
  ])
  // Not the command itself: a long path fills screens.
  expect(stderr.toString().slice(0, 300)).toBe('')
  expect(stdout.length).toBe(frame.width * frame.height * 3)
  return (x: number, y: number): string => {
    const i = 3 * (Math.round(y * (frame.height - 1)) * frame.width + Math.round(x * (frame.width - 1)))
    const [r, g, b] = [0, 1, 2].map((n) => stdout[i + n]! > 127)
    const index = (r ? 4 : 0) + (g ? 2 : 0) + (b ? 1 : 0)
    return ['black', 'blue', 'green', 'cyan', 'red', 'magenta', 'yellow', 'white'][index]!
  }
}

const wide = { stored: { width: 640, height: 360 } }

describe('layouts, by FFmpeg', () => {
  it('fill shows the part around the focus', async () => {
    const left = await shown({ kind: 'fill', focus: { x: 0, y: 0.5 } }, wide)
    expect([left(0.9, 0.9), left(0.3, 0.2)]).toEqual(['red', 'yellow'])
    const centre = await shown({ kind: 'fill', focus: middle }, wide)
    expect([centre(0.02, 0.5), centre(0.98, 0.5)]).toEqual(['green', 'green'])
    const right = await shown({ kind: 'fill', focus: { x: 1, y: 0.5 } }, wide)
    expect(right(0.5, 0.5)).toBe('blue')
  })

  it('blur shows everything, in the middle', async () => {
    const at = await shown({ kind: 'blur' }, wide)
    expect([at(0.05, 0.55), at(0.5, 0.5), at(0.95, 0.5)]).toEqual(['red', 'green', 'blue'])
    // 180×102 of 320 lines are the picture; the camera is a tenth below its top.
    expect(at(0.15, 0.34 + 0.318 * 0.2)).toBe('yellow')
    // Behind it is the middle of the picture.
    expect([at(0.5, 0.05), at(0.5, 0.95)]).toEqual(['green', 'green'])
  })

  it('stacked shows only the camera above, and the game below', async () => {
    const at = await shown({ kind: 'stacked', facecam, facecamAt: 'top', focus: middle }, wide)
    for (const x of [0.02, 0.5, 0.98]) for (const y of [0.01, 0.2, 0.38]) expect(at(x, y)).toBe('yellow')
    for (const y of [0.46, 0.7, 0.99]) expect(at(0.5, y)).toBe('green')
    const below = await shown({ kind: 'stacked', facecam, facecamAt: 'bottom', focus: { x: 1, y: 0.5 } }, wide)
    expect([below(0.5, 0.1), below(0.02, 0.98), below(0.98, 0.7)]).toEqual(['blue', 'yellow', 'yellow'])
  })

  it('facecam lies on the game where it is put', async () => {
    const at = await shown({ kind: 'facecam', facecam, at: { x: 0.5, y: 0.2 }, width: 0.5, focus: middle }, wide)
    expect([at(0.5, 0.2), at(0.3, 0.2), at(0.7, 0.2)]).toEqual(['yellow', 'yellow', 'yellow'])
    expect([at(0.2, 0.2), at(0.8, 0.2), at(0.5, 0.02), at(0.5, 0.5)]).toEqual(['green', 'green', 'green', 'green'])
  })

  it('follow moves, in time with the clip', async () => {
    const keys = [
      { at: 0, x: 0, y: 0.5 },
      { at: ticksFromSeconds(1), x: 0, y: 0.5 },
      { at: ticksFromSeconds(2), x: 1, y: 0.5 },
    ]
    const seen = await Promise.all([0, 0.9, 1.5, 2.1].map((at) => shown({ kind: 'follow', keys }, { ...wide, at })))
    expect(seen.map((at) => at(0.9, 0.95))).toEqual(['red', 'red', 'green', 'blue'])
  })

  it('a long path is understood', async () => {
    const keys = Array.from({ length: 300 }, (_, i) => ({ at: ticksFromSeconds(i / 10), x: (i % 7) / 7, y: 0.5 }))
    const at = await shown({ kind: 'follow', keys }, wide)
    expect(at(0.9, 0.95)).toBe('red')
  })

  it('pixels that are not square are shown as squares', async () => {
    // Stored 480 wide, shown 640: the square middle of the picture, 360 of it, reaches from 0.22 to 0.78.
    const stored = { width: 480, height: 360 }
    const at = await shown({ kind: 'fill', focus: middle }, { stored, shown: { width: 640, height: 360 } })
    expect([at(0.02, 0.5), at(0.98, 0.5)]).toEqual(['green', 'green'])
  })

  it('portrait and ultrawide recordings fill the frame too', async () => {
    const portrait = await shown({ kind: 'fill', focus: middle }, { stored: { width: 270, height: 480 } })
    expect([portrait(0.1, 0.9), portrait(0.5, 0.9), portrait(0.9, 0.9)]).toEqual(['red', 'green', 'blue'])
    const ultra = await shown({ kind: 'blur' }, { stored: { width: 860, height: 360 } })
    expect([ultra(0.05, 0.55), ultra(0.95, 0.5), ultra(0.5, 0.02)]).toEqual(['red', 'blue', 'green'])
    const odd = await shown(
      { kind: 'stacked', facecam, facecamAt: 'top', focus: middle },
      { stored: { width: 641, height: 361 } },
    )
    expect(odd(0.5, 0.2)).toBe('yellow')
  })
})
