import { beforeAll, describe, expect, it } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { hearTracks, listeningPlaces } from '../../../src-main/adapters/ffmpeg/measure-tracks.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import { judgeTracks, type TrackFacts } from '../../../src-shared/domain/sound-tracks.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia, type AudioRecipe, type Recipe } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-sound-tracks')
const seconds = 15
let runner: FfmpegRunner
beforeAll(async () => {
  runner = await testRunner()
})

/** As expressions of time, so that a mix of them can be written down. */
const game = '0.2*sin(2*PI*(90+30*sin(t*1.7))*t)*(0.6+0.4*sin(t*2.3))+0.1*sin(2*PI*(700+300*sin(t*0.9))*t)'
const voice = '0.3*sin(2*PI*(210+40*sin(5*t))*t)*max(0,sin(2*PI*0.4*t))'
const music = '0.08*(sin(2*PI*440*t)+sin(2*PI*554*t)+sin(2*PI*659*t))*(0.5+0.5*cos(2*PI*2*t))'
const late = (what: string, delay: number): string => what.replaceAll(/\bt\b/g, `(t-${delay})`)

const track = (exprs: string, change: AudioRecipe = {}): AudioRecipe => ({
  source: `aevalsrc=exprs='${exprs}':s=48000:d=${seconds}`,
  ...change,
})

async function judge(audio: AudioRecipe[], recipe: Recipe = {}): Promise<TrackFacts> {
  const file = await makeMedia(folder, { container: 'mkv', seconds, audio, video: { fps: '5' }, ...recipe })
  const source = await checkSource(file)
  const media = await probe(runner, source)
  const windows = await hearTracks(runner, source, media, listeningPlaces(media.duration, []))
  expect(windows.length).toBeGreaterThan(4)
  return judgeTracks(windows)
}

describe('what recordings hold', () => {
  it('a mix and its parts, as OBS writes them', async () => {
    const { mixes, copies, silent } = await judge([
      track(`${game}+${voice}+${music}`),
      track(game),
      track(voice),
      track(music),
    ])
    expect([copies, silent]).toEqual([[], []])
    expect(mixes).toMatchObject([{ track: 0, parts: [{ track: 1 }, { track: 2 }, { track: 3 }] }])
    expect(mixes[0]!.explained).toBeGreaterThan(0.95)
  })

  it('a mix of other gains and delays, behind an offset of the file', async () => {
    const other = `0.5*(${late(game, 0.04)})+1.8*(${voice})`
    const { mixes } = await judge([track(game), track(voice, { codec: 'opus' }), track(other)], { offset: 7.3 })
    expect(mixes).toMatchObject([
      {
        track: 2,
        parts: [{ track: 0, delayMs: 40 }, { track: 1 }],
      },
    ])
    expect(mixes[0]!.parts[0]!.gainDb).toBeCloseTo(-6, 0)
    expect(mixes[0]!.parts[1]!.gainDb).toBeCloseTo(5.1, 0)
  })

  it('tracks of their own', async () => {
    expect(await judge([track(game), track(voice), track(music)])).toEqual({ silent: [], copies: [], mixes: [] })
  })

  it('copies of other codecs and loudness, and silence', async () => {
    const facts = await judge([
      track(game),
      track(game, { codec: 'mp3' }),
      { source: `anullsrc=d=${seconds}` },
      track(`0.4*(${game})`, { sampleRate: 44_100 }),
    ])
    expect(facts).toEqual({
      silent: [2],
      copies: [
        { track: 1, of: 0 },
        { track: 3, of: 0 },
      ],
      mixes: [],
    })
  })

  it('a microphone that begins late stays in step', async () => {
    const after = `(${voice})*gt(t,4)`
    const file = [track(`${game}+${after}`), track(after), track(game)]
    expect((await judge(file)).mixes).toMatchObject([
      {
        track: 0,
        parts: [
          { track: 1, delayMs: 0 },
          { track: 2, delayMs: 0 },
        ],
      },
    ])
  })
})

it('leaves out what cannot be read, and ends when cancelled', async () => {
  const file = await makeMedia(folder, { seconds: 3, audio: [{}, {}] })
  const source = await checkSource(file)
  const media = await probe(runner, source)
  const far = await hearTracks(runner, source, media, [0, 1e15])
  expect(far[0]!.tracks.map(({ samples }) => samples.length)).toEqual([16_000, 16_000])
  await expect(hearTracks(runner, source, media, [0], { signal: AbortSignal.abort() })).rejects.toThrow()
  // A track that is not there.
  const wrong = { ...media, audio: [{ ...media.audio[0]!, streamIndex: 9 }] }
  expect(await hearTracks(runner, source, wrong, [0])).toEqual([])
})
