import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFramecrcParser, type FrameLine } from '../../../../../src-main/adapters/ffmpeg/framecrc.ts'
import { ticksFromPts } from '../../../../../src-shared/domain/time.ts'

function parse(chunks: readonly Uint8Array[]): FrameLine[] {
  const lines: FrameLine[] = []
  const parser = createFramecrcParser((line) => lines.push({ ...line }))
  for (const chunk of chunks) parser.push(chunk)
  parser.finish()
  return lines
}

const header = '#software: Lavf59.27.100\n#tb 0: 1/15360\n#media_type 0: video\n#extradata 0:       49, 0x94c611a7\n'

describe('framecrc', () => {
  test('lines as FFmpeg writes them', () => {
    const text =
      header +
      '0,       -512,          0,      256,    93509, 0x2f56890a\n' +
      '0,       -256,        768,      256,    46382, 0x9b677a1e, F=0x0\n' +
      '0, -9223372036854775808, -9223372036854775808, 0, 12, 0x1, S=1,       10, 0x5f424878\n' +
      '0,          0,        256,      256,    16986, 0x5f424878, F=0x5, S=1,       10, 0x00000000\n'
    const tick = (pts: number): number => ticksFromPts(pts, { num: 1, den: 15360 })
    expect(parse([Buffer.from(text)])).toEqual([
      { stream: 0, dts: tick(-512), pts: 0, duration: tick(256), size: 93509, isKey: true },
      { stream: 0, dts: tick(-256), pts: tick(768), duration: tick(256), size: 46382, isKey: false },
      { stream: 0, dts: null, pts: null, duration: 0, size: 12, isKey: true },
      { stream: 0, dts: 0, pts: tick(256), duration: tick(256), size: 16986, isKey: false },
    ])
  })

  test('cut anywhere, the same lines', () => {
    const line = fc.record({
      stream: fc.constantFrom(0, 1),
      pts: fc.integer({ min: -1e12, max: 1e12 }),
      duration: fc.nat(1e6),
      size: fc.nat(1e9),
      isKey: fc.boolean(),
    })
    const cuts = fc.array(fc.nat(4000), { maxLength: 40 })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), cuts, (lines, at) => {
        const text = lines.map(
          (l) =>
            `${l.stream}, ${String(l.pts).padStart(10)}, ${String(l.pts).padStart(10)}, ${l.duration}, ${l.size}, 0x1${l.isKey ? '' : ', F=0x0'}`,
        )
        const bytes = Buffer.from(['#tb 0: 1/1000', '#tb 1: 1/90000', ...text, ''].join('\n'))
        const edges = [0, ...at.filter((c) => c < bytes.length).sort((a, b) => a - b), bytes.length]
        const chunks = edges.slice(1).map((end, i) => bytes.subarray(edges[i], end))
        const expected = lines.map((l) => {
          const tb = { num: 1, den: l.stream === 0 ? 1000 : 90_000 }
          const pts = ticksFromPts(l.pts, tb)
          return {
            stream: l.stream,
            dts: pts,
            pts,
            duration: ticksFromPts(l.duration, tb),
            size: l.size,
            isKey: l.isKey,
          }
        })
        expect(parse(chunks)).toEqual(expected)
      }),
      { numRuns: 200 },
    )
  })

  test('what a kill tears off is no line, and rubbish is no crash', () => {
    expect(parse([Buffer.from(`${header}0, 1, 2, 25`)])).toEqual([])
    expect(parse([Buffer.from(`${header}\n\nhello\n0, x, 1\n7, 1, 1, 1, 1, 0x0\n`)])).toEqual([])
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void parse([bytes])))
    expect(() => parse([Buffer.alloc(70_000, 49), Buffer.alloc(70_000, 49)])).toThrow(RangeError)
  })
})
