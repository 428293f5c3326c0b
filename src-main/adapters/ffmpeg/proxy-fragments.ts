import { ByteQueue } from './byte-queue.ts'

/** One `moof` with its `mdat`. */
export interface Fragment {
  /** When its first picture or sample is shown, in units of its track. */
  readonly start: number
  /** When the last one that is decoded ends, if nothing is reordered. */
  readonly end: number
  readonly bytes: Buffer
}

/** A GOP of 10 s at 200 Mbit/s. What asks for more is damaged. */
const MAX_BOX_BYTES = 256 * 1024 * 1024

/** Takes a fragmented MP4 of one track apart as it comes. */
export class FragmentParser {
  readonly #queue = new ByteQueue()
  /** Sizes of the boxes that still come are known eight bytes at a time. */
  #header: { type: string; size: number; head: Buffer } | null = null
  #initialisation: Buffer[] = []
  #moof: Fragment | null = null

  /** Everything before the first fragment. */
  get initialisation(): Buffer {
    return Buffer.concat(this.#initialisation)
  }

  /** The fragments that are complete with these bytes. @throws RangeError for what is no MP4 of ours. */
  push(chunk: Buffer): Fragment[] {
    this.#queue.push(chunk)
    const found: Fragment[] = []
    for (;;) {
      if (this.#header === null) {
        if (this.#queue.size < 8) return found
        const head = Buffer.from(this.#queue.take(8))
        const size = head.readUInt32BE(0)
        if (size < 8 || size > MAX_BOX_BYTES) throw new RangeError(`a box of ${size} bytes in a proxy`)
        this.#header = { type: head.toString('latin1', 4, 8), size, head }
      }
      const { type, size, head } = this.#header
      if (this.#queue.size < size - 8) return found
      const box = Buffer.concat([head, this.#queue.take(size - 8)])
      this.#header = null
      if (type === 'ftyp' || type === 'moov') this.#initialisation.push(box)
      else if (type === 'moof') this.#moof = { ...timesOf(box), bytes: box }
      else if (type === 'mdat' && this.#moof !== null) {
        found.push({ ...this.#moof, bytes: Buffer.concat([this.#moof.bytes, box]) })
        this.#moof = null
      }
    }
  }
}

/** Of `tfdt` (ISO 14496-12, 8.8.12), and of the samples in `trun` (8.8.8) with their defaults in `tfhd` (8.8.7). Pure. */
function timesOf(moof: Buffer): { start: number; end: number } {
  const traf = child(moof, 8, 'traf')
  const [tfhd, tfdt, trun] = ['tfhd', 'tfdt', 'trun'].map((type) => traf && child(traf, 8, type))
  if (!tfhd || !tfdt || !trun) throw new RangeError('a fragment without times')
  const decoded = tfdt[8] === 1 ? Number(tfdt.readBigUInt64BE(12)) : tfdt.readUInt32BE(12)
  const flags = trun.readUIntBE(9, 3)
  const samples = trun.readUInt32BE(12)
  // Fields of the run, then those of each sample: duration, size, flags, offset.
  const first = 16 + 4 * count(flags, [0x1, 0x4])
  const step = 4 * count(flags, [0x100, 0x200, 0x400, 0x800])
  if (first + step * samples > trun.length) throw new RangeError('a fragment that is cut off')
  const offsetAt = first + 4 * count(flags, [0x100, 0x200, 0x400])
  const offset =
    (flags & 0x800) === 0 || samples === 0
      ? 0
      : trun[8] === 0
        ? trun.readUInt32BE(offsetAt)
        : trun.readInt32BE(offsetAt)
  let length = 0
  if ((flags & 0x100) === 0) length = samples * defaultDuration(tfhd)
  else for (let i = 0; i < samples; i++) length += trun.readUInt32BE(first + i * step)
  return { start: decoded + offset, end: decoded + length }
}

function defaultDuration(tfhd: Buffer): number {
  const flags = tfhd.readUIntBE(9, 3)
  // After the track come the data's offset (8 bytes) and the description's number, where they are there.
  const at = 16 + ((flags & 0x1) === 0 ? 0 : 8) + ((flags & 0x2) === 0 ? 0 : 4)
  return (flags & 0x8) === 0 ? 0 : tfhd.readUInt32BE(at)
}

function count(flags: number, wanted: readonly number[]): number {
  return wanted.filter((flag) => (flags & flag) !== 0).length
}

function child(box: Buffer, from: number, type: string): Buffer | undefined {
  for (let at = from; at + 8 <= box.length;) {
    const size = box.readUInt32BE(at)
    if (size < 8 || at + size > box.length) return undefined
    if (box.toString('latin1', at + 4, at + 8) === type) return box.subarray(at, at + size)
    at += size
  }
  return undefined
}
