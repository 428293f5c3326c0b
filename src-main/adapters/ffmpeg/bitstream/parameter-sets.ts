import { BitReader, spliceBits, ueBits, ueLength } from './bits.ts'
import { escapeNal, nalHeaderBytes, nalType, unescapeNal, type NalCodec } from './nal-units.ts'

export type NalRole = 'vps' | 'sps' | 'pps' | 'slice' | 'keyframe' | 'aside'

/** What a unit is for: `aside` is everything that a picture can be decoded without (delimiters, messages, fillers). */
export function nalRole(nal: Uint8Array, codec: NalCodec): NalRole {
  const type = nalType(nal, codec)
  if (codec === 'h264') {
    if (type === 7) return 'sps'
    if (type === 8) return 'pps'
    if (type === 5) return 'keyframe'
    return type >= 1 && type <= 4 ? 'slice' : 'aside'
  }
  if (type >= 32 && type <= 34) return (['vps', 'sps', 'pps'] as const)[type - 32]!
  // Intra random access points: BLA, IDR, CRA.
  if (type >= 16 && type <= 23) return 'keyframe'
  return type < 32 ? 'slice' : 'aside'
}

export interface ParameterSet {
  readonly role: 'vps' | 'sps' | 'pps'
  readonly id: number
  readonly nal: Uint8Array
}

/** The parameter sets among some units, with their numbers. */
export function parameterSets(units: readonly Uint8Array[], codec: NalCodec): ParameterSet[] {
  return units.flatMap((nal) => {
    const role = nalRole(nal, codec)
    if (role !== 'vps' && role !== 'sps' && role !== 'pps') return []
    const reader = new BitReader(unescapeNal(nal), idPosition(unescapeNal(nal), role, codec))
    return [{ role, id: role === 'vps' ? reader.bits(4) : reader.ue(), nal }]
  })
}

/** Where a parameter set's own number stands, in bits. */
function idPosition(plain: Uint8Array, role: ParameterSet['role'], codec: NalCodec): number {
  const header = 8 * nalHeaderBytes(codec)
  if (role !== 'sps') return header
  // profile_idc, constraint flags, level_idc
  if (codec === 'h264') return header + 24
  const reader = new BitReader(plain, header + 4)
  const subLayers = reader.bits(3)
  reader.position += 1 + 96
  const present = Array.from({ length: subLayers }, () => [reader.bits(1), reader.bits(1)] as const)
  if (subLayers > 0) reader.position += 2 * (8 - subLayers)
  for (const [profile, level] of present) reader.position += (profile ? 88 : 0) + (level ? 8 : 0)
  return reader.position
}

/** New numbers for the parameter sets of an encoder, so that they can stand beside those of the source. */
export interface Renumbering {
  readonly vps: ReadonlyMap<number, number>
  readonly sps: ReadonlyMap<number, number>
  readonly pps: ReadonlyMap<number, number>
}

/**
 * Chooses numbers that `taken` does not use. A slice names its picture parameter set by an Exp-Golomb code; the new
 * code is longer by exactly eight bits, so that everything behind it keeps its place within its byte. Null when the
 * numbers do not suffice.
 */
export function renumber(
  ours: readonly ParameterSet[],
  taken: readonly ParameterSet[],
  codec: NalCodec,
): Renumbering | null {
  const limits = codec === 'h264' ? { vps: 0, sps: 31, pps: 255 } : { vps: 15, sps: 15, pps: 63 }
  const result = { vps: new Map<number, number>(), sps: new Map<number, number>(), pps: new Map<number, number>() }
  for (const { role, id } of ours) {
    if (result[role].has(id)) continue
    const used = new Set(taken.flatMap((set) => (set.role === role ? [set.id] : [])))
    for (const chosen of result[role].values()) used.add(chosen)
    // The smallest number whose code has eight bits more.
    const first = role === 'pps' ? 2 ** ((ueLength(id) + 7) / 2) - 1 : 0
    const last = role === 'pps' ? Math.min(limits.pps, 2 * first) : limits[role]
    let free = first
    while (used.has(free)) free += 1
    if (free > last) return null
    result[role].set(id, free)
  }
  return result
}

/** A unit of the encoder under its new numbers. Units that name no parameter set stay as they are. */
export function renumberNal(nal: Uint8Array, codec: NalCodec, numbers: Renumbering): Uint8Array {
  const role = nalRole(nal, codec)
  if (role === 'aside') return nal
  const plain = unescapeNal(nal)
  const header = 8 * nalHeaderBytes(codec)
  if (role === 'vps') return escapeNal(replaceBits(plain, header, 4, numbers.vps))
  if (role === 'sps') {
    const named = codec === 'hevc' ? replaceBits(plain, header, 4, numbers.vps) : plain
    return escapeNal(replaceUe(named, idPosition(named, 'sps', codec), numbers.sps, true))
  }
  if (role === 'pps') {
    const named = replaceUe(plain, header, numbers.pps, true)
    const reader = new BitReader(named, header)
    reader.ue()
    return escapeNal(replaceUe(named, reader.position, numbers.sps, true))
  }
  const reader = new BitReader(plain, header)
  if (codec === 'h264') {
    // first_mb_in_slice, slice_type
    reader.ue()
    reader.ue()
  } else {
    // first_slice_segment_in_pic_flag, no_output_of_prior_pics_flag
    reader.position += role === 'keyframe' ? 2 : 1
  }
  return escapeNal(replaceUe(plain, reader.position, numbers.pps, false))
}

function replaceBits(plain: Uint8Array, position: number, count: number, numbers: ReadonlyMap<number, number>): Buffer {
  const id = new BitReader(plain, position).bits(count)
  const text = known(numbers, id).toString(2).padStart(count, '0')
  return spliceBits(plain, position, count, text, false)
}

function replaceUe(plain: Uint8Array, position: number, numbers: ReadonlyMap<number, number>, closed: boolean): Buffer {
  const id = new BitReader(plain, position).ue()
  return spliceBits(plain, position, ueLength(id), ueBits(known(numbers, id)), closed)
}

function known(numbers: ReadonlyMap<number, number>, id: number): number {
  const found = numbers.get(id)
  if (found === undefined) throw new RangeError(`an unknown parameter set ${id}`)
  return found
}
