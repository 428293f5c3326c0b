import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BitReader,
  payloadBits,
  spliceBits,
  ueBits,
  ueLength,
} from '../../../../../../src-main/adapters/ffmpeg/bitstream/bits.ts'
import {
  readDecoderConfig,
  writeDecoderConfig,
} from '../../../../../../src-main/adapters/ffmpeg/bitstream/decoder-config.ts'
import {
  escapeNal,
  joinLengthPrefixed,
  nalType,
  splitAnnexB,
  splitLengthPrefixed,
  unescapeNal,
} from '../../../../../../src-main/adapters/ffmpeg/bitstream/nal-units.ts'
import {
  nalRole,
  parameterSets,
  renumber,
  renumberNal,
} from '../../../../../../src-main/adapters/ffmpeg/bitstream/parameter-sets.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
/** Many zeros and small bytes: what start codes are made of. */
const bytes = fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.nat(255)), { maxLength: 60 }).map((a) => Buffer.from(a))
/** A unit as it stands in a stream: never ends with zero. */
const unit = bytes.map((payload) => escapeNal(Buffer.concat([Buffer.from([0x65]), payload, Buffer.from([0x80])])))

// x264's own, 320×180 at 30 fps.
const sps = hex('6764000d acd94141 9f9f0110 00000300 10000003 03c0f142 9960')
const pps = hex('68ef8fcbfd')
// x265's, 1920×1080.
const hevc = {
  vps: hex('40010c01 ffff0160 00000300 90000003 00000300 7895 9809'),
  sps: hex(
    '42010101 60000003 00900000 03000003 0078a003 c0801 0e5 9665 66924caf 0168 0800 0003 0008 0000 0300 f040'.replaceAll(
      ' ',
      '',
    ),
  ),
  pps: hex('4401c172b46240'),
}

describe('units', () => {
  it('escaping never leaves a start code, and is undone exactly', () => {
    fc.assert(
      fc.property(bytes, (plain) => {
        const nal = escapeNal(plain)
        expect(nal.includes(hex('000000')) || nal.includes(hex('000001')) || nal.includes(hex('000002'))).toBe(false)
        expect(unescapeNal(nal)).toEqual(plain)
      }),
    )
  })

  it('both ways of writing a picture hold the same units', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 5 }), fc.boolean(), (units, long) => {
        const code = long ? hex('00000001') : hex('000001')
        expect(splitAnnexB(Buffer.concat(units.flatMap((nal) => [code, nal])))).toEqual(units)
        expect(splitLengthPrefixed(joinLengthPrefixed(units), 4)).toEqual(units)
      }),
    )
    expect(splitLengthPrefixed(hex('00000005 65'), 4)).toBeNull()
    expect(splitLengthPrefixed(hex('0000'), 4)).toBeNull()
  })
})

describe('bits', () => {
  it('Exp-Golomb codes read back', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (value) => {
        const code = ueBits(value)
        expect(code).toHaveLength(ueLength(value))
        const packed = Buffer.from(
          code
            .padEnd(64, '1')
            .match(/.{8}/g)!
            .map((byte) => parseInt(byte, 2)),
        )
        expect(new BitReader(packed).ue()).toBe(value)
      }),
    )
  })

  it('a splice keeps everything around it', () => {
    const text = (of: Uint8Array): string => [...of].map((byte) => byte.toString(2).padStart(8, '0')).join('')
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 40 }), fc.nat(20), fc.nat(3), (data, position, removed) => {
        const inserted = '01'.repeat(8).slice(0, removed + 8)
        const bits = text(data)
        const expected = bits.slice(0, position) + inserted + bits.slice(position + removed)
        expect(text(spliceBits(data, position, removed, inserted, false))).toBe(expected)
      }),
    )
    expect(() => spliceBits(hex('ffff'), 0, 1, '00', false)).toThrow(RangeError)
    // A parameter set ends with a set bit and zeros up to the byte.
    expect(spliceBits(hex('f080'), 0, 4, '1', true)).toEqual(hex('84'))
    expect(payloadBits(hex('f080'))).toBe(8)
    expect(payloadBits(hex('f0'))).toBe(3)
  })
})

describe('parameter sets', () => {
  it('are found with their numbers', () => {
    expect(parameterSets([sps, pps, hex('65888040')], 'h264').map(({ role, id }) => [role, id])).toEqual([
      ['sps', 0],
      ['pps', 0],
    ])
    expect(parameterSets(Object.values(hevc), 'hevc').map(({ role, id }) => [role, id])).toEqual([
      ['vps', 0],
      ['sps', 0],
      ['pps', 0],
    ])
  })

  it.each(['h264', 'hevc'] as const)('get numbers that the source does not use: %s', (codec) => {
    const own = codec === 'h264' ? [sps, pps] : Object.values(hevc)
    const source = parameterSets(own, codec)
    const numbers = renumber(source, source, codec)!
    const changed = own.map((nal) => renumberNal(nal, codec, numbers))
    const found = parameterSets(changed, codec)
    for (const { role, id } of found) expect(source.some((set) => set.role === role && set.id === id)).toBe(false)
    // Back again, nothing but the numbers was touched.
    const back = { vps: new Map([[1, 0]]), sps: new Map([[1, 0]]), pps: new Map([[15, 0]]) }
    expect(changed.map((nal) => Buffer.from(renumberNal(nal, codec, back)))).toEqual(own)
    // Three at once: source, head and tail.
    const third = renumber(source, [...source, ...found], codec)!
    expect([...third.pps.values()]).toEqual([16])
  })

  it('slices name the new number, and their data stays where it was in its bytes', () => {
    const numbers = { vps: new Map(), sps: new Map(), pps: new Map([[0, 15]]) }
    // first_mb 0, slice type 7 (0001000), pps 0: 1 0001000 1, then data.
    const slice = hex('65 88 ab cd ef 80')
    const changed = renumberNal(slice, 'h264', numbers)
    expect(changed).toHaveLength(slice.length + 1)
    // The old code was the first bit of 0xab.
    expect(Buffer.from(changed.subarray(-4))).toEqual(hex('2b cd ef 80'))
    const reader = new BitReader(unescapeNal(changed), 8)
    expect([reader.ue(), reader.ue(), reader.ue()]).toEqual([0, 7, 15])
    expect(renumberNal(hex('0605ff'), 'h264', numbers)).toEqual(hex('0605ff'))
    expect(() => renumberNal(hex('6598'), 'h264', numbers)).toThrow(RangeError)
  })

  it('roles', () => {
    expect([hex('65'), hex('41'), hex('06'), hex('09')].map((nal) => nalRole(nal, 'h264'))).toEqual([
      'keyframe',
      'slice',
      'aside',
      'aside',
    ])
    expect(nalType(hex('2601'), 'hevc')).toBe(19)
    expect([hex('2601'), hex('2a01'), hex('0201'), hex('4e01')].map((nal) => nalRole(nal, 'hevc'))).toEqual([
      'keyframe',
      'keyframe',
      'slice',
      'aside',
    ])
  })
})

describe('decoder configuration', () => {
  it('of H.264 reads what it writes, and what FFmpeg writes', () => {
    const written = hex(
      '0164000d ffe1001a 6764000d acd94141 9f9f0110 00000300 10000003 03c0f142 99600100 0568ef8f cbfdfdf8 f800',
    )
    expect(writeDecoderConfig([sps, pps], 'h264')).toEqual(written)
    expect(readDecoderConfig(written, 'h264')).toEqual({ lengthSize: 4, parameterSets: [sps, pps] })
    const both = writeDecoderConfig([sps, sps, pps, pps], 'h264')
    expect(readDecoderConfig(both, 'h264')?.parameterSets).toEqual([sps, sps, pps, pps])
  })

  it('of HEVC holds all sets, by kind', () => {
    const sets = [hevc.vps, hevc.sps, hevc.pps]
    const record = writeDecoderConfig([...sets, ...sets], 'hevc')
    expect(readDecoderConfig(record, 'hevc')).toEqual({
      lengthSize: 4,
      parameterSets: sets.flatMap((set) => [set, set]),
    })
  })

  it('bare units, nothing, and nonsense', () => {
    const bare = Buffer.concat([hex('00000001'), sps, hex('000001'), pps])
    expect(readDecoderConfig(bare, 'h264')).toEqual({ lengthSize: null, parameterSets: [sps, pps] })
    expect(readDecoderConfig(Buffer.alloc(0), 'h264')).toBeNull()
    expect(readDecoderConfig(hex('0164000dffe1ffff67'), 'h264')).toBeNull()
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom('h264' as const, 'hevc' as const),
        (data, codec) => {
          expect(() => readDecoderConfig(data, codec)).not.toThrow()
        },
      ),
    )
  })
})
