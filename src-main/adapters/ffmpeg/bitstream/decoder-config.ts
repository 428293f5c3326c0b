import { nalType, splitAnnexB, splitLengthPrefixed, unescapeNal, type NalCodec } from './nal-units.ts'
import { nalRole } from './parameter-sets.ts'

/** How a stream's packets are written down, and the parameter sets that its container keeps. */
export interface PacketFormat {
  /** Bytes of the length before each unit; null for start codes. */
  readonly lengthSize: number | null
  readonly parameterSets: readonly Uint8Array[]
}

/** Reads what FFmpeg calls extradata: an avcC (ISO 14496-15, 5.3.3), an hvcC (8.3.3), or bare units. Null: none of them. */
export function readDecoderConfig(extradata: Uint8Array, codec: NalCodec): PacketFormat | null {
  if (extradata.length === 0) return null
  if (extradata[0] === 0) return { lengthSize: null, parameterSets: splitAnnexB(extradata) }
  const at = codec === 'h264' ? 4 : 21
  const lengthSize = ((extradata[at] ?? 0) & 3) + 1
  const sets = codec === 'h264' ? readAvcSets(extradata) : readHevcSets(extradata)
  return sets === null ? null : { lengthSize, parameterSets: sets }
}

function readAvcSets(record: Uint8Array): Uint8Array[] | null {
  const sets: Uint8Array[] = []
  let at = 5
  for (const mask of [0x1f, 0xff]) {
    const count = (record[at] ?? 0) & mask
    at += 1
    for (let i = 0; i < count; i += 1) {
      const found = splitLengthPrefixed(record.subarray(at, at + 2 + lengthAt(record, at)), 2)
      if (found === null) return null
      sets.push(...found)
      at += 2 + lengthAt(record, at)
    }
  }
  return sets
}

function readHevcSets(record: Uint8Array): Uint8Array[] | null {
  const sets: Uint8Array[] = []
  let at = 23
  for (let array = 0; array < (record[22] ?? 0); array += 1) {
    const count = lengthAt(record, at + 1)
    at += 3
    for (let i = 0; i < count; i += 1) {
      const end = at + 2 + lengthAt(record, at)
      if (end > record.length) return null
      sets.push(record.subarray(at + 2, end))
      at = end
    }
  }
  return sets
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
}

/**
 * The configuration record of an MP4 whose samples have lengths of four bytes, with all these parameter sets: the first
 * sequence parameter set says profile and level. 8 bits, 4:2:0.
 */
export function writeDecoderConfig(sets: readonly Uint8Array[], codec: NalCodec): Buffer {
  const of = (role: 'vps' | 'sps' | 'pps'): Uint8Array[] => sets.filter((nal) => nalRole(nal, codec) === role)
  const sps = of('sps')[0]
  if (sps === undefined) throw new RangeError('no sequence parameter set')
  const withLength = (nal: Uint8Array): Buffer => Buffer.concat([uint16(nal.length), nal])
  if (codec === 'h264') {
    const [profile = 0, constraints = 0, level = 0] = sps.subarray(1, 4)
    return Buffer.concat([
      Buffer.from([1, profile, constraints, level, 0xff, 0xe0 | of('sps').length]),
      ...of('sps').map(withLength),
      Buffer.from([of('pps').length]),
      ...of('pps').map(withLength),
      // High profiles say chroma format and depths once more.
      ...(profile >= 100 ? [Buffer.from([0xfd, 0xf8, 0xf8, 0])] : []),
    ])
  }
  const plain = unescapeNal(sps)
  const layers = ((plain[2] ?? 0) >> 1) & 7
  const nested = (plain[2] ?? 0) & 1
  const arrays = (['vps', 'sps', 'pps'] as const).map(of).filter((units) => units.length > 0)
  return Buffer.concat([
    Buffer.from([1]),
    // general_profile_tier_level
    plain.subarray(3, 15),
    Buffer.from([0xf0, 0, 0xfc, 0xfc | 1, 0xf8, 0xf8, 0, 0, ((layers + 1) << 3) | (nested << 2) | 3, arrays.length]),
    ...arrays.flatMap((units) => [
      Buffer.from([0x80 | nalType(units[0]!, codec)]),
      uint16(units.length),
      ...units.map(withLength),
    ]),
  ])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
