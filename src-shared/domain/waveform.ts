/** Buckets a second of the finest level: a bucket is 50 ms. */
export const WAVE_RATE = 20

/**
 * Loudest swing of a sample (signed 16 bits), 0 to 255: any sound at all is at least 1, so that 0 is silence or a gap.
 */
export function waveByte(magnitude: number): number {
  return Math.ceil((magnitude * 255) / 32_768)
}

/**
 * A level half as fine. A level holds two bytes a bucket: how far its sound swings below zero, and how far above. The
 * larger of two neighbours stays, so every level is exactly what the samples themselves would give.
 */
export function halveWave(level: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(2 * Math.ceil(level.length / 4))
  for (let from = 0, to = 0; from < level.length; from += 4, to += 2) {
    out[to] = Math.max(level[from]!, level[from + 2] ?? 0)
    out[to + 1] = Math.max(level[from + 1]!, level[from + 3] ?? 0)
  }
  return out
}

/** The coarsest level has no more buckets than this. */
const coarsest = 1024

/** The finest level, and each half as fine as the one before it. */
export function wavePyramid(finest: Uint8Array): Uint8Array[] {
  const levels = [finest]
  while (levels.at(-1)!.length > 2 * coarsest) levels.push(halveWave(levels.at(-1)!))
  return levels
}

/**
 * The coarsest of `levels` levels that still has `least` buckets in a stretch of so many finest ones (may be a
 * fraction); the finest where none has.
 */
export function waveLevel(finestBuckets: number, least: number, levels: number): number {
  let level = 0
  while (level + 1 < levels && finestBuckets / 2 ** (level + 1) >= least) level += 1
  return level
}
