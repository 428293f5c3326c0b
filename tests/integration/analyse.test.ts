import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { openFeatures, type FeaturesFile } from '../../src-main/adapters/features/read-features.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import { melDecibels, MEL_PATCH, PICTURE_BYTES, slotOf, type SignalCurve } from '../../src-shared/domain/signal.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { analyseFile } from '../helpers/analyse-file.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { cutFile, makeMedia, type Recipe } from '../helpers/make-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const run = promisify(execFile)
const folder = tempFolder('clutchcut-analyse')
let runner: FfmpegRunner
beforeAll(async () => {
  runner = await testRunner()
})

/** A grey scene with a red flash at 8 s and another scene from 14 s; quiet noise with a loud tone at 11.1 s. */
const seconds = 20
const planted: Recipe = {
  container: 'mkv',
  seconds,
  video: {
    gop: 15,
    source:
      `testsrc2=s=320x180:r=30:d=${seconds},eq=saturation=0.3:brightness=-0.1,` +
      `drawbox=color=red:t=fill:enable='between(t,8,8.9)',drawbox=color=0x2060ff:t=fill:enable='gte(t,14)'`,
  },
  audio: [
    {
      title: 'Game',
      source: `aevalsrc='0.005*random(0)+if(between(t,11.1,11.4),0.8*sin(2*PI*2000*t))':s=48000:d=${seconds}`,
    },
  ],
}
const events = { flash: 16, burst: 22, cut: 28 }

async function open(file: string): Promise<FeaturesFile & { curve(id: string, track?: number | null): SignalCurve }> {
  const features = await openFeatures(file)
  await features.close()
  const curve = (id: string, track: number | null = null): SignalCurve =>
    features.signals.curves.find((c) => c.id === id && c.track === track)!
  return { ...features, curve }
}

function highest({ values, valid }: SignalCurve): number {
  let best = -1
  for (let i = 0; i < values.length; i++) if (valid[i] === 1 && (best < 0 || values[i]! > values[best]!)) best = i
  return best
}

async function remux(args: string[], output: string): Promise<string> {
  const file = path.join(folder, output)
  await run(runner.tools.ffmpeg, ['-y', '-nostdin', '-v', 'error', ...args, `file:${file}`])
  return file
}

function expectEvents(features: Awaited<ReturnType<typeof open>>): void {
  const red = features.curve('picture.red')
  expect(red.values[highest(red)]).toBeGreaterThan(0.9)
  expect(Math.abs(highest(red) - events.flash)).toBeLessThanOrEqual(1)
  expect(red.z[events.flash + 1]).toBeGreaterThan(4)
  const rms = features.curve('audio.rms', 0)
  expect(highest(rms)).toBe(events.burst)
  expect(rms.z[events.burst]).toBeGreaterThan(4)
  expect(highest(features.curve('audio.onset', 0))).toBe(events.burst)
  // The tone's share of the power in its slot is all of it.
  expect(Math.abs(features.curve('audio.centroid', 0).values[events.burst]! - 2000)).toBeLessThan(60)
  const cuts = features.cuts.map(slotOf)
  expect(cuts.some((slot) => Math.abs(slot - events.cut) <= 1)).toBe(true)
}

describe('planted events are found where they are', () => {
  test.each([
    ['mkv', {}],
    ['mp4', {}],
    ['mp4, fragmented', { container: 'mp4', layout: 'fragmented' }],
    ['ts, which starts at 1.4 s', { container: 'ts' }],
    ['flv', { container: 'flv' }],
    ['every timestamp 5 s later', { offset: 5 }],
    ['every timestamp 5 s later, mp4', { container: 'mp4', offset: 5 }],
    ['avi', { container: 'avi', video: { ...planted.video, bFrames: 0 } }],
    ['hevc', { container: 'mp4', video: { ...planted.video, codec: 'hevc' } }],
    ['mjpeg: keyframes only', { container: 'mkv', video: { ...planted.video, codec: 'mjpeg' } }],
    ['DASH', { container: 'dash' }],
  ] as [string, Partial<Recipe>][])('%s', async (_, change) => {
    const container = change.container ?? (_ === 'mp4' ? 'mp4' : 'mkv')
    const file = await makeMedia(folder, { ...planted, container, ...change })
    const { result, features } = await analyseFile(file, { runner, folder })
    const read = await open(features)
    expectEvents(read)
    expect(Math.abs(secondsFromTicks(result.duration) - seconds)).toBeLessThan(0.2)
    expect(result.slots).toBeGreaterThanOrEqual(2 * seconds)
    expect(result.slots).toBeLessThanOrEqual(2 * seconds + 1)
    expect(read.signals.length).toBe(result.slots)
    expect(result.keyframes.count).toBeGreaterThanOrEqual(39)
    expect(result.extraFrames).toBe(0)
    for (const { values, z } of read.signals.curves) {
      expect(values.every(Number.isFinite) && z.every((v) => Math.abs(v) <= 8)).toBe(true)
    }
  })

  test('sound that starts later than the picture, or before it', async () => {
    const file = await makeMedia(folder, planted)
    const late = await remux(
      ['-itsoffset', '3', '-i', file, '-i', file, '-map', '1:v', '-map', '0:a', '-c', 'copy'],
      'late.mkv',
    )
    const lateFeatures = await open((await analyseFile(late, { runner, folder })).features)
    const rms = lateFeatures.curve('audio.rms', 0)
    expect(highest(rms)).toBe(events.burst + 6)
    expect([...rms.valid.slice(0, 7)]).toEqual([0, 0, 0, 0, 0, 0, 1])
    expect(Math.abs(highest(lateFeatures.curve('picture.red')) - events.flash)).toBeLessThanOrEqual(1)

    const early = await remux(
      ['-itsoffset', '3', '-i', file, '-i', file, '-map', '0:v', '-map', '1:a', '-c', 'copy'],
      'early.mkv',
    )
    const earlyFeatures = await open((await analyseFile(early, { runner, folder })).features)
    expect(highest(earlyFeatures.curve('audio.rms', 0))).toBe(events.burst - 6)
    expect(Math.abs(highest(earlyFeatures.curve('picture.red')) - events.flash)).toBeLessThanOrEqual(1)
  })

  test('a hole in the sound is not silence, and moves nothing', async () => {
    const source = `${planted.audio![0]!.source},aselect='not(between(t,4,9))'`
    const file = await makeMedia(folder, { ...planted, audio: [{ codec: 'pcm', source }] })
    const read = await open((await analyseFile(file, { runner, folder })).features)
    const { valid } = read.curve('audio.rms', 0)
    expect([...valid.slice(0, 24)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    expect(highest(read.curve('audio.rms', 0))).toBe(events.burst)
  })

  test('in a scene without keyframes nearby, the packets say where it changed', async () => {
    const source =
      'testsrc2=s=320x180:r=30:d=14,eq=saturation=0.3[a];mandelbrot=s=320x180:r=30,trim=duration=6[b];[a][b]concat'
    const file = await makeMedia(folder, { ...planted, video: { source, gop: 150 } })
    const read = await open((await analyseFile(file, { runner, folder })).features)
    expect(read.cuts.map(slotOf)).toContain(events.cut)
  })

  test('a sine has the level and the pitch that it was given', async () => {
    const source = 'aevalsrc=0.25*sin(2*PI*1000*t):s=44100:d=6'
    const file = await makeMedia(folder, {
      container: 'wav',
      seconds: 6,
      video: null,
      audio: [{ codec: 'pcm', source }],
    })
    const { features } = await analyseFile(file, { runner, folder })
    const read = await open(features)
    for (let slot = 1; slot < 11; slot++) {
      expect(read.curve('audio.rms', 0).values[slot]).toBeCloseTo(-15.05, 1)
      expect(Math.abs(read.curve('audio.centroid', 0).values[slot]! - 1000)).toBeLessThan(5)
    }
    const again = await openFeatures(features)
    const patch = await again.readMel(0, 5, 1)
    await again.close()
    expect(patch).toHaveLength(MEL_PATCH)
    expect(Math.abs(melDecibels(Math.max(...patch)) + 12)).toBeLessThan(3)
  })
})

describe('whatever is in the file', () => {
  test('several tracks are told apart', async () => {
    const quiet = 'aevalsrc=0.01*sin(2*PI*300*t):s=48000:d=4'
    const loud = 'aevalsrc=0.5*sin(2*PI*3000*t):s=44100:d=4'
    const file = await makeMedia(folder, {
      seconds: 4,
      container: 'mkv',
      audio: [{ source: quiet }, { source: loud, sampleRate: 44_100 }],
    })
    const { features } = await analyseFile(file, { runner, folder })
    const read = await open(features)
    expect(read.melTracks).toEqual([0, 1])
    expect(read.curve('audio.rms', 0).values[4]).toBeCloseTo(-43, 0)
    expect(read.curve('audio.rms', 1).values[4]).toBeCloseTo(-9, 0)
    expect(Math.abs(read.curve('audio.centroid', 1).values[4]! - 3000)).toBeLessThan(30)
  })

  test('only sound, only pictures', async () => {
    const sound = await analyseFile(
      await makeMedia(folder, { video: null, container: 'mp3', seconds: 3, audio: [{ codec: 'mp3' }] }),
      { runner, folder },
    )
    expect(sound.result.keyframes.count).toBe(0)
    expect((await open(sound.features)).signals.curves.every((c) => c.track === 0)).toBe(true)
    const pictures = await analyseFile(await makeMedia(folder, { audio: [], seconds: 3 }), { runner, folder })
    const read = await open(pictures.features)
    expect(read.signals.curves.every((c) => c.track === null)).toBe(true)
    expect(read.curve('picture.luma').valid.every((v) => v === 1)).toBe(true)
    expect(pictures.result.slots).toBe(6)
  })

  test('sound that ends before the picture', async () => {
    const source = 'sine=f=440:r=48000:d=2'
    const file = await makeMedia(folder, { seconds: 6, container: 'mkv', audio: [{ source }] })
    const { result, features } = await analyseFile(file, { runner, folder })
    const { valid } = (await open(features)).curve('audio.rms', 0)
    expect(result.slots).toBe(12)
    expect([...valid]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('a track without a single packet', async () => {
    const file = await makeMedia(folder, { seconds: 3 })
    const empty = await remux(
      [
        '-i',
        file,
        '-f',
        'lavfi',
        '-i',
        'sine=d=1',
        '-map',
        '0',
        '-map',
        '1',
        '-c:v',
        'copy',
        '-c:a',
        'aac',
        '-bsf:a:1',
        'noise=drop=1',
      ],
      'empty-track.mkv',
    )
    const { features } = await analyseFile(empty, { runner, folder })
    const read = await open(features)
    expect(read.curve('audio.rms', 0).valid[2]).toBe(1)
    expect(read.curve('audio.rms', 1)?.valid.every((v) => v === 0) ?? true).toBe(true)
  })

  test('one keyframe; a single frame; odd dimensions', async () => {
    const video = { gop: 10_000, width: 161, height: 91, pixels: 'yuv444p' }
    const one = await analyseFile(await makeMedia(folder, { seconds: 25, container: 'mkv', video }), { runner, folder })
    expect(one.result.keyframes.count).toBe(1)
    expect(secondsFromTicks(one.result.keyframes.longestGap)).toBeCloseTo(25, 0)
    const read = await open(one.features)
    expect([...read.curve('picture.luma').valid].lastIndexOf(1)).toBeLessThan(12)
    expect(read.curve('packet.rate').valid[40]).toBe(1)
    const single = await analyseFile(await makeMedia(folder, { seconds: 1, audio: [], video: { frames: 1 } }), {
      runner,
      folder,
    })
    expect(single.result).toMatchObject({ slots: 1, keyframes: { count: 1 } })
  })

  test('a cut file is measured up to where it ends', async () => {
    const file = cutFile(await makeMedia(folder, { ...planted, container: 'flv' }, 'cut.flv'), 0.6)
    const { result, features } = await analyseFile(file, { runner, folder })
    expect(secondsFromTicks(result.duration)).toBeGreaterThan(5)
    expect(secondsFromTicks(result.duration)).toBeLessThan(18)
    expect((await open(features)).curve('audio.rms', 0).valid[4]).toBe(1)
  })
})

describe('the pictures that are kept', () => {
  test('show what was to be seen, at most one a second', async () => {
    const { features } = await analyseFile(await makeMedia(folder, planted), { runner, folder })
    const opened = await openFeatures(features)
    const { pictureTimes } = opened
    // A keyframe every half second.
    expect(pictureTimes.map(secondsFromTicks)).toEqual(Array.from({ length: seconds }, (_, i) => i))
    const [flash, blue] = [8, 14]
    const pictures = await opened.readPictures(0, pictureTimes.length)
    await opened.close()
    const colourOf = (number: number): number[] => {
      const picture = pictures.subarray(number * PICTURE_BYTES, (number + 1) * PICTURE_BYTES)
      return [45 * 160 + 80, 14_400 + 22 * 80 + 40, 18_000 + 22 * 80 + 40].map((at) => picture[at]!)
    }
    for (const [number, yuv] of [
      [flash, [76, 85, 255]],
      [blue, [95, 218, 82]],
    ] as const) {
      for (const [plane, value] of colourOf(number).entries()) expect(Math.abs(value - yuv[plane]!)).toBeLessThan(6)
    }
  })
})

describe('far between keyframes', () => {
  const slow: Recipe = {
    container: 'mkv',
    seconds: 600,
    video: { gop: 150, width: 64, height: 36, source: 'testsrc2=s=64x36:r=5:d=600', bFrames: 0 },
    audio: [{ codec: 'mp3', sampleRate: 16_000 }],
  }

  test('extra frames are decoded where that is cheap, the same ones every time', async () => {
    const file = await makeMedia(folder, slow)
    const { result, features } = await analyseFile(file, { runner, folder })
    expect(result.keyframes).toMatchObject({ count: 20 })
    expect(result.extraFrames).toBeGreaterThan(5)
    const first = readFileSync(features)
    const again = await analyseFile(file, { runner, folder })
    expect(readFileSync(again.features).equals(first)).toBe(true)
    const without = await analyseFile(file, { runner, folder, deps: { extraFrames: async () => {} } })
    const known = async (file: string): Promise<number> => {
      const { valid } = (await open(file)).curve('picture.luma')
      return valid.reduce((sum: number, v) => sum + v, 0)
    }
    const blind = await known(without.features)
    const kept = await open(without.features)
    expect(kept.pictureTimes.map(secondsFromTicks)).toEqual(Array.from({ length: 20 }, (_, i) => 30 * i))
    await analyseFile(file, { runner, folder })
    expect(await known(features)).toBeGreaterThan(blind + 20)
    const { pictureTimes } = await open(features)
    expect(pictureTimes).toHaveLength(20 + result.extraFrames)
    for (const time of kept.pictureTimes) expect(pictureTimes).toContain(time)
  })
})

describe('the run itself', () => {
  test('gives the same bytes twice, and tells its progress', async () => {
    const file = await makeMedia(folder, planted)
    const told: number[] = []
    const first = await analyseFile(file, { runner, folder, onProgress: (fraction) => told.push(fraction) })
    const bytes = readFileSync(first.features)
    const second = await analyseFile(file, { runner, folder })
    expect(second.result).toEqual(first.result)
    expect(readFileSync(second.features).equals(bytes)).toBe(true)
    expect(told.at(-1)).toBe(1)
    expect(told.length).toBeGreaterThan(5)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(JSON.parse(JSON.stringify(first.result))).toEqual(first.result)
  })

  test('a cancel ends FFmpeg and leaves nothing', async () => {
    const file = await makeMedia(folder, planted)
    const own = tempFolder('clutchcut-cancel')
    const abort = new AbortController()
    const pids: (number | undefined)[] = []
    const watched = await testRunner({
      onEvent: (e) => void (e.kind === 'started' && e.program === 'ffmpeg' && pids.push(e.pid)),
    })
    const reason = new Error('enough')
    const going = analyseFile(file, {
      runner: watched,
      folder: own,
      signal: abort.signal,
      onProgress: () => abort.abort(reason),
    })
    await expect(going).rejects.toBe(reason)
    expect(readdirSync(own)).toEqual([])
    expect(pids.length).toBe(1)
    expect(() => process.kill(pids[0]!, 0)).toThrow('ESRCH')
  })

  test('what goes wrong while writing ends FFmpeg too', async () => {
    const file = await makeMedia(folder, planted)
    const full = new Error('disk full')
    const fail = (): Promise<never> => Promise.reject(full)
    const writer = { writeMel: fail, writePicture: fail, finish: fail, discard: async () => {} }
    const going = analyseFile(file, { runner, folder, deps: { createFeatures: async () => writer } })
    await expect(going).rejects.toBe(full)
  })

  test('times are exact to the sample and the frame', async () => {
    // A click at 3.75 s falls into slot 7, right in its middle.
    const source = `aevalsrc='if(between(t,3.75,3.76),0.9)':s=48000:d=8`
    const file = await makeMedia(folder, {
      ...planted,
      seconds: 8,
      container: 'mkv',
      audio: [{ codec: 'pcm', source }],
      offset: 0.033,
    })
    const { features } = await analyseFile(file, { runner, folder })
    const opened = await openFeatures(features)
    const patch = await opened.readMel(0, 7, 1)
    await opened.close()
    const rows = Array.from({ length: 25 }, (_, row) =>
      patch.subarray(row * 40, row * 40 + 40).reduce((a, b) => a + b, 0),
    )
    // 250 ms are 12.5 rows.
    const loudest = rows.indexOf(Math.max(...rows))
    expect(Math.abs(loudest - 12)).toBeLessThanOrEqual(1)
    expect(ticksFromSeconds(3.75)).toBe(7.5 * ticksFromSeconds(0.5))
  })
})
