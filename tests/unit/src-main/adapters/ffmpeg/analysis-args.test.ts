import { expect, test } from 'vitest'
import { analysisArgs } from '../../../../../src-main/adapters/ffmpeg/analysis-args.ts'
import { extraFramesArgs } from '../../../../../src-main/adapters/ffmpeg/decode-extra-frames.ts'
import { threadsFor } from '../../../../../src-main/adapters/ffmpeg/keyframe-density.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeTrack, makeVideo } from '../../../../helpers/make-media-info.ts'

const input = ['-f', 'matroska', '-i', 'file:/a.mkv']

test('every stream has a pipe of its own for data and one for times', () => {
  const media = makeMedia({ audio: [makeTrack({ streamIndex: 1 }), makeTrack({ index: 1, streamIndex: 3 })] })
  const { argv, pipes, video, audio } = analysisArgs(input, media, { threads: 2 })
  expect(pipes).toBe(7)
  expect(video).toEqual({ frames: 0, frameTimes: 1, packets: 2 })
  expect(audio).toEqual([
    { samples: 3, times: 4 },
    { samples: 5, times: 6 },
  ])
  const text = argv.join(' ')
  // Options of the decoder belong before its input.
  expect(text.indexOf('-skip_frame:v nokey')).toBeLessThan(text.indexOf('-i file:'))
  expect(text).toContain('-threads:v 2')
  expect(text).toContain('-fps_mode passthrough')
  expect(text).toContain('-map 0:3')
  for (let fd = 3; fd < 3 + pipes; fd++) expect(text).toContain(`pipe:${fd}`)
})

test('without video or without sound nothing is asked of them', () => {
  const silent = analysisArgs(input, makeMedia({ audio: [], video: makeVideo({ streamIndex: 4 }) }), { threads: 1 })
  expect(silent.pipes).toBe(3)
  expect(silent.argv.filter((arg) => arg === '0:4')).toHaveLength(2)
  const blind = analysisArgs(input, makeMedia({ video: null }), { threads: 1 })
  expect(blind.video).toBeNull()
  expect(blind.argv.join(' ')).not.toMatch(/skip_frame|rawvideo|-threads/)
})

test('extra frames seek in the file’s own clock', () => {
  const media = makeMedia({ origin: 5 * TICKS_PER_SECOND })
  const range = { from: 60 * TICKS_PER_SECOND, to: 80 * TICKS_PER_SECOND, every: 2 * TICKS_PER_SECOND }
  const argv = extraFramesArgs(input, media, range, '7.1')
  expect(argv[argv.indexOf('-ss') + 1]).toBe('65.000500')
  expect(argv.indexOf('-ss')).toBeLessThan(argv.indexOf('-i'))
})

test('two threads where a keyframe comes every few seconds', () => {
  expect(threadsFor(['K__', ...Array<string>(120).fill('___'), 'K__', '___'].join('\n'))).toBe(2)
  expect(threadsFor(['K__', ...Array<string>(499).fill('___')].join('\n'))).toBe(1)
  expect(threadsFor('')).toBe(1)
})

test('decodes on a GPU when told to, and only what is video', () => {
  const { argv } = analysisArgs(input, makeMedia({}), { threads: 1, hwaccel: 'd3d11va' })
  expect(argv.slice(argv.indexOf('-hwaccel'), argv.indexOf('-hwaccel') + 2)).toEqual(['-hwaccel', 'd3d11va'])
  expect(argv.indexOf('-hwaccel')).toBeLessThan(argv.indexOf('-i'))
  expect(analysisArgs(input, makeMedia({ video: null }), { threads: 1, hwaccel: 'vaapi' }).argv).not.toContain(
    '-hwaccel',
  )
})

test('frames keep their times in every version', () => {
  const text = (version: string): string => analysisArgs(input, makeMedia(), { threads: 1, version }).argv.join(' ')
  for (const version of ['5.0', '5.0.3-ubuntu', 'n5.0.1']) expect(text(version)).toContain('-vsync passthrough')
  for (const version of ['5.1', '5.10', '6.0', '8.0', 'N-112233-g0'])
    expect(text(version)).toContain('-fps_mode passthrough')
})
