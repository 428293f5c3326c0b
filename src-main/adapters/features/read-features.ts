import { open, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { MEL_PATCH, PICTURE_BYTES, type SignalCurve, type Signals } from '../../../src-shared/domain/signal.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { unusable } from './features-error.ts'
import {
  BLOCK_SLOTS,
  CURVE_BYTES,
  FOOTER_BYTES,
  headerSchema,
  magic,
  WAVE_BLOCK,
  type FeaturesHeader,
} from './format.ts'

const inflate = promisify(inflateRaw)

/** A header has some 20 bytes a block, 70 a picture and 100 a curve: this is over a week of recording. */
const largestHeader = 64 * 1024 * 1024

/** An open features file: the curves in memory, the spectrograms and pictures on the disk. */
export interface FeaturesFile {
  readonly signals: Signals
  readonly duration: Ticks
  readonly cuts: readonly Ticks[]
  /** Audio tracks that have a spectrogram. */
  readonly melTracks: readonly number[]
  /**
   * Log-mel patches of `count` slots from `first` (both within the recording): `count * 25 * 40` bytes, 0 for silence
   * and for a track that there is not. @throws ClutchcutError `features/unusable`.
   */
  readMel(track: number, first: number, count: number): Promise<Uint8Array>
  /** When each kept picture was shown, ascending, a second or more apart. */
  readonly pictureTimes: readonly Ticks[]
  /**
   * `count` kept pictures from the one numbered `first`, `PICTURE_BYTES` each. @throws ClutchcutError
   * `features/unusable`.
   */
  readPictures(first: number, count: number): Promise<Uint8Array>
  /** Buckets of each level of a track's waveform, finest first; none for a track that has no waveform. */
  waveLevels(track: number): readonly number[]
  /**
   * `count` buckets of a level from `first`, two bytes each; 0 beyond the ends. Reads only the blocks that it needs.
   * @throws ClutchcutError `features/unusable`.
   */
  readWave(track: number, level: number, first: number, count: number): Promise<Uint8Array>
  close(): Promise<void>
}

/**
 * Opens a features file and checks it: whatever is torn, damaged or of another version throws `features/unusable`, and
 * the caller analyses again. Spectrogram blocks and pictures are checked when they are
 * read.
 */
export async function openFeatures(path: string): Promise<FeaturesFile> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unusable(path, 'it is missing', error)
  })
  try {
    const size = (await file.stat()).size
    const header = await readHeader(file, path, size)
    checkBounds(header, path, size)
    const curves: SignalCurve[] = []
    for (const entry of header.curves) {
      const bytes = await readSection(file, path, entry.offset, header.slots * CURVE_BYTES, entry.crc)
      curves.push(curveOf(entry, bytes, header.slots))
    }
    const blocksOf = new Map(header.mel.map(({ track, blocks }) => [track, blocks]))
    const waveOf = (track: number) => header.waves.find((wave) => wave.track === track)?.levels ?? []
    return {
      signals: { rate: 2, length: header.slots, curves },
      duration: header.duration,
      cuts: header.cuts,
      melTracks: [...blocksOf.keys()],
      async readMel(track, first, count) {
        if (first < 0 || count < 0 || first + count > header.slots) throw new RangeError('slots beyond the recording')
        const out = new Uint8Array(count * MEL_PATCH)
        const blocks = blocksOf.get(track) ?? []
        const lastBlock = Math.min(blocks.length - 1, Math.floor((first + count - 1) / BLOCK_SLOTS))
        for (let index = Math.floor(first / BLOCK_SLOTS); index <= lastBlock; index++) {
          const block = blocks[index]
          if (!block) continue
          const bytes = await readSection(file, path, block.offset, block.slots * MEL_PATCH, block.crc)
          const start = index * BLOCK_SLOTS
          const from = Math.max(first, start)
          const to = Math.min(first + count, start + block.slots)
          if (to > from)
            out.set(bytes.subarray((from - start) * MEL_PATCH, (to - start) * MEL_PATCH), (from - first) * MEL_PATCH)
        }
        return out
      },
      pictureTimes: header.pictures.map(({ at }) => at),
      async readPictures(first, count) {
        if (first < 0 || count < 0 || first + count > header.pictures.length) throw new RangeError('no such pictures')
        const out = new Uint8Array(count * PICTURE_BYTES)
        for (const [i, { offset, bytes, crc }] of header.pictures.slice(first, first + count).entries()) {
          const packed = await readSection(file, path, offset, bytes, crc)
          out.set(await unpackPicture(packed, path), i * PICTURE_BYTES)
        }
        return out
      },
      waveLevels: (track) => waveOf(track).map(({ buckets }) => buckets),
      async readWave(track, level, first, count) {
        const out = new Uint8Array(2 * count)
        const found = waveOf(track)[level]
        if (found === undefined) return out
        const end = Math.min(found.buckets, first + count)
        for (let at = Math.max(0, first); at < end;) {
          const index = Math.floor(at / WAVE_BLOCK)
          const start = index * WAVE_BLOCK
          const to = Math.min(end, start + WAVE_BLOCK)
          const block = found.blocks[index]
          if (block) {
            const length = 2 * Math.min(WAVE_BLOCK, found.buckets - start)
            const bytes = await readSection(file, path, block.offset, length, block.crc)
            out.set(bytes.subarray(2 * (at - start), 2 * (to - start)), 2 * (at - first))
          }
          at = to
        }
        return out
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readHeader(file: FileHandle, path: string, size: number): Promise<FeaturesHeader> {
  if (size < magic.length + FOOTER_BYTES) throw unusable(path, 'it is cut off')
  const start = await readExactly(file, path, 0, magic.length)
  const footer = await readExactly(file, path, size - FOOTER_BYTES, FOOTER_BYTES)
  if (!start.equals(magic)) throw unusable(path, 'it is of another version')
  if (!footer.subarray(8).equals(magic)) throw unusable(path, 'it is cut off')
  const length = footer.readUInt32LE(0)
  if (length > Math.min(largestHeader, size - FOOTER_BYTES - magic.length)) throw unusable(path, 'it is damaged')
  const json = await readSection(file, path, size - FOOTER_BYTES - length, length, footer.readUInt32LE(4))
  try {
    return headerSchema.parse(JSON.parse(json.toString('utf8')))
  } catch (error) {
    throw unusable(path, 'it is damaged', error)
  }
}

function checkBounds(header: FeaturesHeader, path: string, size: number): void {
  const check = (offset: number, length: number): void => {
    if (offset < magic.length || offset + length > size - FOOTER_BYTES) throw unusable(path, 'it is damaged')
  }
  for (const { offset } of header.curves) check(offset, header.slots * CURVE_BYTES)
  for (const { blocks } of header.mel)
    for (const block of blocks) if (block) check(block.offset, block.slots * MEL_PATCH)
  for (const { offset, bytes } of header.pictures) check(offset, bytes)
  for (const { levels } of header.waves)
    for (const { buckets, blocks } of levels)
      for (const [i, block] of blocks.entries())
        if (block) check(block.offset, 2 * Math.min(WAVE_BLOCK, buckets - i * WAVE_BLOCK))
}

async function unpackPicture(packed: Uint8Array, path: string): Promise<Uint8Array> {
  const picture = await inflate(packed, { maxOutputLength: PICTURE_BYTES }).catch((error: unknown) => {
    throw unusable(path, 'it is damaged', error)
  })
  if (picture.length !== PICTURE_BYTES) throw unusable(path, 'it is damaged')
  return picture
}

function curveOf(entry: FeaturesHeader['curves'][number], bytes: Buffer, slots: number): SignalCurve {
  // Copied, because a view needs an address that is a multiple of four.
  const copy = new Uint8Array(bytes).buffer
  const { id, track, unit } = entry
  return {
    ...{ id, track, unit },
    values: new Float32Array(copy, 0, slots),
    z: new Float32Array(copy, 4 * slots, slots),
    valid: new Uint8Array(copy, 8 * slots, slots),
  }
}

async function readSection(
  file: FileHandle,
  path: string,
  offset: number,
  length: number,
  crc: number,
): Promise<Buffer> {
  const bytes = await readExactly(file, path, offset, length)
  if (crc32(bytes) !== crc) throw unusable(path, 'it is damaged')
  return bytes
}

async function readExactly(file: FileHandle, path: string, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done)
    if (bytesRead === 0) throw unusable(path, 'it is cut off')
    done += bytesRead
  }
  return bytes
}
