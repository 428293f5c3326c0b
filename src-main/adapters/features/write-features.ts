import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { MEL_PATCH, type SignalCurve } from '../../../src-shared/domain/signal.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { BLOCK_SLOTS, magic, type FeaturesHeader } from './format.ts'
import { writeFailure } from './features-error.ts'

export interface WriteFeaturesOptions {
  readonly folder: string
  /** Plain file name; a file of that name is replaced when the new one is complete. */
  readonly name: string
  /** Remembers the half-written file, so that a later start removes what a killed process left. */
  readonly tempFiles?: { record(path: string): void; remove(path: string): void }
}

export interface FeaturesToWrite {
  readonly slots: number
  readonly duration: Ticks
  readonly cuts: readonly Ticks[]
  readonly curves: Iterable<SignalCurve>
}

export interface FeaturesWriter {
  writeMel(track: number, patch: Uint8Array | null): void | Promise<void>
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
 * memory. @throws ClutchcutError `output/…`.
 */
export async function createFeaturesFile(options: WriteFeaturesOptions): Promise<FeaturesWriter> {
  const { folder, name, tempFiles } = options
  if (name !== path.basename(name) || name.startsWith('.')) throw new RangeError(`not a plain file name: ${name}`)
  const final = path.join(folder, name)
  // The mark by which the clean-up after a crash knows our partial files.
  const temp = path.join(folder, `.clutchcut-${randomBytes(6).toString('hex')}.partial.features`)
  await mkdir(folder, { recursive: true }).catch(writeFailure(folder))
  tempFiles?.record(temp)
  let file: FileHandle | undefined = await open(temp, 'wx').catch(writeFailure(temp))
  let offset = 0
  let last: Promise<void> = Promise.resolve()
  const tracks = new Map<number, OpenBlock>()

  const close = async (): Promise<void> => {
    const handle = file
    file = undefined
    await last.catch(() => {})
    await handle?.close()
  }
  /** Appends in the order of the calls; returns where it will lie. */
  const append = (bytes: Uint8Array): { at: number; written: Promise<void> } => {
    const at = offset
    offset += bytes.length
    const handle = file
    last = last.then(async () => {
      for (let done = 0; done < bytes.length;) {
        if (handle === undefined) throw new Error('closed')
        done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
      }
    })
    const written = last.catch(writeFailure(final))
    // Whoever does not wait for this one hears of it at the next.
    written.catch(() => {})
    return { at, written }
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
    const { at, written } = append(bytes)
    blocks.push({ offset: at, crc: crc32(bytes), slots })
    // The collector sees only a small handle and would let many of them come together.
    const release = (): void => void data.buffer.transfer(0)
    written.then(release, release)
    return written
  }

  append(magic)
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

    async finish({ slots, duration, cuts, curves }) {
      for (const block of tracks.values()) if (block.slots > 0) await endBlock(block)
      const header: FeaturesHeader = {
        slots,
        duration,
        cuts: [...cuts],
        mel: [...tracks].map(([track, { blocks }]) => ({ track, blocks })).sort((a, b) => a.track - b.track),
        curves: [],
      }
      for (const { id, track, unit, values, z, valid } of curves) {
        const at = offset
        let crc = 0
        // Part by part: joined they would only be copied.
        for (const part of [values, z, valid]) {
          const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
          crc = crc32(bytes, crc)
          await append(bytes).written
        }
        header.curves.push({ id, track, unit, offset: at, crc })
      }
      const json = Buffer.from(JSON.stringify(header))
      const lengths = Buffer.alloc(8)
      lengths.writeUInt32LE(json.length, 0)
      lengths.writeUInt32LE(crc32(json), 4)
      await append(Buffer.concat([json, lengths, magic])).written
      await close()
      await rename(temp, final).catch(writeFailure(final))
      tempFiles?.remove(temp)
      return { file: name, bytes: offset }
    },

    async discard() {
      await close()
      await rm(temp, { force: true })
      tempFiles?.remove(temp)
    },
  }
}
