import { describe, expect, it } from 'vitest'
import { chapterFile, muxArgs, type MontageParts } from '../../../../../src-main/adapters/ffmpeg/montage-mux.ts'
import { gainAt } from '../../../../../src-main/adapters/ffmpeg/montage-stems.ts'
import { sliceParts } from '../../../../../src-shared/domain/clip-timeline.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'

const parts: MontageParts = {
  picture: '/out/picture',
  beds: [
    { path: '/out/voices', kind: 'stems', gainDb: 0, part: 'voices' },
    { path: '/out/music', kind: 'music', gainDb: -9, part: 'music' },
  ],
  length: s(10),
  fadeOut: s(1),
  loudness: { integrated: -14, truePeak: -1 },
  chapters: [{ start: 0, end: s(10), title: 'Ace' }],
  title: 'Best of',
}
const files = { output: '/out/file', scratch: '/out/scratch' }

describe('the last step of a montage', () => {
  it('takes the picture as it is, repeats music, lets it go down under voices, and keeps chapters', () => {
    const argv = muxArgs(parts, { gainDb: 2, ceiling: -2 }, files)
    const text = argv.join(' ')
    expect(text).toContain('-map 0:v:0 -c:v copy')
    expect(text).toContain('-stream_loop -1 -protocol_whitelist file -f s16le')
    expect(text).toContain('sidechaincompress')
    expect(text).toContain('-map_metadata 3 -map_chapters 3')
    expect(text).not.toMatch(/-i (?!file:)/)
  })

  it('has neither sound nor chapters where there are none', () => {
    const argv = muxArgs({ ...parts, beds: [], chapters: [] }, { gainDb: 0, ceiling: null }, files)
    expect(argv).toContain('-an')
    expect(argv.join(' ')).toContain('-map_metadata -1 -map_chapters -1')
    expect(argv).not.toContain('-filter_complex')
  })

  it('writes titles so that nothing in them has a meaning of its own', () => {
    const title = 'a=b;c#d\\e\n[CHAPTER]'
    expect(
      chapterFile([{ start: s(1), end: s(2), title }])
        .split('\n')
        .slice(1),
    ).toEqual([
      '[CHAPTER]',
      'TIMEBASE=1/1000000',
      'START=1000000',
      'END=2000000',
      String.raw`title=a\=b\;c\#d\\e [CHAPTER]`,
      '',
    ])
  })
})

describe('a stem', () => {
  const stem = { path: '', at: 0, samples: 100, fadeIn: 20, fadeOut: 20, gainDb: 0 }

  it('fades with equal power: what comes makes up for what goes', () => {
    for (let i = 0; i < 20; i += 1) {
      expect(gainAt(stem, 100, i) ** 2 + gainAt(stem, 100, 80 + i) ** 2).toBeCloseTo(1, 10)
    }
    expect(gainAt(stem, 100, 50)).toBe(1)
    expect(gainAt({ ...stem, gainDb: 6 }, 100, 50)).toBeCloseTo(1.995, 3)
  })
})

describe('a slice of parts', () => {
  const clip = [
    { start: s(10), end: s(14), speed: 2 },
    { start: s(20), end: s(21), speed: 1 },
  ]

  it('is what plays between two times of the clip', () => {
    expect(sliceParts(clip, { start: 0, end: s(3) })).toEqual(clip)
    expect(sliceParts(clip, { start: s(1), end: s(2.5) })).toEqual([
      { start: s(12), end: s(14), speed: 2 },
      { start: s(20), end: s(20.5), speed: 1 },
    ])
    expect(sliceParts(clip, { start: s(3), end: s(4) })).toEqual([])
  })
})
