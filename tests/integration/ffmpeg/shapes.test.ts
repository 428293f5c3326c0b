import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { readCutIndex } from '../../../src-main/adapters/ffmpeg/cut-index.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { verifyMade } from '../../../src-main/adapters/ffmpeg/verify-made.ts'
import { makeAss } from '../../../src-main/stages/captions/make-captions.ts'
import { planRender, type RenderWish } from '../../../src-main/stages/render/plan-render.ts'
import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import type { Layout } from '../../../src-shared/contract/layout.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { soundEditsSchema } from '../../../src-shared/contract/sound.ts'
import { spreadWords } from '../../../src-shared/domain/captions-text.ts'
import { clipTimesOf } from '../../../src-shared/domain/clip-timeline.ts'
import { platforms } from '../../../src-shared/domain/preset.ts'
import { spanOfParts } from '../../../src-shared/domain/edits/edited-clip.ts'
import { planMix } from '../../../src-shared/domain/sound-plan.ts'
import { secondsFromTicks, ticksFromSeconds as s } from '../../../src-shared/domain/time.ts'
import { cutFile } from '../../helpers/cut-file.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../../helpers/make-media.ts'
import { beepsOf, showClip } from '../../helpers/shown-clip.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-shapes')
const runner = await testRunner()
const frame = { width: 180, height: 320 }
const middle = { x: 0.5, y: 0.5 }
const facecam = { x: 0.05, y: 0.1, width: 0.2, height: 0.25 }
const flashes = [1, 2.5, 4]
const lit = flashes.map((t) => `between(t,${t - 0.01},${t + 0.09})`).join('+')
/** Red, green and blue fields with a yellow camera; white at three times, when it beeps too. */
const fields = [
  'color=red:s=320x180:r=30:d=6',
  'drawbox=106:0:108:180:lime:fill,drawbox=214:0:106:180:blue:fill,drawbox=16:18:64:45:yellow:fill',
  `drawbox=0:0:320:180:white:fill:enable='${lit}'`,
].join(',')
const beeps = `aevalsrc='0.5*sin(2*PI*1000*t)*(${flashes.map((t) => `between(t,${t},${t + 0.1})`).join('+')})':d=6:s=48000`
const recipe: Recipe = { seconds: 6, video: { width: 320, height: 180, source: fields }, audio: [{ source: beeps }] }
let count = 0

type Wish = Partial<RenderWish> & { recipe?: Recipe; parts?: readonly ClipPart[]; size?: typeof frame }

/** Makes a clip and checks it as the program does, in a small frame; everything else is planned by the program. */
async function render({ recipe: made = recipe, parts = span(0, 2), size = frame, ...wish }: Wish) {
  const source = await checkSource(await makeMedia(folder, made))
  const media = await probe(runner, source)
  const whole = spanOfParts(parts)
  const index = await readCutIndex(runner, source, media, whole)
  const clip = { ...whole, recording: 'ab'.repeat(32), title: '', reasons: [] }
  const edits = soundEditsSchema.parse({ normalise: false })
  const sound = { mix: planMix(media.audio, edits, parts, null).mix }
  const known = { edges: new Set(['h264']), filters: new Set(['ass', 'zscale', 'tonemap']) }
  const planned = planRender({
    kind: 'vertical',
    cut: null,
    sound,
    ...known,
    keyframe: null,
    ...wish,
    clip,
    media,
    parts,
    index,
  })
  if (planned.video.action !== 'encode') throw new Error('nothing was to be encoded')
  const { picture } = planned.video
  const small = picture === null || picture.frame === null ? picture : { ...picture, frame: size }
  const plan: RenderPlan = { ...planned, video: { ...planned.video, preset: 'ultrafast', picture: small } }
  count += 1
  const output = path.join(folder, `shape ${count}'s.mp4`)
  await cutFile(runner, source, media, plan, output)
  return { output, plan, source, media, index }
}

function span(start: number, end: number, speed = 1): ClipPart[] {
  return [{ start: s(start), end: s(end), speed }]
}

const fill: Layout = { kind: 'fill', focus: middle }

describe('layouts in a render', () => {
  test.each<[Layout, [number, number, string][]]>([
    [
      fill,
      [
        [0.1, 0.5, 'green'],
        [0.9, 0.5, 'green'],
      ],
    ],
    [
      { kind: 'blur' },
      [
        [0.1, 0.6, 'red'],
        [0.5, 0.5, 'green'],
        [0.9, 0.5, 'blue'],
      ],
    ],
    [
      { kind: 'stacked', facecam, facecamAt: 'top', focus: middle },
      [
        [0.5, 0.1, 'yellow'],
        [0.5, 0.9, 'green'],
      ],
    ],
    [
      { kind: 'facecam', facecam, at: { x: 0.5, y: 0.2 }, width: 0.5, focus: middle },
      [
        [0.5, 0.2, 'yellow'],
        [0.5, 0.8, 'green'],
      ],
    ],
    [{ kind: 'follow', keys: [{ at: 0, x: 0.17, y: 0.5 }] }, [[0.5, 0.8, 'red']]],
  ])('%o', async (layout, places) => {
    const { output } = await render({ layout, parts: span(0, 0.5) })
    const clip = await probe(runner, await checkSource(output))
    expect(clip.video).toMatchObject({ ...frame, sampleAspectRatio: { num: 1, den: 1 } })
    const shown = await showClip(output, frame.width, frame.height)
    expect(shown.count).toBe(15)
    for (const [x, y, colour] of places) expect([x, y, shown.colour(7, x, y)]).toEqual([x, y, colour])
  })

  test('a crop that moves is where its keys say, also after a cut', async () => {
    const keys = [
      { at: 0, x: 0.17, y: 0.5 },
      { at: s(3), x: 0.17, y: 0.5 },
      { at: s(3.2), x: 0.83, y: 0.5 },
    ]
    const parts = [...span(1.5, 1.9), ...span(3.4, 3.8)]
    const { output } = await render({ layout: { kind: 'follow', keys }, parts })
    const shown = await showClip(output, frame.width, frame.height)
    expect([shown.colour(3, 0.5, 0.8), shown.colour(11, 0.5, 0.8)]).toEqual(['red', 'red'])
    expect([shown.colour(12, 0.5, 0.8), shown.colour(22, 0.5, 0.8)]).toEqual(['blue', 'blue'])
  })
})

describe('captions and texts', () => {
  const text = (words: string, from: number, to: number, parts = span(0, 2)): NonNullable<RenderWish['overlay']> => {
    const look = { style: 'clean', frame, platform: 'none' } as const
    return { text: makeAss({ words: spreadWords(words, s(from), s(to)), parts }, look) ?? '', what: 'captions' }
  }

  test('are seen while they are said, and nowhere else', async () => {
    const bare = await render({ layout: fill, parts: span(1.5, 3) })
    const drawn = await render({
      layout: fill,
      parts: span(1.5, 3),
      overlay: text('Look at that', 2, 2.9, span(1.5, 3)),
    })
    const [a, b] = [await showClip(bare.output, 180, 320), await showClip(drawn.output, 180, 320)]
    const seen = Array.from({ length: a.count }, (_, n) => a.differs(b, n))
    // From 0.5 s on, frame 15, to 1.4 s; a caption that is short for its words may come or stay a little longer.
    expect([seen.slice(0, 8), seen.slice(15, 41)]).toEqual([Array(8).fill(false), Array(26).fill(true)])
  })

  test('one that changes at the very picture that is looked at is no fault', async () => {
    const moving = { container: 'mkv', seconds: 3, video: { width: 320, height: 180 } } as const
    const words = (at: string) =>
      [
        '[Script Info]',
        'PlayResX: 180',
        'PlayResY: 320',
        '[V4+ Styles]',
        'Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Alignment',
        'Style: Big,Noto Sans,90,&H00FFFFFF,-1,5',
        '[Events]',
        'Format: Start, End, Style, Text',
        `Dialogue: 0:00:00.00,0:00:00.${at},Big,WWWW`,
        `Dialogue: 0:00:00.${at},0:00:09.00,Big,iiii`,
      ].join('\n')
    for (const at of ['47', '49', '50', '51', '54']) {
      const overlay = { text: words(at), what: 'captions' }
      const made = render({ recipe: moving, overlay, parts: span(1, 2), platform: platforms['instagram-reels'] })
      await expect(made).resolves.toBeDefined()
    }
  })

  test('of any script are drawn, and landscape stays as it is recorded', async () => {
    const overlay = text('שלום 😂 \u0645\u0631\u062d\u0628\u0627 {\\b1}', 0.1, 1.9)
    const { output, plan } = await render({ kind: 'landscape', overlay, parts: span(0, 1) })
    expect(plan).toMatchObject({ cut: 'encode', note: expect.stringContaining('captions are drawn') as string })
    expect((await probe(runner, await checkSource(output))).video).toMatchObject({ width: 320, height: 180 })
  })
})

describe('edits', () => {
  test('parts in another order and at other speeds show and sound each moment when it is due', async () => {
    const parts = [...span(3.5, 4.5, 2), ...span(0.5, 1.5), ...span(2, 3, 0.5)]
    const { output, media } = await render({ layout: fill, parts })
    const shown = await showClip(output, frame.width, frame.height)
    const fps = media.video!.fps.num / media.video!.fps.den
    const due = parts.flatMap((part) =>
      flashes.flatMap((t) => clipTimesOf(parts, s(t)).filter(() => s(t) >= part.start && s(t) < part.end)),
    )
    const wanted = [...new Set(due)].map(secondsFromTicks)
    expect(wanted).toEqual([0.25, 1, 2.5])
    expect(shown.count).toBe(Math.round(3.5 * fps))
    const white = (n: number): boolean => shown.colour(n, 0.5, 0.5) === 'white'
    const begins = Array.from({ length: shown.count }, (_, n) => n).filter((n) => white(n) && !white(n - 1))
    expect(begins).toHaveLength(3)
    const beeps = await beepsOf(output)
    expect(beeps).toHaveLength(3)
    for (const [i, time] of wanted.entries()) {
      expect(Math.abs(begins[i]! / fps - time)).toBeLessThanOrEqual(1 / fps + 1e-6)
      // A beep lasts a tenth of a second of the recording.
      expect(Math.abs(beeps[i]! - time - 0.05 / parts[i]!.speed)).toBeLessThan(0.015)
    }
  })

  test('a zoom shows what its keys say, and then all of it again', async () => {
    const zoom = [
      { at: s(0.2), scale: 1, x: 0.5, y: 0.5 },
      { at: s(0.6), scale: 4, x: 0.85, y: 0.5 },
      { at: s(1), scale: 4, x: 0.85, y: 0.5 },
      { at: s(1.1), scale: 1, x: 0.5, y: 0.5 },
    ]
    const { output } = await render({ recipe: { ...recipe, audio: [] }, kind: 'landscape', zoom, parts: span(0, 1.5) })
    const shown = await showClip(output, 320, 180)
    const row = (n: number): string[] => [0.2, 0.5, 0.8].map((x) => shown.colour(n, x, 0.8))
    expect([row(3), row(20), row(28), row(40)]).toEqual([
      ['red', 'green', 'blue'],
      ['blue', 'blue', 'blue'],
      ['blue', 'blue', 'blue'],
      ['red', 'green', 'blue'],
    ])
  })
})

test('hundreds of keys are too long for a command, and no trouble', async () => {
  const zoom = Array.from({ length: 300 }, (_, i) => ({
    at: s(i / 300),
    scale: 1 + (i % 7) / 3,
    x: (i % 11) / 10,
    y: 0.5,
  }))
  const { plan } = await render({ recipe: { ...recipe, audio: [] }, kind: 'landscape', zoom, parts: span(0, 1) })
  expect(plan.video).toMatchObject({ picture: { zoom } })
})

describe('recordings of other kinds', () => {
  test('HDR becomes what every screen shows', async () => {
    // 10 bits of PQ: 520 of 1023 is about 100 nits.
    const grey = `color=gray:s=320x180:r=30:d=1,format=yuv420p10,geq=lum=520:cb=512:cr=512`
    const hdr: Recipe = {
      ...{ seconds: 1, container: 'mkv', audio: [] },
      video: { codec: 'hevc', width: 320, height: 180, hdr: 'pq', pixels: 'yuv420p10le', source: grey },
    }
    const { output, plan } = await render({ recipe: hdr, layout: fill, parts: span(0, 0.5) })
    expect(plan.video).toMatchObject({ picture: { toneMap: 'pq' } })
    const clip = await probe(runner, await checkSource(output))
    expect(clip.video).toMatchObject({
      hdr: 'none',
      bitDepth: 8,
      colour: { transfer: 'bt709', primaries: 'bt709', space: 'bt709' },
    })
    const [r, g, b] = (await showClip(output, frame.width, frame.height)).at(7, 0.5, 0.5)
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(8)
    // Half of reference white, in light: 73 % in BT.709.
    expect(g).toBeGreaterThan(150)
    expect(g).toBeLessThan(215)
  })

  test.each<[string, Recipe, Partial<Wish>]>([
    ['portrait', { seconds: 1, video: { width: 90, height: 160 } }, {}],
    ['turned', { seconds: 1, video: { rotation: 90 } }, {}],
    ['odd', { seconds: 1, container: 'mkv', video: { width: 161, height: 91, pixels: 'yuv444p' } }, {}],
    ['10 bits', { seconds: 1, container: 'mkv', video: { codec: 'hevc', pixels: 'yuv420p10le' } }, {}],
    ['5.1', { seconds: 1, audio: [{ channels: 6 }] }, {}],
    ['uneven', { seconds: 1, container: 'mkv', video: { variable: true } }, {}],
    ['oblong pixels', { seconds: 1, video: { sampleAspectRatio: '4/3' } }, {}],
    ['no sound', { seconds: 1, audio: [] }, { sound: { mix: null } }],
    ['MPEG-TS', { seconds: 1, container: 'ts' }, {}],
    ['FLV', { seconds: 1, container: 'flv' }, {}],
    ['AVI', { seconds: 1, container: 'avi' }, {}],
    ['a fifth of a second', { seconds: 1 }, { parts: span(0.4, 0.6) }],
  ])('%s becomes a vertical clip', async (_, other, change) => {
    const { output } = await render({ recipe: other, layout: { kind: 'blur' }, parts: span(0, 0.8), ...change })
    expect((await probe(runner, await checkSource(output))).video).toMatchObject({ ...frame, rotation: 0 })
  })
})

test('Instagram: no edit list, and sound and picture together all the same', async () => {
  const platform = platforms['instagram-reels']
  const { output, plan } = await render({ layout: fill, platform, parts: span(0.5, 4.5) })
  expect(plan.editLists).toBe(false)
  expect(readFileSync(output).includes('edts')).toBe(false)
  const beeps = await beepsOf(output, ['-ignore_editlist', '1'])
  const times = await runner.probe([
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time',
    '-of',
    'csv=p=0',
    output,
  ])
  const first = Math.min(...times.trim().split('\n').map(Number))
  const shown = await showClip(output, frame.width, frame.height)
  const white = Array.from({ length: shown.count }, (_, n) => n).filter((n) => shown.colour(n, 0.5, 0.5) === 'white')
  // The first flash and its beep.
  expect(Math.abs(beeps[0]! - 0.05 - (first + white[0]! / 30))).toBeLessThan(0.015)
})

test('a file that shows something else does not pass', async () => {
  const { output, plan, source, media, index } = await render({ layout: fill, parts: span(0.5, 1.5) })
  const made = { start: 0, end: 0, notes: [], copied: null }
  const other: Layout = { kind: 'fill', focus: { x: 0, y: 0.5 } }
  if (plan.video.action !== 'encode') throw new Error('encoded')
  const wrong = { ...plan, video: { ...plan.video, picture: { ...plan.video.picture!, layout: other } } }
  const files = { output, scratch: `${output}.scratch` }
  const problems = await verifyMade(runner, source, media, wrong, made, files, { index })
  expect(problems.join(' ')).toMatch(/At 0:00 it does not show what the recording does there/)
})
