import {
  between,
  corner,
  fill,
  height,
  makeTexture,
  pick,
  side,
  width,
  write,
  type Box,
  type Extra,
  type Random,
} from './overlay-canvas.ts'

type Placed = Extra & { box: Box }

/** What games and streams show that moves in a place of its own and is no camera. */
export function makeHud(random: Random): Placed[] {
  const all: (() => Placed)[] = [
    () => iconMap(random),
    () => fogMap(random),
    () => secondView(random),
    () => mirror(random),
    () => spectrum(random),
    () => dial(random),
    () => ticker(random),
    () => alert(random),
    () => inventory(random),
    () => emoteChat(random),
    () => feed(random),
  ]
  return all.filter(() => random() < 0.4).map((make) => make())
}

/** At a corner or anywhere along an edge. */
function place(random: Random, w: number, h: number): readonly [number, number] {
  if (random() < 0.6) return corner(random, w, h)
  return pick(random, [
    [between(random, 0, width - w), pick(random, [0, height - h])],
    [pick(random, [0, width - w]), between(random, 0, height - h)],
  ])
}

/** A map that stands still, with heroes' pictures that move, and a frame around what the player sees. */
function iconMap(random: Random): Placed {
  const size = between(random, 75, 110)
  const [x, y] = place(random, size, size)
  const texture = makeTexture(random)
  const heroes = Array.from({ length: 10 }, () => [random(), random(), between(random, 40, 220)] as const)
  return {
    what: 'map with heroes',
    box: [x, y, x + size, y + size],
    draw(picture) {
      fill(picture, [x, y, x + size, y + size], (p, q) => 80 + 0.5 * texture[q * side + p]!)
      const icon = size / 13
      for (const [u, v, shade] of heroes) {
        const a = x + (size - icon) * Math.min(1, Math.max(0, u + between(random, -0.25, 0.25)))
        const b = y + (size - icon) * Math.min(1, Math.max(0, v + between(random, -0.25, 0.25)))
        fill(picture, [a, b, a + icon, b + icon], shade)
      }
      const [u, v] = [x + random() * size * 0.7, y + random() * size * 0.75]
      const [w, h] = [size * 0.3, size * 0.2]
      for (const line of [
        [u, v, u + w, v + 1],
        [u, v + h, u + w, v + h + 1],
        [u, v, u + 1, v + h],
        [u + w, v, u + w + 1, v + h],
      ] as const) {
        fill(picture, line, 240)
      }
    },
  }
}

/** A map that is uncovered bit by bit. */
function fogMap(random: Random): Placed {
  const [w, h] = [between(random, 90, 150), between(random, 70, 110)]
  const [x, y] = place(random, w, h)
  const texture = makeTexture(random)
  const cell = 12
  const known = new Map<string, number>()
  let n = 0
  return {
    what: 'map in a fog',
    box: [x, y, x + w, y + h],
    draw(picture) {
      n += 1
      fill(picture, [x, y, x + w, y + h], (p, q) => {
        const key = `${Math.floor((p - x) / cell)},${Math.floor((q - y) / cell)}`
        if (!known.has(key)) known.set(key, random() * 40)
        return known.get(key)! < n ? 90 + 0.6 * texture[q * side + p]! : 15
      })
    },
  }
}

/** Another player's view, or how one was beaten. */
function secondView(random: Random): Placed {
  const w = between(random, 110, 200)
  const h = (w * 9) / 16
  const [x, y] = place(random, w, h)
  const texture = makeTexture(random)
  const often = pick(random, [0.3, 1])
  return {
    what: 'second view',
    box: [x, y, x + w, y + h],
    draw(picture) {
      const [u, v] = [Math.floor(random() * side), Math.floor(random() * side)]
      if (random() > often) return
      fill(picture, [x - 1, y - 1, x + w + 1, y + h + 1], 230)
      fill(picture, [x, y, x + w, y + h], (p, q) => 110 + texture[((v + 2 * q) % side) * side + ((u + 2 * p) % side)]!)
    },
  }
}

/** What is behind a car: a road with another light at every moment, always in the same frame. */
function mirror(random: Random): Placed {
  const [w, h] = [between(random, 140, 220), between(random, 40, 60)]
  const x = (width - w) / 2
  const texture = makeTexture(random)
  return {
    what: 'mirror',
    box: [x, 0, x + w, h],
    draw(picture) {
      const u = Math.floor(random() * side)
      const light = between(random, 80, 130)
      fill(picture, [x, 0, x + w, h], (p, q) =>
        q < h / 2 ? light + 60 : light + 0.5 * texture[q * side + ((p + u) % side)]!,
      )
    },
  }
}

/** Bars that dance to the music. */
function spectrum(random: Random): Placed {
  const [bars, bar] = [Math.floor(between(random, 10, 24)), between(random, 3, 8)]
  const [w, h] = [bars * (bar + 2) + 8, between(random, 40, 80)]
  const [x, y] = place(random, w, h)
  return {
    what: 'spectrum',
    box: [x, y, x + w, y + h],
    draw(picture) {
      fill(picture, [x, y, x + w, y + h], 35)
      for (let n = 0; n < bars; n++) {
        const high = (h - 8) * random() * (1 - (0.6 * n) / bars)
        const left = x + 4 + n * (bar + 2)
        fill(picture, [left, y + h - 4 - high, left + bar, y + h - 4], 190)
      }
    },
  }
}

/** A speedometer. */
function dial(random: Random): Placed {
  const size = between(random, 70, 110)
  const [x, y] = place(random, size, size)
  return {
    what: 'dial',
    box: [x, y, x + size, y + size],
    draw(picture) {
      fill(picture, [x, y, x + size, y + size], 45)
      for (let n = 0; n < 9; n++) {
        const angle = Math.PI * (0.75 + (1.5 * n) / 8)
        const [u, v] = [x + size / 2 + 0.42 * size * Math.cos(angle), y + size / 2 + 0.42 * size * Math.sin(angle)]
        fill(picture, [u - 2, v - 2, u + 2, v + 2], 220)
      }
      const angle = Math.PI * between(random, 0.75, 2.25)
      for (let r = 0; r < 0.4 * size; r++) {
        const [u, v] = [x + size / 2 + r * Math.cos(angle), y + size / 2 + r * Math.sin(angle)]
        fill(picture, [u - 1.5, v - 1.5, u + 1.5, v + 1.5], 240)
      }
      write(picture, random, x + size / 2 - 9, y + size * 0.75, 3, 230)
    },
  }
}

/** News that run through. */
function ticker(random: Random): Placed {
  const [w, h] = [between(random, 120, 300), between(random, 36, 50)]
  const [x, y] = place(random, w, h)
  return {
    what: 'ticker',
    box: [x, y, x + w, y + h],
    draw(picture) {
      fill(picture, [x, y, x + w, y + h], 50)
      fill(picture, [x, y, x + w, y + 14], 130)
      write(picture, random, x + 4, y + 4, Math.floor((w - 10) / 6), 20)
      write(picture, random, x + 4, y + 22, Math.floor((w - 10) / 6), 230)
    },
  }
}

/** A new follower: a picture and a name, now and then. */
function alert(random: Random): Placed {
  const [w, h] = [between(random, 120, 200), between(random, 60, 110)]
  const [x, y] = place(random, w, h)
  const often = between(random, 0.1, 0.6)
  return {
    what: 'alert',
    box: [x, y, x + w, y + h],
    draw(picture) {
      if (random() > often) return
      fill(picture, [x, y, x + w, y + h], 70)
      const lift = between(random, 0, 8)
      fill(picture, [x + 10, y + 8 + lift, x + 10 + h * 0.5, y + 8 + lift + h * 0.5], 200)
      write(picture, random, x + 10, y + h - 16, Math.floor(between(random, 8, (w - 20) / 6)), 240)
    },
  }
}

/** Things in rows, of which some change; opened now and then or always. */
function inventory(random: Random): Placed {
  const [columns, rows, cell] = [
    Math.floor(between(random, 3, 7)),
    Math.floor(between(random, 2, 5)),
    between(random, 18, 26),
  ]
  const [w, h] = [columns * cell, rows * cell]
  const [x, y] = place(random, w, h)
  const things = Array.from({ length: columns * rows }, () => between(random, 40, 220))
  const changes = between(random, 0.02, 0.3)
  const often = pick(random, [0.4, 1, 1])
  return {
    what: 'inventory',
    box: [x, y, x + w, y + h],
    draw(picture) {
      const open = random() < often
      for (const [i, thing] of things.entries()) {
        const shade = random() < changes ? between(random, 40, 220) : thing
        if (!open) continue
        const [u, v] = [x + (i % columns) * cell, y + Math.floor(i / columns) * cell]
        fill(picture, [u, v, u + cell, v + cell], 60)
        fill(picture, [u + 2, v + 2, u + cell - 2, v + cell - 2], shade)
      }
    },
  }
}

/** Lines with a picture of who wrote them, and larger pictures among them; most of it stays empty. */
function emoteChat(random: Random): Placed {
  const [w, h] = [between(random, 110, 180), between(random, 90, 170)]
  const [x, y] = place(random, w, h)
  return {
    what: 'chat with pictures',
    box: [x, y, x + w, y + h],
    draw(picture) {
      fill(picture, [x, y, x + w, y + h], 30)
      for (let row = y + 4; row + 14 < y + h; row += 15) {
        fill(picture, [x + 4, row, x + 14, row + 10], between(random, 60, 230))
        write(picture, random, x + 18, row + 2, Math.floor(between(random, 2, (w - 50) / 6)), 215)
        if (random() < 0.4) fill(picture, [x + w - 18, row - 1, x + w - 6, row + 11], between(random, 60, 230))
      }
    },
  }
}

/** Who beat whom: lines that come and go, over the game. */
function feed(random: Random): Placed {
  const w = between(random, 100, 150)
  const box: Box = [width - w - 8, 8, width - 8, 80]
  return {
    what: 'feed',
    box,
    draw(picture) {
      const lines = Math.floor(between(random, 0, 6))
      for (let n = 0; n < lines; n++) {
        fill(picture, [box[0], 8 + n * 13, box[2], 19 + n * 13], 30, 0.7)
        write(picture, random, box[0] + 4, 11 + n * 13, Math.floor(between(random, 6, (w - 8) / 6)), 220)
      }
    },
  }
}
