import { readFileSync } from 'node:fs'

/** What libass needs of a TrueType font, read from its tables. */
export interface FontFacts {
  unitsPerEm: number
  windowsHeight: number
  families: string[]
  has(codePoint: number): boolean
  /** In units of the em; 0 where the font has no such character. */
  advance(codePoint: number): number
  /** Windows character maps, in the order of the file: 1 holds 16 bits, 10 holds 32. */
  windowsMaps: number[]
}

/** @throws RangeError where a table is missing or breaks off. */
export function readFont(path: string): FontFacts {
  const bytes = readFileSync(path)
  const tables = new Map<string, number>()
  for (let i = 0; i < bytes.readUInt16BE(4); i += 1) {
    const at = 12 + 16 * i
    tables.set(bytes.toString('latin1', at, at + 4), bytes.readUInt32BE(at + 8))
  }
  const table = (name: string): number => {
    const at = tables.get(name)
    if (at === undefined) throw new RangeError(`no ${name} in ${path}`)
    return at
  }
  const metrics = bytes.readUInt16BE(table('hhea') + 34)
  const { glyphs, windowsMaps } = readMaps(bytes, table('cmap'))
  return {
    unitsPerEm: bytes.readUInt16BE(table('head') + 18),
    windowsHeight: bytes.readUInt16BE(table('OS/2') + 74) + bytes.readUInt16BE(table('OS/2') + 76),
    families: readNames(bytes, table('name')),
    has: (codePoint) => glyphs.has(codePoint),
    advance(codePoint) {
      const glyph = glyphs.get(codePoint)
      return glyph === undefined ? 0 : bytes.readUInt16BE(table('hmtx') + 4 * Math.min(glyph, metrics - 1))
    },
    windowsMaps,
  }
}

function readNames(bytes: Buffer, at: number): string[] {
  const strings = at + bytes.readUInt16BE(at + 4)
  const names: string[] = []
  for (let i = 0; i < bytes.readUInt16BE(at + 2); i += 1) {
    const record = at + 6 + 12 * i
    if (bytes.readUInt16BE(record) !== 3 || bytes.readUInt16BE(record + 6) !== 1) continue
    const from = strings + bytes.readUInt16BE(record + 10)
    names.push(
      Buffer.from(bytes.subarray(from, from + bytes.readUInt16BE(record + 8)))
        .swap16()
        .toString('utf16le'),
    )
  }
  return names
}

function readMaps(bytes: Buffer, at: number): { glyphs: Map<number, number>; windowsMaps: number[] } {
  const glyphs = new Map<number, number>()
  const windowsMaps: number[] = []
  for (let i = 0; i < bytes.readUInt16BE(at + 2); i += 1) {
    const record = at + 4 + 8 * i
    if (bytes.readUInt16BE(record) !== 3) continue
    windowsMaps.push(bytes.readUInt16BE(record + 2))
    const map = at + bytes.readUInt32BE(record + 4)
    if (bytes.readUInt16BE(map) === 12) readSegments(bytes, map, glyphs)
    else if (bytes.readUInt16BE(map) === 4) readRanges(bytes, map, glyphs)
  }
  return { glyphs, windowsMaps }
}

function readSegments(bytes: Buffer, map: number, glyphs: Map<number, number>): void {
  for (let i = 0; i < bytes.readUInt32BE(map + 12); i += 1) {
    const group = map + 16 + 12 * i
    const [first, last, glyph] = [0, 4, 8].map((offset) => bytes.readUInt32BE(group + offset)) as [
      number,
      number,
      number,
    ]
    for (let code = first; code <= last; code += 1) glyphs.set(code, glyph + code - first)
  }
}

function readRanges(bytes: Buffer, map: number, glyphs: Map<number, number>): void {
  const count = bytes.readUInt16BE(map + 6) / 2
  for (let i = 0; i < count; i += 1) {
    const last = bytes.readUInt16BE(map + 14 + 2 * i)
    const first = bytes.readUInt16BE(map + 16 + 2 * count + 2 * i)
    const delta = bytes.readUInt16BE(map + 16 + 4 * count + 2 * i)
    const offsetAt = map + 16 + 6 * count + 2 * i
    const offset = bytes.readUInt16BE(offsetAt)
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const raw = offset === 0 ? code : bytes.readUInt16BE(offsetAt + offset + 2 * (code - first))
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff
      if (glyph !== 0) glyphs.set(code, glyph)
    }
  }
}
