/** How densely pictures are sampled, and which size that makes. */
export interface SampleSize {
  readonly width: number
  readonly height: number
}

/** So many pixels of a picture tell its difference from another one to a hundredth (see `tests/…/picture-samples`). */
const PIXELS = 65_536
/** Where there are very many pictures, fewer of each do. */
const LEAST_PIXELS = 4096
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Every so many pixels in either direction one is looked at: those of 1080p are 1 in 31. Taken as they are, not
 * averaged, so their squared difference is that of the whole picture, as near as a sample comes. Pure.
 */
export function sampleSize(picture: SampleSize, pictures: number): SampleSize {
  const pixels = Math.max(LEAST_PIXELS, Math.min(PIXELS, MOST_BYTES / 1.5 / Math.max(1, pictures)))
  const step = Math.max(1, Math.sqrt((picture.width * picture.height) / pixels))
  const even = (length: number): number => Math.max(2, 2 * Math.floor(length / step / 2))
  return { width: even(picture.width), height: even(picture.height) }
}

/** FFmpeg's filter that takes the samples of 4:2:0 pictures, and the output that writes them. */
export function sampleFilter({ width, height }: SampleSize): string {
  return `scale=${width}:${height}:flags=neighbor`
}

export function sampleOutput(pipe: number, passthrough: readonly string[]): string[] {
  return [...passthrough, '-c:v', 'rawvideo', '-f', 'rawvideo', `pipe:${pipe}`]
}

/** Of one picture: brightness, then colours at half the size. */
export function sampleBytes({ width, height }: SampleSize): number {
  return (width * height * 3) / 2
}

/** PSNR of each picture of `ours` against the one of `theirs`, over all planes, in dB; null where they are not as many. */
export function comparePictures(ours: Uint8Array, theirs: Uint8Array, size: SampleSize): number[] | null {
  const bytes = sampleBytes(size)
  if (ours.length !== theirs.length || ours.length % bytes !== 0) return null
  return Array.from({ length: ours.length / bytes }, (_, i) => {
    let sum = 0
    for (let at = i * bytes; at < (i + 1) * bytes; at += 1) {
      const difference = ours[at]! - theirs[at]!
      sum += difference * difference
    }
    return sum === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * bytes) / sum)
  })
}
