import type { Region } from '../../src-shared/contract/layout.ts'
import { mulberry32 } from '../../src-shared/domain/evaluation/random.ts'
import type { GreyStack } from '../../src-main/stages/frame/grey-stack.ts'
import { makeHud } from './make-hud.ts'
import {
  between,
  corner,
  fill,
  height,
  makeTexture,
  pick,
  side,
  touches,
  width,
  write,
  type Box,
  type Extra,
  type Random,
} from './overlay-canvas.ts'

/*
 * Moments of a recording as grey pictures: a game that moves, what games and streams lay over it, and, if wanted, a
 * camera that looks at somebody. Everything follows from the seed.
 */

export interface Overlay {
  stack: GreyStack
  /** Where the camera's picture is, without its border. */
  facecam: Region | null
  /** What else lies in a place of its own. */
  extras: { what: string; box: Box }[]
  /** In words, for a test that fails. */
  what: string
}

interface OverlayOptions {
  camera: boolean
  /** Also what is harder to tell from a camera; see make-hud.ts. */
  hud?: boolean
  frames?: number
  /** A real game's pictures, in the place of a generated one and of what games show. */
  game?: readonly Uint8Array[]
}

export function makeOverlay(seed: number, { camera, hud = false, frames = 24, game }: OverlayOptions): Overlay {
  const random = mulberry32(seed)
  const world = makeWorld(random)
  const face = camera ? makeCamera(random) : null
  // Whoever lays out a stream puts nothing of it under the camera; what the game shows lies where it lies.
  const ofGame = game === undefined ? makeExtras(random) : []
  const extras = ofGame.filter(({ box }) => !face || !box || !touches(box, face.box))
  for (const extra of hud ? makeHud(random) : []) {
    const taken = [...(face ? [face.box] : []), ...extras.flatMap(({ box }) => (box ? [box] : []))]
    if (!taken.some((box) => touches(box, extra.box))) extras.push(extra)
  }
  const pictures = Array.from({ length: game?.length ?? frames }, (_, i) => {
    const picture = Float32Array.from(game?.[i] ?? new Float32Array(width * height))
    if (game === undefined) world(picture)
    for (const extra of extras) extra.draw(picture)
    face?.draw(picture)
    return grain(picture, random)
  })
  const what = [face?.what ?? 'no camera', ...extras.map((extra) => extra.what)].join(', ')
  return {
    stack: { width, height, frames: pictures },
    facecam: face?.region ?? null,
    extras: extras.flatMap(({ what, box }) => (box ? [{ what, box }] : [])),
    what: `${seed}: ${what}`,
  }
}

const grainOf = mulberry32(7)
const grains = Float32Array.from({ length: 8191 }, () => 3 * (grainOf() - 0.5))

/** What a sensor and an encoder add: up to one and a half levels. */
function grain(picture: Float32Array, random: Random): Uint8Array {
  const out = new Uint8Array(picture.length)
  const from = Math.floor(random() * grains.length)
  for (let i = 0; i < out.length; i++) {
    const value = Math.round(picture[i]! + grains[(from + i) % grains.length]!)
    out[i] = value < 0 ? 0 : value > 255 ? 255 : value
  }
  return out
}

/** The game: another place, distance and light at every moment. */
function makeWorld(random: Random): (picture: Float32Array) => void {
  const texture = makeTexture(random)
  const gloom = between(random, 60, 130)
  return (picture) => {
    const zoom = between(random, 0.5, 1.6)
    const [x0, y0] = [random() * side, random() * side]
    const light = gloom + between(random, -30, 30)
    const sky = height * between(random, 0, 0.45)
    const skyLight = light + between(random, 0, 70)
    for (let y = 0; y < height; y++) {
      const row = (Math.floor(y0 + y * zoom) % side) * side
      for (let x = 0; x < width; x++) {
        const noise = texture[row + (Math.floor(x0 + x * zoom) % side)]!
        picture[y * width + x] = y < sky ? skyLight + noise * 0.15 : light + noise
      }
    }
  }
}

function makeExtras(random: Random): Extra[] {
  const all: (() => Extra)[] = [
    () => healthBar(random),
    () => panel(random),
    () => miniMap(random),
    () => dotMap(random),
    () => chatBox(random),
    () => letterbox(random),
    () => weapon(random),
    () => scoreboard(random),
    () => glass(random),
  ]
  return all.filter(() => random() < 0.4).map((make) => make())
}

function healthBar(random: Random): Extra {
  const y = pick(random, [14, height - 24])
  return {
    what: 'health bar',
    draw(picture) {
      const full = between(random, 20, 150)
      fill(picture, [20, y, 174, y + 12], 30)
      fill(picture, [22, y + 2, 22 + full, y + 10], 200)
    },
  }
}

/** A panel with a logo that never changes. */
function panel(random: Random): Extra {
  const [w, h] = [between(random, 70, 180), between(random, 45, 110)]
  const [x, y] = corner(random, w, h)
  const seed = Math.floor(random() * 1e9)
  return {
    what: 'panel',
    box: [x, y, x + w, y + h],
    draw(picture) {
      const same = mulberry32(seed)
      fill(picture, [x, y, x + w, y + h], 60)
      for (let n = 0; n < 6; n++) {
        const [u, v] = [x + same() * w * 0.7, y + same() * h * 0.7]
        fill(picture, [u, v, u + w * 0.3, v + h * 0.3], 255 * same())
      }
    },
  }
}

/** A square map that scrolls with the player. */
function miniMap(random: Random): Extra {
  const size = between(random, 70, 110)
  const [x, y] = corner(random, size, size)
  const texture = makeTexture(random)
  return {
    what: 'map that scrolls',
    box: [x, y, x + size, y + size],
    draw(picture) {
      const [u, v] = [Math.floor(random() * side), Math.floor(random() * side)]
      const at = (p: number, q: number): number =>
        90 +
        0.7 * texture[(((v + 2 * Math.floor(q)) % side) * side + ((u + 2 * Math.floor(p)) % side)) % texture.length]!
      fill(picture, [x, y, x + size, y + size], at)
      fill(picture, [x + size / 2 - 3, y + size / 2 - 3, x + size / 2 + 3, y + size / 2 + 3], 250)
    },
  }
}

/** A map that stands still, with dots that move. */
function dotMap(random: Random): Extra {
  const [w, h] = [between(random, 80, 130), between(random, 60, 110)]
  const [x, y] = corner(random, w, h)
  const texture = makeTexture(random)
  return {
    what: 'map with dots',
    box: [x, y, x + w, y + h],
    draw(picture) {
      fill(picture, [x, y, x + w, y + h], (p, q) => 80 + 0.5 * texture[q * side + p]!)
      for (let n = 0; n < 8; n++) {
        const [u, v] = [x + 3 + random() * (w - 8), y + 3 + random() * (h - 8)]
        fill(picture, [u, v, u + 4, v + 4], 240)
      }
    },
  }
}

/** Lines that move up as people write; the box may let the game shine through. */
function chatBox(random: Random): Extra {
  const [w, h] = [between(random, 110, 190), between(random, 90, 200)]
  const [x, y] = corner(random, w, h)
  const opacity = pick(random, [0.5, 0.8, 1])
  return {
    what: 'chat',
    box: [x, y, x + w, y + h],
    draw(picture) {
      fill(picture, [x, y, x + w, y + h], 25, opacity)
      for (let row = y + 4; row + 8 < y + h; row += 11)
        write(picture, random, x + 4, row, Math.floor(between(random, 4, (w - 10) / 6)), 225)
    },
  }
}

function letterbox(random: Random): Extra {
  const thick = between(random, 20, 50)
  const beside = random() < 0.4
  return {
    what: 'letterbox',
    draw(picture) {
      fill(picture, beside ? [0, 0, thick * 1.6, height] : [0, 0, width, thick], 0)
      fill(picture, beside ? [width - thick * 1.6, 0, width, height] : [0, height - thick, width, height], 0)
    },
  }
}

/** What the player holds: nearly still, without straight sides. */
function weapon(random: Random): Extra {
  return {
    what: 'weapon',
    draw(picture) {
      const [dx, dy] = [between(random, -6, 6), between(random, -6, 6)]
      for (let y = 0; y < 140; y++) {
        const wide = 20 + 0.6 * y
        fill(picture, [400 + dx - wide / 2, 220 + dy + y, 400 + dx + wide, 221 + dy + y], 70 + 0.4 * y)
      }
    },
  }
}

/** Now and then a table of names in the middle. */
function scoreboard(random: Random): Extra {
  return {
    what: 'scores',
    draw(picture) {
      if (random() > 0.2) return
      fill(picture, [180, 90, 460, 270], 40, 0.85)
      for (let row = 100; row < 255; row += 14) write(picture, random, 190, row, 40, 220)
    },
  }
}

/** A pane that darkens the game behind it. */
function glass(random: Random): Extra {
  const [w, h] = [between(random, 90, 200), between(random, 50, 120)]
  const [x, y] = corner(random, w, h)
  return { what: 'glass', box: [x, y, x + w, y + h], draw: (picture) => fill(picture, [x, y, x + w, y + h], 20, 0.45) }
}

/** Somebody in a room. Borders of none to ten pixels of a 1080p picture. */
function makeCamera(random: Random): Extra & { box: Box; region: Region } {
  const shape = pick(random, [16 / 9, 16 / 9, 4 / 3, 1, 3 / 4])
  const area = between(random, 0.022, 0.09) * width * height
  const w = Math.sqrt(area * shape)
  const h = w / shape
  const border = pick(random, [0, 0, 1, 2, 3.3])
  const margin = pick(random, [0, 0, 4, 9, 20]) + border
  const [right, low] = [width - w - margin, height - h - margin]
  const [x, y] = pick(random, [
    [margin, margin],
    [right, margin],
    [margin, low],
    [right, low],
    [(margin + right) / 2, low],
    [right, (margin + low) / 2],
    [between(random, margin, right), between(random, margin, low)],
  ] as const)
  const shade = pick(random, [0, 40, 160, 235])
  const wall = between(random, 50, 150)
  const furniture = Array.from({ length: 5 }, () => {
    const [u, v] = [x + random() * w * 0.8, y + random() * h * 0.8]
    return {
      box: [u, v, u + w * between(random, 0.1, 0.4), v + h * between(random, 0.1, 0.5)] as const,
      light: between(random, 20, 220),
    }
  })
  const skin = wall > 100 ? between(random, 50, 90) : between(random, 130, 190)
  const shirt = pick(random, [30, 70, 200])
  const [homeX, homeY] = [between(random, 0.4, 0.6), between(random, 0.4, 0.5)]
  const restless = between(random, 0.05, 0.14)
  const inside = (box: Box): Box => [
    Math.max(x, box[0]),
    Math.max(y, box[1]),
    Math.min(x + w, box[2]),
    Math.min(y + h, box[3]),
  ]
  return {
    what: `camera ${w.toFixed(1)}×${h.toFixed(1)} at ${x.toFixed(1)},${y.toFixed(1)}, border ${border}`,
    box: [x, y, x + w, y + h],
    region: { x: x / width, y: y / height, width: w / width, height: h / height },
    draw(picture) {
      if (border > 0) fill(picture, [x - border, y - border, x + w + border, y + h + border], shade)
      const light = between(random, -5, 5)
      fill(picture, [x, y, x + w, y + h], (p, q) => wall + light + (30 * (p - x)) / w - (20 * (q - y)) / h)
      for (const { box, light: own } of furniture) fill(picture, inside(box), own + light)
      const cx = x + w * (homeX + between(random, -restless, restless))
      const cy = y + h * (homeY + between(random, -restless, restless) * 0.6)
      const head = h * 0.21
      const oval = (ox: number, oy: number, rx: number, ry: number, value: number): void => {
        for (let q = Math.floor(Math.max(y, oy - ry)); q < Math.min(y + h, oy + ry); q++) {
          const half = rx * Math.sqrt(Math.max(0, 1 - ((q + 0.5 - oy) / ry) ** 2))
          fill(picture, inside([ox - half, q, ox + half, q + 1]), value)
        }
      }
      oval(cx + between(random, -2, 2), cy + head * 2.6, head * 2.1, head * 1.9, shirt + light)
      oval(cx, cy, head * 0.78, head, skin + light)
      const look = between(random, -0.2, 0.2) * head
      for (const eye of [-0.3, 0.3]) oval(cx + look + eye * head, cy - 0.15 * head, 2, 2, 25)
      oval(cx + look, cy + 0.45 * head, head * 0.3, head * between(random, 0.05, 0.2), 60)
      if (random() < 0.3)
        oval(x + w * between(random, 0.2, 0.8), y + h * between(random, 0.6, 0.9), head * 0.4, head * 0.4, skin)
    },
  }
}

/** Area in common over area of both. */
export function overlapOf(a: Region, b: Region): number {
  const wide = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x))
  const high = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))
  const both = wide * high
  return both / (a.width * a.height + b.width * b.height - both)
}
