import { readFileSync, writeFileSync } from 'node:fs'

/** Mulberry32: the same numbers for the same seed, everywhere. 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Damages a copy of a file in one of the ways that disks, crashes and attackers do, the same way for the same seed:
 * single bytes, a run of bytes, a 32-bit size field, a hole, a cut, a piece twice. Half the damage aims at the first
 * and last 4 KiB, where the headers and indexes of containers are. Returns what was done, for messages.
 */
export function damageFile(from: string, to: string, seed: number): string {
  const random = seededRandom(seed)
  let bytes = readFileSync(from)
  const below = (limit: number): number => Math.floor(random() * limit)
  const place = (): number => {
    const edge = Math.min(4096, bytes.length)
    const where = random()
    return where < 0.35 ? below(edge) : where < 0.5 ? bytes.length - 1 - below(edge) : below(bytes.length)
  }
  const done: string[] = []
  for (let round = 1 + below(3); round > 0; round -= 1) {
    const at = place()
    switch (below(6)) {
      case 0: {
        const count = 1 + below(16)
        for (let i = 0; i < count; i += 1) bytes[place()] = below(256)
        done.push(`${count} bytes`)
        break
      }
      case 1: {
        const length = 1 + below(512)
        for (let i = at; i < Math.min(bytes.length, at + length); i += 1) bytes[i] = below(256)
        done.push(`noise ${at}+${length}`)
        break
      }
      case 2: {
        const value = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, below(2 ** 32)][below(6)] ?? 0
        if (at + 4 <= bytes.length) bytes.writeUInt32BE(value, at)
        done.push(`${value} at ${at}`)
        break
      }
      case 3: {
        const length = 1 + below(8192)
        bytes.fill(0, at, Math.min(bytes.length, at + length))
        done.push(`zeros ${at}+${length}`)
        break
      }
      case 4: {
        const keep = Math.max(1, below(bytes.length))
        bytes = bytes.subarray(0, keep)
        done.push(`cut to ${keep}`)
        break
      }
      default: {
        const piece = bytes.subarray(at, at + 1 + below(20_000))
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
        done.push(`${piece.length} twice at ${at}`)
      }
    }
  }
  writeFileSync(to, bytes)
  return done.join(', ')
}
