import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FragmentParser, type Fragment } from '../../../../../src-main/adapters/ffmpeg/proxy-fragments.ts'

function box(type: string, ...contents: Buffer[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + contents.reduce((sum, { length }) => sum + length, 0))
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...contents])
}
const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeInt32BE(value | 0, 4 * i)
  return bytes
}
/** `long`: 64-bit time; `offset`: of the first sample, with as many fields of the run before it as there can be. */
function moof(time: number, { long = true, offset }: { long?: boolean; offset?: number } = {}): Buffer {
  const tfdt = long
    ? box('tfdt', u32(0x01000000), Buffer.from(BigInt(time).toString(16).padStart(16, '0'), 'hex'))
    : box('tfdt', u32(0, time))
  const trun =
    offset === undefined
      ? box('trun', u32(0x000001, 1, 100))
      : box('trun', u32(0x01000f05, 1, 100, 0x2000000, 3000, 555, 0, offset))
  return box('moof', box('mfhd', u32(0, 1)), box('traf', box('tfhd', u32(0x020008, 1, 3000)), tfdt, trun))
}
const head = Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', Buffer.alloc(20))])
const file = Buffer.concat([
  head,
  moof(900_000),
  box('mdat', Buffer.alloc(50, 1)),
  moof(8_000_000_000, { offset: 3000 }),
  box('mdat', Buffer.alloc(60, 2)),
  moof(70, { long: false, offset: -20 }),
  box('mdat', Buffer.alloc(0)),
  box('mfra', Buffer.alloc(10)),
])

function parse(chunks: Buffer[]): { found: Fragment[]; parser: FragmentParser } {
  const parser = new FragmentParser()
  const found = chunks.flatMap((chunk) => parser.push(Buffer.from(chunk)))
  return { found, parser }
}

describe('fragments', () => {
  test('have the time at which their first sample is shown, and lose no byte', () => {
    const { found, parser } = parse([file])
    expect(found.map(({ start, end }) => [start, end])).toEqual([
      [900_000, 903_000],
      [8_000_003_000, 8_000_003_000],
      [50, 3070],
    ])
    expect(parser.initialisation.equals(head)).toBe(true)
    expect(Buffer.concat([head, ...found.map(({ bytes }) => bytes), box('mfra', Buffer.alloc(10))]).equals(file)).toBe(
      true,
    )
  })

  test('are the same however the pipe cuts them', () => {
    const whole = parse([file]).found
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: file.length - 1 }), { maxLength: 20 }), (cuts) => {
        const at = [0, ...new Set(cuts.toSorted((a, b) => a - b)), file.length]
        const { found, parser } = parse(at.slice(1).map((end, i) => file.subarray(at[i], end)))
        expect(found.map(({ start, bytes }) => [start, bytes.toString('hex')])).toEqual(
          whole.map(({ start, bytes }) => [start, bytes.toString('hex')]),
        )
        expect(parser.initialisation.equals(head)).toBe(true)
      }),
    )
  })

  test('what is none is refused, or waited for; never more', () => {
    expect(() => parse([u32(4), Buffer.from('moof')])).toThrow(RangeError)
    expect(() => parse([u32(0x7fffffff), Buffer.from('mdat')])).toThrow(RangeError)
    expect(() => parse([box('moof', box('traf', Buffer.alloc(3)))])).toThrow(RangeError)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          parse([Buffer.from(bytes)])
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})
