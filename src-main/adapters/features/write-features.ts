import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { MEL_PATCH, PICTURE_BYTES, type SignalCurve } from '../../../src-shared/domain/signal.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { createDeflater } from './deflater.ts'
import { BLOCK_SLOTS, magic, WAVE_BLOCK, type FeaturesHeader } from './format.ts'
import { writeFailure } from './features-error.ts'
import { createPartialFile, type PartialFile, type TempFiles } from './partial-file.ts'

export interface WriteFeaturesOptions {
  readonly folder: string
  /** Plain file name; a file of that name is replaced when the new one is complete. */
  readonly name: string
  readonly tempFiles?: TempFiles
}

export interface FeaturesToWrite {
  readonly slots: number
  readonly duration: Ticks
  readonly cuts: readonly Ticks[]
  readonly curves: Iterable<SignalCurve>
  /** Levels of each track's waveform, finest first, two bytes a bucket. */
  readonly waves?: Iterable<{ readonly track: number; readonly levels: readonly Uint8Array[] }>
}

export interface FeaturesWriter {
  writeMel(track: number, patch: Uint8Array | null): void | Promise<void>
  writePicture(time: Ticks, i420: Uint8Array): Promise<void>
  finish(features: FeaturesToWrite): Promise<{ file: string; bytes: number }>
  discard(): Promise<void>
}

interface OpenBlock {
  data: Uint8Array<ArrayBuffer>
  slots: number
  silent: boolean
  blocks: FeaturesHeader['mel'][number]['blocks']
}

/**
 * Writes a features file beside its place and renames it when it is complete. Keeps two minutes of patches per track in
 * memory, and two pictures. Pictures wait in a file of their own until the end: how they and the sound come in turns
 * depends on the machine, and the same recording shall give the same bytes. @throws ClutchcutError `output/…`.
 */
export async function createFeaturesFile(options: WriteFeaturesOptions): Promise<FeaturesWriter> {
  const { folder, name, tempFiles } = options
  if (name !== path.basename(name) || name.startsWith('.')) throw new RangeError(`not a plain file name: ${name}`)
  const final = path.join(folder, name)
  // The mark by which the clean-up after a crash knows our partial files.
  const temp = path.join(folder, `.clutchcut-${randomBytes(6).toString('hex')}.partial`)
  await mkdir(folder, { recursive: true }).catch(writeFailure(folder))
  const file = await createPartialFile(`${temp}.features`, final, tempFiles)
  const packed = await createPartialFile(`${temp}.pictures`, final, tempFiles).catch(async (error: unknown) => {
    await file.discard()
    throw error
  })
  const pictures: FeaturesHeader['pictures'] = []
  const deflater = createDeflater(1, 2 * PICTURE_BYTES)
  let packing: Promise<void> = Promise.resolve()
  const tracks = new Map<number, OpenBlock>()

  const packPicture = async (at: Ticks, picture: Uint8Array<ArrayBuffer>): Promise<void> => {
    const bytes = await deflater.deflate(picture)
    picture.buffer.transfer(0)
    const { at: offset, written } = packed.append(bytes)
    pictures.push({ at, offset, bytes: bytes.length, crc: crc32(bytes) })
    await written
  }
  const blockOf = (track: number): OpenBlock => {
    let block = tracks.get(track)
    if (block === undefined) {
      block = { data: new Uint8Array(BLOCK_SLOTS * MEL_PATCH), slots: 0, silent: true, blocks: [] }
      tracks.set(track, block)
    }
    return block
  }
  const endBlock = (block: OpenBlock): Promise<void> | void => {
    const { slots, silent, blocks } = block
    if (silent) {
      block.slots = 0
      blocks.push(null)
      return
    }
    const { data } = block
    const bytes = data.subarray(0, slots * MEL_PATCH)
    block.data = new Uint8Array(BLOCK_SLOTS * MEL_PATCH)
    block.slots = 0
    block.silent = true
    const { at, written } = file.append(bytes)
    blocks.push({ offset: at, crc: crc32(bytes), slots })
    // The collector sees only a small handle and would let many of them come together.
    const release = (): void => void data.buffer.transfer(0)
    written.then(release, release)
    return written
  }

  file.append(magic)
  return {
    writeMel(track, patch) {
      const block = blockOf(track)
      if (patch !== null) {
        block.data.set(patch, block.slots * MEL_PATCH)
        block.silent = false
      }
      block.slots += 1
      return block.slots === BLOCK_SLOTS ? endBlock(block) : undefined
    },

    writePicture(time, i420) {
      // One is packed while the next is decoded.
      const before = packing
      const picture = new Uint8Array(i420)
      packing = before.then(() => packPicture(time, picture))
      // Whoever does not wait for this one hears of it at the next.
      packing.catch(() => {})
      return before
    },

    async finish({ slots, duration, cuts, curves, waves = [] }) {
      for (const block of tracks.values()) if (block.slots > 0) await endBlock(block)
      await packing
      deflater.close()
      const base = file.size
      for await (const piece of packed.pieces()) await file.append(piece).written
      const header: FeaturesHeader = {
        slots,
        duration,
        cuts: [...cuts],
        mel: [...tracks].map(([track, { blocks }]) => ({ track, blocks })).sort((a, b) => a.track - b.track),
        pictures: pictures
          .map((picture) => ({ ...picture, offset: picture.offset + base }))
          .sort((a, b) => a.at - b.at),
        waves: [],
        curves: [],
      }
      for (const { id, track, unit, values, z, valid } of curves) {
        const at = file.size
        let crc = 0
        // Part by part: joined they would only be copied.
        for (const part of [values, z, valid]) {
          const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
          crc = crc32(bytes, crc)
          await file.append(bytes).written
        }
        header.curves.push({ id, track, unit, offset: at, crc })
      }
      for (const { track, levels } of waves) {
        const written: FeaturesHeader['waves'][number] = { track, levels: [] }
        for (const level of levels) written.levels.push(await writeWave(file, level))
        header.waves.push(written)
      }
      const json = Buffer.from(JSON.stringify(header))
      const lengths = Buffer.alloc(8)
      lengths.writeUInt32LE(json.length, 0)
      lengths.writeUInt32LE(crc32(json), 4)
      await file.append(Buffer.concat([json, lengths, magic])).written
      await packed.discard()
      await file.publish()
      return { file: name, bytes: file.size }
    },

    async discard() {
      await packing.catch(() => {})
      deflater.close()
      await packed.discard()
      await file.discard()
    },
  }
}

async function writeWave(
  file: PartialFile,
  level: Uint8Array,
): Promise<FeaturesHeader['waves'][number]['levels'][number]> {
  const blocks: ({ offset: number; crc: number } | null)[] = []
  for (let from = 0; from < level.length; from += 2 * WAVE_BLOCK) {
    const bytes = level.subarray(from, from + 2 * WAVE_BLOCK)
    if (bytes.every((byte) => byte === 0)) {
      blocks.push(null)
      continue
    }
    const { at, written } = file.append(bytes)
    await written
    blocks.push({ offset: at, crc: crc32(bytes) })
  }
  return { buckets: level.length / 2, blocks }
}
