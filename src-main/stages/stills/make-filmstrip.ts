import type { KeptPictures } from '../../../src-shared/domain/score.ts'
import { PICTURE_BYTES, PICTURE_HEIGHT, PICTURE_WIDTH } from '../../../src-shared/domain/signal.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'

export interface FilmstripRequest {
  readonly from: Ticks
  readonly to: Ticks
  /** Pictures. */
  readonly count: number
  /** Pictures in a row. */
  readonly columns: number
}

export interface Filmstrip {
  /** I420, full range: `columns` × `rows` pictures of 160×90, row after row; black where none is left. */
  readonly i420: Uint8Array
  readonly columns: number
  readonly rows: number
  /** When each picture was shown. */
  readonly times: Ticks[]
}

/** A picture in full, in both directions: JPEG ends at 65,535. */
export const MOST_TILES = 400

/**
 * A sheet of `count` pictures, evenly spread over a stretch: of each part the kept picture that is nearest to its
 * middle. Nothing is decoded. null where no picture was kept. @throws `features/unusable`; the signal's reason.
 */
export async function makeFilmstrip(
  pictures: KeptPictures,
  { from, to, count, columns }: FilmstripRequest,
  { signal }: { signal: AbortSignal },
): Promise<Filmstrip | null> {
  if (!(to > from) || count < 1 || count > MOST_TILES || columns < 1) throw new RangeError('no such filmstrip')
  if (pictures.times.length === 0) return null
  const across = Math.min(columns, count)
  const rows = Math.ceil(count / across)
  const i420 = blackSheet(across, rows)
  const times: Ticks[] = []
  let read: { index: number; picture: Uint8Array } | undefined
  for (let tile = 0; tile < count; tile++) {
    signal.throwIfAborted()
    const index = nearest(pictures.times, from + ((tile + 0.5) * (to - from)) / count)
    if (read?.index !== index) read = { index, picture: await pictures.read(index, 1) }
    place(read.picture, i420, { columns: across, rows }, tile)
    times.push(pictures.times[index]!)
  }
  return { i420, columns: across, rows, times }
}

function blackSheet(columns: number, rows: number): Uint8Array {
  const sheet = new Uint8Array(columns * rows * PICTURE_BYTES)
  return sheet.fill(128, columns * rows * PICTURE_WIDTH * PICTURE_HEIGHT)
}

/** Index of the value nearest to `wanted` in an ascending list. */
export function nearest(times: readonly Ticks[], wanted: number): number {
  let [low, high] = [0, times.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low > 0 && wanted - times[low - 1]! <= times[low]! - wanted ? low - 1 : low
}

function place(picture: Uint8Array, sheet: Uint8Array, size: { columns: number; rows: number }, tile: number): void {
  const [column, row] = [tile % size.columns, Math.floor(tile / size.columns)]
  let [from, plane] = [0, 0]
  for (const half of [1, 2, 2]) {
    const [width, height] = [PICTURE_WIDTH / half, PICTURE_HEIGHT / half]
    const stride = width * size.columns
    for (let y = 0; y < height; y++, from += width) {
      sheet.set(picture.subarray(from, from + width), plane + (row * height + y) * stride + column * width)
    }
    plane += stride * height * size.rows
  }
}
