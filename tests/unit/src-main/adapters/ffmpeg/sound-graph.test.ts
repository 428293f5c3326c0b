import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bleepFilter } from '../../../../../src-main/adapters/ffmpeg/sound-bleeps.ts'
import { createReport, fitLoudness, type Loudness } from '../../../../../src-main/adapters/ffmpeg/measure-loudness.ts'
import { listeningPlaces, WINDOW } from '../../../../../src-main/adapters/ffmpeg/measure-tracks.ts'
import { soundGraph, type LoudnessFix } from '../../../../../src-main/adapters/ffmpeg/sound-graph.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'
import { makeMix } from '../../../../helpers/sound.ts'

const inputs = [
  { track: 0, label: 'sound0', channels: 2 },
  { track: 1, label: 'sound1', channels: 1 },
  { track: 2, label: '0:3', channels: 6 },
]

describe('soundGraph', () => {
  it('mixes, ducks, bleeps, fades and limits', () => {
    const mix = makeMix([0, 1, 2], {
      sources: [
        { track: 0, gainDb: 0 },
        { track: 1, gainDb: 4.567 },
        { track: 2, gainDb: -3 },
      ],
      duck: { music: [2], speech: [1] },
      bleeps: [{ start: s(1), end: s(2), with: 'tone' }],
      fadeIn: s(0.5),
      fadeOut: s(1),
      loudness: { integrated: -14, truePeak: -1 },
    })
    const { graph, output } = soundGraph(mix, inputs, { length: s(10), fix: { gainDb: 3, ceiling: -2 } })
    expect(output).toBe('sound')
    expect(graph.split(';')).toMatchSnapshot()
  })

  it('passes one track on', () => {
    const { graph } = soundGraph(makeMix([1]), inputs, { length: s(2), fix: null })
    expect(graph).toBe(
      '[sound1]aformat=sample_fmts=fltp,pan=stereo|c0=c0|c1=c0,aresample=48000:async=1:first_pts=0,apad=whole_len=96000,atrim=end_sample=96000[track1];' +
        '[track1]anull[sum];[sum]afade=t=in:st=0:d=0.005000,afade=t=out:st=1.995000:d=0.005000,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo[sound]',
    )
    expect(() => soundGraph(makeMix([7]), inputs, { length: s(2), fix: null })).toThrow(/track 7/)
  })

  it('uses every label once, whatever is mixed', () => {
    const some = fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(some, fc.boolean(), fc.double({ min: -60, max: 24, noNaN: true }), (chosen, ducks, gainDb) => {
        const [music, ...speech] = chosen
        const duck = ducks && music !== undefined && speech.length > 0 ? { music: [music], speech } : null
        const mix = makeMix(chosen, { duck, sources: chosen.map((track) => ({ track, gainDb })) })
        const { graph } = soundGraph(mix, inputs, { length: s(1), fix: { gainDb, ceiling: null } })
        const labels = [...graph.matchAll(/\[([a-z]+\d*)\]/g)].map((match) => match[1]!)
        const counts = new Map(labels.map((label) => [label, labels.filter((other) => other === label).length]))
        for (const [label, count] of counts) expect([label, count]).toEqual([label, /^sound\d?$/.test(label) ? 1 : 2])
        expect(graph).not.toMatch(/e-\d/)
      }),
    )
  })
})

describe('bleepFilter', () => {
  it('asks a tree, so that many spans cost little', () => {
    expect(bleepFilter([], -14)).toEqual([])
    const many = Array.from({ length: 256 }, (_, i) => ({ start: s(i), end: s(i + 0.5), with: 'tone' as const }))
    const [filter] = bleepFilter(many, -14)
    let [depth, deepest] = [0, 0]
    for (const part of filter!.matchAll(/if\(|[()]/g)) {
      if (part[0] === ')') depth -= 1
      else deepest = Math.max(deepest, ++depth)
    }
    expect(deepest).toBeLessThan(16)
  })

  it('has silence where tones are not to be measured', () => {
    const bleeps = [{ start: s(1), end: s(2), with: 'tone' as const }]
    expect(bleepFilter(bleeps, null)[0]).not.toContain('sin')
    expect(bleepFilter(bleeps, -14)[0]).toContain('0.199526*sin')
  })
})

describe('the meter', () => {
  const read = (text: string, size = 7): Loudness => {
    const report = createReport()
    for (let at = 0; at < text.length; at += size) report.push(text.slice(at, at + size))
    return report.result()
  }

  it('says the last of each', () => {
    const text =
      'frame:0 pts:0\nlavfi.r128.M=-20.1\nlavfi.r128.I=-70.000\nlavfi.r128.true_peak=0.1\nframe:1\nlavfi.r128.I=-18.25\r\nlavfi.r128.true_peaks_ch0=0.5\nlavfi.r128.true_peak=0.5\n'
    expect(read(text)).toEqual({ integrated: -18.25, truePeak: 20 * Math.log10(0.5) })
  })

  it('silence, nothing, and nonsense', () => {
    const silent = { integrated: null, truePeak: Number.NEGATIVE_INFINITY }
    expect(read('lavfi.r128.I=-70.000\nlavfi.r128.true_peak=0.000\n')).toEqual(silent)
    expect(read('lavfi.r128.I=-inf\n')).toEqual(silent)
    expect(read('lavfi.r128.I=nan\n')).toEqual(silent)
    expect(read('')).toEqual(silent)
    fc.assert(fc.property(fc.string(), (text) => void read(text)))
  })
})

describe('fitLoudness', () => {
  const target = { integrated: -14, truePeak: -1 }
  /** A sound whose peaks the limiter presses down, at so much loudness a decibel. */
  const sound =
    (integrated: number, truePeak: number, cost: number) =>
    (fix: LoudnessFix | null): Promise<Loudness> => {
      if (fix === null) return Promise.resolve({ integrated, truePeak })
      const over = fix.ceiling === null ? 0 : Math.max(0, truePeak + fix.gainDb - fix.ceiling)
      return Promise.resolve({
        integrated: integrated + fix.gainDb - cost * over,
        truePeak: truePeak + fix.gainDb - over + 0.4,
      })
    }

  it('reaches the target below the peak, whatever the sound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -40, max: 0, noNaN: true }),
        fc.double({ min: 3, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        async (integrated, crest, cost) => {
          const measure = sound(integrated, integrated + crest, cost)
          const { fix, note } = await fitLoudness(measure, target)
          const result = await measure(fix)
          expect(result.truePeak).toBeLessThanOrEqual(-1)
          if (note === null) expect(Math.abs(result.integrated! + 14)).toBeLessThan(1)
          if (cost < 0.3) expect(Math.abs(result.integrated! + 14)).toBeLessThan(0.5)
        },
      ),
    )
  })

  it('measures as often as it must', async () => {
    let times = 0
    const { fix } = await fitLoudness((trial) => {
      times += 1
      return sound(-20, -10, 0)(trial)
    }, target)
    expect([fix, times]).toEqual([{ gainDb: 6, ceiling: null }, 2])
  })
})

describe('listeningPlaces', () => {
  it('lie in the clips and over the recording, without listening twice', () => {
    const clips = [
      { start: s(100), end: s(120) },
      { start: s(300), end: s(301) },
    ]
    const places = listeningPlaces(s(600), clips)
    expect(places).toContain(s(109))
    expect(places).toContain(s(300))
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 1, max: s(36_000) })),
        fc.array(fc.integer({ min: 0, max: s(36_000) }), { maxLength: 50 }),
        (duration, starts) => {
          const found = listeningPlaces(
            duration,
            starts.map((start) => ({ start, end: start + s(20) })),
          )
          expect(found.length).toBeGreaterThan(0)
          expect(found.length).toBeLessThanOrEqual(6)
          for (const [i, place] of found.entries())
            if (i > 0) expect(place - found[i - 1]!).toBeGreaterThanOrEqual(WINDOW)
        },
      ),
    )
  })
})
