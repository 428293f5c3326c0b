import { describe, expect, it } from 'vitest'
import { beginRuns, runsOf } from '../../../../../src-main/adapters/ffmpeg/begin-input.ts'
import { graphClipArgs } from '../../../../../src-main/adapters/ffmpeg/encode-clip.ts'
import { partsGraph, pictureFilters } from '../../../../../src-main/adapters/ffmpeg/filter-graph.ts'
import { lostPictures } from '../../../../../src-main/adapters/ffmpeg/find-damage.ts'
import { parseFilters } from '../../../../../src-main/adapters/ffmpeg/list-filters.ts'
import { takeLongGraph } from '../../../../../src-main/adapters/ffmpeg/long-graph.ts'
import { samplesOf, withoutGaps } from '../../../../../src-main/adapters/ffmpeg/verify-encode.ts'
import type { SourceFile } from '../../../../../src-main/adapters/ffmpeg/source-file.ts'
import { planRender } from '../../../../../src-main/stages/render/plan-render.ts'
import type { PicturePlan } from '../../../../../src-shared/contract/render-plan.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeTrack, makeVideo } from '../../../../helpers/make-media-info.ts'

const source: SourceFile = { path: '/v/a.mkv', size: 1, mtimeMs: 0, format: 'matroska', segments: [] }
const media = makeMedia({ audio: [makeTrack(), makeTrack({ index: 1, streamIndex: 2 })] })
const video = makeVideo()
const part = (start: number, end: number, speed = 1) => ({ start: start * S, end: end * S, speed })
const picture: PicturePlan = { toneMap: null, fps: null, frame: null, layout: null, zoom: [], overlay: null }
const chain = (change: Partial<PicturePlan>, parts = [part(10, 20)], overlay: string | null = null): string =>
  pictureFilters({ video, parts, picture: { ...picture, ...change }, overlay, encoder: 'format=yuv420p' })

describe('parts', () => {
  it('are read by one input as long as they follow each other closely', () => {
    expect(runsOf([part(10, 12), part(12, 14), part(30, 31)]).length).toBe(1)
    expect(runsOf([part(10, 12), part(40, 41)]).length).toBe(2)
    expect(runsOf([part(10, 12), part(5, 6), part(11, 13)]).length).toBe(2)
  })

  it('alone is cut and keeps its labels', () => {
    const parts = [part(10, 20)]
    expect(partsGraph({ media, parts, inputs: beginRuns(source, media, parts), tracks: [1] }, video)).toBe(
      '[0:0]trim=start=0.000000:end=10.000000,setpts=round(PTS-0.000500/TB)[cut];' +
        '[0:2]atrim=start=0.000500:end=10.000500,asetpts=PTS-0.000500/TB,aresample=async=1:first_pts=0,' +
        'apad=whole_dur=10.000000,atrim=end=10.000000[sound0]',
    )
  })

  it('are joined picture and sound together, each at its speed', () => {
    const parts = [part(10, 20, 4), part(5, 6, 0.5)]
    const graph = partsGraph({ media, parts, inputs: beginRuns(source, media, parts), tracks: [0, 1] }, video)
    expect(graph).toMatch(/^\[0:0\]trim=[^;]*settb=AVTB,setpts=round\(\(PTS-0\.000500\/TB\)\/4\)\[p0\];/)
    expect(graph).toContain('atempo=2,atempo=2,apad=whole_dur=2.500000')
    expect(graph).toContain('[1:0]trim=')
    expect(graph).toMatch(/;\[p0\]\[s0_0\]\[s0_1\]\[p1\]\[s1_0\]\[s1_1\]concat=n=2:v=1:a=2\[cut\]\[sound0\]\[sound1\]$/)
  })
})

describe('the picture', () => {
  it('as it is goes straight to the encoder', () => {
    expect(pictureFilters({ video, parts: [], picture: null, overlay: null, encoder: 'format=nv12' })).toBe(
      'format=nv12',
    )
    expect(chain({})).toBe('format=yuv420p')
  })

  it('is brought to rate, colours, frame, view and captions in this order', () => {
    const zoom = [{ at: 12 * S, scale: 2, x: 0.25, y: 0.5 }]
    const made = chain(
      {
        toneMap: 'hlg',
        fps: { num: 30, den: 1 },
        frame: { width: 1080, height: 1920 },
        layout: { kind: 'blur' },
        zoom,
      },
      [part(10, 20)],
      'subtitles=filename=a',
    )
    const order = ['fps=30/1:start_time=0', 'tin=arib-std-b67', 'gblur', 'perspective=', 'subtitles=', 'format=yuv420p']
    const places = order.map((text, i) => (i === order.length - 1 ? made.lastIndexOf(text) : made.indexOf(text)))
    expect(places.every((place, i) => place >= 0 && place > (places[i - 1] ?? -1))).toBe(true)
  })

  it('of a piece of a clip has the captions of its time', () => {
    const filters = { video, parts: [part(10, 11)], picture, overlay: 'subtitles=filename=a', encoder: 'null' }
    expect(pictureFilters({ ...filters, begin: 3 * S })).toBe(
      'setpts=round(PTS+3.000000/TB),subtitles=filename=a,setpts=round(PTS-3.000000/TB),null',
    )
  })
})

it('a vertical plan as FFmpeg gets it', () => {
  const plan = planRender({
    clip: { recording: 'ab'.repeat(32), start: 10 * S, end: 20 * S, title: 'Ace', reasons: [] },
    ...{ media, kind: 'vertical', cut: null, keyframe: null, index: null, edges: new Set(), filters: new Set() },
    layout: { kind: 'fill', focus: { x: 0.5, y: 0.5 } },
  })
  const args = graphClipArgs(source, media, plan, '/out/c.mp4', 'libx264', { overlay: null, fix: null })
  expect(args.join('\n')).toMatchSnapshot()
})

it('pictures that are left out are repeated; those that are lost are named', () => {
  const frames = [0, 1, 2, 5].map((n) => ({ time: n * 10, end: n === 2 ? 50 : n * 10 + 10 }))
  const index = { frames, entries: [], exits: [] }
  expect(withoutGaps(index, 10).frames.map(({ time }) => time)).toEqual([0, 10, 20, 30, 40, 50])
  const seconds = { ...index, frames: frames.map(({ time, end }) => ({ time: (time * S) / 10, end: (end * S) / 10 })) }
  expect(lostPictures(seconds, [0, S, 5 * S])).toEqual({ start: 2 * S, end: 5 * S })
  expect(lostPictures(seconds, [0, S, 2 * S, 5 * S])).toBeNull()
})

it('a clip is looked at where it begins, in its middle and where it ends', () => {
  const samples = samplesOf([part(10, 20, 2), part(40, 45)], null, S / 60)
  expect(samples.map(({ part: { start }, at }) => [start / S, at / S])).toEqual([
    [10, 0],
    [40, 5],
    [45 - 1 / 60, 10 - 1 / 60],
  ])
})

it('a long graph is read from a pipe', () => {
  const argv = ['-i', 'a', '-filter_complex', 'x'.repeat(9000), '-map', '[picture]']
  const taken = takeLongGraph(argv, '5.1.9')
  expect(taken.argv).toEqual(['-i', 'a', '-filter_complex_script', 'pipe:0', '-map', '[picture]'])
  expect(taken.input).toHaveLength(9000)
  expect(takeLongGraph(argv, 'n7.1').argv).toContain('-/filter_complex')
  expect(takeLongGraph(['-filter_complex', 'null'], '5.1')).toEqual({ argv: ['-filter_complex', 'null'] })
})

it('reads what filters there are', () => {
  const text =
    'Filters:\n  T.. = Timeline\n ... subtitles         V->V       Render text\n TSC overlay           VV->V      Overlay\n'
  expect(parseFilters(text)).toEqual(new Set(['subtitles', 'overlay']))
})
