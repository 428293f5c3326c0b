import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fitLoudness, measureLoudness, measureMix } from '../../../src-main/adapters/ffmpeg/measure-loudness.ts'
import type { FfmpegRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import { DUCK_DB, soundGraph, type LoudnessFix } from '../../../src-main/adapters/ffmpeg/sound-graph.ts'
import { ticksFromSeconds, TICKS_PER_SECOND } from '../../../src-shared/domain/time.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { loudnessOfFile, makeMix, mixSources, peakLevel, RATE, readPcm, toneLevel } from '../../helpers/sound.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-sound')
const tone = (hertz: number, seconds: number, amplitude = 0.25, rate = RATE): string =>
  `aevalsrc=exprs='${amplitude}*sin(2*PI*${hertz}*t)':s=${rate}:d=${seconds}`
const dB = (amplitude: number): number => 20 * Math.log10(amplitude)
/** A voice-like sound in the given expression of time. */
const voice = (when: string, level: number, seconds: number): string =>
  `aevalsrc=exprs='${level}*(0.6*sin(2*PI*150*t)+0.4*sin(2*PI*610*t)+0.3*sin(2*PI*1830*t))*abs(sin(2*PI*2*t))*(${when})':s=${RATE}:d=${seconds}`

let runner: FfmpegRunner
beforeAll(async () => {
  runner = await testRunner()
})

describe('a mix', () => {
  it('adds tracks as loud as they are, mono in the middle, changed by their gains', async () => {
    const mix = makeMix([0, 1, 2], {
      sources: [
        { track: 0, gainDb: 0 },
        { track: 1, gainDb: 6 },
        { track: 2, gainDb: -12 },
      ],
    })
    const { channels } = await mixSources(
      runner,
      [
        { source: tone(400, 1) },
        { source: `${tone(900, 1)},pan=stereo|c0=c0|c1=0*c0`, channels: 2 },
        { source: tone(1500, 1) },
      ],
      mix,
      1,
    )
    const [left, right] = channels
    for (const side of channels) {
      expect(side.length).toBe(RATE)
      expect(toneLevel(side, 400, 0.1, 0.9)).toBeCloseTo(dB(0.25), 1)
      expect(toneLevel(side, 1500, 0.1, 0.9)).toBeCloseTo(dB(0.25) - 12, 1)
    }
    expect(toneLevel(left, 900, 0.1, 0.9)).toBeCloseTo(dB(0.25) + 6, 1)
    expect(toneLevel(right, 900, 0.1, 0.9)).toBeLessThan(-80)
  })

  it.each([8000, 44_100, 96_000, 192_000])('of a source at %i Hz', async (rate) => {
    const { channels } = await mixSources(
      runner,
      [{ source: tone(440, 1, 0.25, rate) }, { source: tone(900, 1) }],
      makeMix([0, 1]),
      1,
    )
    expect(channels[0].length).toBe(RATE)
    expect(toneLevel(channels[0], 440, 0.1, 0.9)).toBeCloseTo(dB(0.25), 1)
    expect(toneLevel(channels[0], 900, 0.1, 0.9)).toBeCloseTo(dB(0.25), 1)
  })

  it('of 5.1: who speaks in the middle is heard on both sides', async () => {
    const exprs = [400, 600, 1000, 60, 1500, 2000].map((hertz) => `0.2*sin(2*PI*${hertz}*t)`).join('|')
    const surround = `aevalsrc=exprs='${exprs}':c=5.1:s=${RATE}:d=1`
    const { channels } = await mixSources(runner, [{ source: surround, channels: 6 }], makeMix([0]), 1)
    for (const side of channels) expect(toneLevel(side, 1000, 0.1, 0.9)).toBeCloseTo(dB(0.2) - 3, 0)
    expect(toneLevel(channels[0], 400, 0.1, 0.9)).toBeCloseTo(dB(0.2), 1)
    expect(toneLevel(channels[1], 600, 0.1, 0.9)).toBeCloseTo(dB(0.2), 1)
  })

  it('of tracks that begin late, end early, or have a hole', async () => {
    const hole = `${tone(1500, 2)},aselect='lt(t,0.5)+gt(t,1.2)'`
    const { channels } = await mixSources(
      runner,
      [{ source: tone(400, 1) }, { source: tone(900, 1), late: 0.5 }, { source: hole }],
      makeMix([0, 1, 2]),
      2,
    )
    const [left] = channels
    expect(left.length).toBe(2 * RATE)
    expect(toneLevel(left, 400, 0.1, 0.9)).toBeCloseTo(dB(0.25), 1)
    expect(toneLevel(left, 400, 1.1, 1.9)).toBeLessThan(-60)
    expect(toneLevel(left, 900, 0.05, 0.45)).toBeLessThan(-60)
    expect(toneLevel(left, 900, 0.55, 1.45)).toBeCloseTo(dB(0.25), 1)
    expect(toneLevel(left, 1500, 0.05, 0.45)).toBeCloseTo(dB(0.25), 1)
    expect(toneLevel(left, 1500, 0.6, 1.1)).toBeLessThan(-60)
    expect(toneLevel(left, 1500, 1.3, 1.95)).toBeCloseTo(dB(0.25), 1)
  })

  it('fades', async () => {
    const mix = makeMix([0], { fadeIn: ticksFromSeconds(0.5), fadeOut: ticksFromSeconds(0.4) })
    const { channels } = await mixSources(runner, [{ source: tone(1000, 2) }], mix, 2)
    const level = (from: number): number => peakLevel(channels[0], from, from + 0.01) / 0.25
    expect(level(0)).toBeLessThan(0.03)
    expect(level(0.245)).toBeCloseTo(0.5, 1)
    expect(level(0.6)).toBeCloseTo(1, 2)
    expect(level(1.5)).toBeCloseTo(1, 2)
    expect(level(1.795)).toBeCloseTo(0.5, 1)
    expect(level(1.99)).toBeLessThan(0.03)
  })
})

describe('bleeps', () => {
  const bleeps = [
    { start: ticksFromSeconds(0.5003), end: ticksFromSeconds(0.9), with: 'tone' as const },
    { start: ticksFromSeconds(1.2), end: ticksFromSeconds(1.2371), with: 'silence' as const },
    { start: ticksFromSeconds(1.6), end: ticksFromSeconds(2), with: 'tone' as const },
  ]
  const sources = [{ source: tone(300, 2.2, 0.5) }, { source: tone(3100, 2.2, 0.2) }]

  it.each([null, { integrated: -14, truePeak: -1 }])(
    'replace all of the sound, to the millisecond (%o)',
    async (loudness) => {
      const { channels } = await mixSources(runner, sources, makeMix([0, 1], { bleeps, loudness }), 2.2)
      const level = loudness === null ? -20 : -14
      for (const side of channels) {
        for (const { start, end, with: how } of bleeps) {
          const [from, to] = [start / TICKS_PER_SECOND, end / TICKS_PER_SECOND]
          // Nothing of it inside, all of it 2 ms outside.
          const inside = side.slice(Math.ceil(from * RATE), Math.floor(to * RATE))
          if (how === 'silence') expect(peakLevel(inside, 0, 1)).toBe(0)
          else {
            expect(toneLevel(side, 300, from, to)).toBeLessThan(-75)
            expect(toneLevel(side, 3100, from, to)).toBeLessThan(-75)
            expect(toneLevel(side, 1000, from + 0.01, to - 0.01)).toBeCloseTo(level, 1)
            // The tone has its full level 3 ms from either end.
            expect(dB(peakLevel(side, from + 0.002, from + 0.003))).toBeCloseTo(level, 0)
            expect(dB(peakLevel(side, to - 0.003, to - 0.002))).toBeCloseTo(level, 0)
          }
        }
        for (const [from, to] of [
          [0.1, 0.498],
          [0.902, 1.198],
          [1.2391, 1.598],
          [2.002, 2.19],
        ] as const) {
          expect(toneLevel(side, 1000, from, to)).toBeLessThan(-45)
          expect(toneLevel(side, 300, from, to) - toneLevel(side, 3100, from, to)).toBeCloseTo(dB(2.5), 0)
        }
      }
    },
  )

  it('of 500 spans cost little more than one', async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      start: ticksFromSeconds(0.1 + i * 0.02),
      end: ticksFromSeconds(0.11 + i * 0.02),
      with: 'silence' as const,
    }))
    const { channels } = await mixSources(runner, [{ source: tone(1000, 11, 0.5) }], makeMix([0], { bleeps: many }), 11)
    for (const at of [0, 7, 250, 499]) {
      expect(peakLevel(channels[0], 0.1005 + at * 0.02, 0.1095 + at * 0.02)).toBe(0)
      expect(peakLevel(channels[0], 0.1125 + at * 0.02, 0.1175 + at * 0.02)).toBeGreaterThan(0.45)
    }
  })
})

describe('music under speech', () => {
  it.each([0.5, 0.1, 0.03])(
    'goes down by the same however loud somebody speaks (%f), and comes back',
    async (level) => {
      const speaks = 'between(t,2,4)'
      const mix = makeMix([0, 1, 2], { duck: { music: [1], speech: [0] } })
      const { channels } = await mixSources(
        runner,
        [{ source: voice(speaks, level, 7) }, { source: tone(4000, 7) }, { source: tone(7000, 7) }],
        mix,
        7,
      )
      const [left] = channels
      expect(toneLevel(left, 4000, 0.5, 1.9)).toBeCloseTo(dB(0.25), 1)
      const ducked = toneLevel(left, 4000, 2.5, 3.9) - dB(0.25)
      expect(ducked).toBeLessThan(-DUCK_DB + 4)
      expect(ducked).toBeGreaterThan(-DUCK_DB)
      expect(toneLevel(left, 4000, 6, 6.9)).toBeCloseTo(dB(0.25), 0)
      // The game stays.
      expect(toneLevel(left, 7000, 2.5, 3.9)).toBeCloseTo(dB(0.25), 1)
    },
  )

  it('stays where only a room is heard', async () => {
    const room = `anoisesrc=c=pink:a=0.006:s=1:r=${RATE}:d=3`
    const mix = makeMix([0, 1], { duck: { music: [1], speech: [0] } })
    const { channels } = await mixSources(
      runner,
      [{ source: room.replace(':s=1', ':seed=1') }, { source: tone(4000, 3) }],
      mix,
      3,
    )
    expect(toneLevel(channels[0], 4000, 0.5, 2.9)).toBeCloseTo(dB(0.25), 0)
  })
})

describe('loudness', () => {
  const target = { integrated: -14, truePeak: -1 }
  const shots = `aevalsrc=exprs='0.01*(random(0)-0.5)+0.3*exp(-18*mod(t,0.9))*(random(1)-0.5)*2*lt(mod(t,0.9),0.4)':s=16000:d=10`
  const sources: Record<string, string> = {
    quiet: `anoisesrc=c=pink:a=0.05:seed=1:r=${RATE}:d=8`,
    loud: `anoisesrc=c=brown:a=1:seed=1:r=${RATE}:d=8,volume=20dB,asoftclip=type=hard`,
    peaky: shots,
    'speech-like': voice('gt(mod(t,3),0.7)', 0.1, 9),
    'quiet speech': voice('gt(mod(t,3),0.7)', 0.02, 9),
    short: tone(500, 1),
  }

  it.each(Object.keys(sources))('%s: -14 LUFS with peaks below -1 dBTP, in the encoded file', async (name) => {
    const source = sources[name]!
    const seconds = Number(/:d=([\d.]+)/.exec(source)![1])
    const mix = makeMix([0], { loudness: target })
    const input = ['-f', 'lavfi', '-i', source]
    const graph = (fix: LoudnessFix | null) =>
      soundGraph(mix, [{ track: 0, label: '0:a', channels: 1 }], { length: ticksFromSeconds(seconds), fix })
    const { fix, note } = await fitLoudness(
      (trial) => measureMix(runner, input, graph(trial), mix, { fix: trial }),
      target,
    )
    const file = path.join(folder, `${name}.m4a`)
    const { graph: text, output } = graph(fix)
    await runner.run([
      ...input,
      '-filter_complex',
      text,
      '-map',
      `[${output}]`,
      '-c:a',
      'aac',
      '-b:a',
      '192000',
      `file:${file}`,
    ])
    const { integrated, truePeak } = await loudnessOfFile(runner, file)
    expect(note).toBeNull()
    expect(Math.abs((integrated ?? 0) + 14)).toBeLessThan(0.5)
    expect(truePeak).toBeLessThanOrEqual(-1)
  })

  it('leaves silence and what is too short as they are, and says so', async () => {
    for (const source of ['anullsrc=d=2', tone(500, 0.2)]) {
      const seconds = source.startsWith('an') ? 2 : 0.2
      const { fix, note, channels } = await mixSources(
        runner,
        [{ source }],
        makeMix([0], { loudness: target }),
        seconds,
      )
      expect(fix).toEqual({ gainDb: 0, ceiling: null })
      expect(note).toMatch(/stays as it is/)
      expect(channels[0].length).toBe(seconds * RATE)
    }
  })

  it('neither breaks clicks nor raises a whisper of noise: it stays quieter, and says so', async () => {
    const clicks = `aevalsrc=exprs='0.003*(random(0)-0.5)+0.99*lt(mod(t,2),0.0003)':s=${RATE}:d=6`
    const { note, channels } = await mixSources(runner, [{ source: clicks }], makeMix([0], { loudness: target }), 6)
    expect(note).toMatch(/quieter than platforms play it/)
    expect(peakLevel(channels[0], 0, 6)).toBeLessThan(0.89)
    const { fix } = await mixSources(
      runner,
      [{ source: `anoisesrc=a=0.0008:seed=3:r=${RATE}:d=3` }],
      makeMix([0], { loudness: target }),
      3,
    )
    expect(fix.gainDb).toBe(36)
  })

  it('the limiter neither moves nor shortens the sound', async () => {
    const mix = makeMix([0], { loudness: target })
    const click = `aevalsrc=exprs='0.05*sin(2*PI*300*t)+0.9*sin(2*PI*900*t)*between(t,0.5,0.52)+0.9*sin(2*PI*900*t)*between(t,1.97,2)':s=${RATE}:d=2`
    const { channels, fix } = await mixSources(runner, [{ source: click }], mix, 2)
    expect(fix.ceiling).not.toBeNull()
    expect(channels[0].length).toBe(2 * RATE)
    const first = channels[0].findIndex((value) => Math.abs(value) > 0.5)
    expect(first / RATE).toBeCloseTo(0.5, 2)
    expect(Math.abs(first / RATE - 0.5)).toBeLessThan(0.001)
    expect(peakLevel(channels[0], 1.99, 2)).toBeGreaterThan(0.5)
  })

  it('ends at once when cancelled', async () => {
    const controller = new AbortController()
    const graph = soundGraph(makeMix([0]), [{ track: 0, label: '0:a', channels: 1 }], {
      length: ticksFromSeconds(3600),
      fix: null,
    })
    const measuring = measureLoudness(runner, ['-f', 'lavfi', '-i', tone(440, 3600)], graph, controller)
    setTimeout(() => controller.abort(), 200)
    await expect(measuring).rejects.toThrow()
  })
})

it('a track alone comes out as it went in, but for its edges, which do not click', async () => {
  const source = `anoisesrc=c=pink:a=0.3:seed=4:r=${RATE}:d=1`
  const [plain] = await readPcm(runner, [
    '-f',
    'lavfi',
    '-i',
    `${source},aformat=sample_fmts=fltp,pan=stereo|c0=c0|c1=c0`,
  ])
  const { channels } = await mixSources(runner, [{ source }], makeMix([0]), 1)
  const edge = 0.005 * RATE
  const inside = channels[0].subarray(edge, -edge)
  expect(inside.every((value, i) => Math.abs(value - plain[i + edge]!) < 1e-6)).toBe(true)
  expect([channels[0][0], Math.abs(channels[0].at(-1)!) < 0.01]).toEqual([0, true])
})
