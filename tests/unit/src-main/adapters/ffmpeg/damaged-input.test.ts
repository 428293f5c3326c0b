import { describe, expect, test } from 'vitest'
import {
  explainDamage,
  isDamagedInput,
  withoutDamagedSound,
} from '../../../../../src-main/adapters/ffmpeg/damaged-input.ts'
import { FfmpegError } from '../../../../../src-main/adapters/ffmpeg/ffmpeg-error.ts'
import type { MediaInfo } from '../../../../../src-shared/contract/media-info.ts'

const failed = (stderr: string[], exitCode: number | null = 1): FfmpegError =>
  new FfmpegError('ffmpeg/failed', 'failed', { program: 'ffmpeg', argv: [], exitCode, stderr })
const media = { video: {}, audio: [{ streamIndex: 1 }, { streamIndex: 2 }] } as unknown as MediaInfo
const tracksLeft = (error: FfmpegError, of = media) => withoutDamagedSound(of, error)?.audio.map((t) => t.streamIndex)

describe('sound that cannot be decoded', () => {
  test('the tracks that are named are left out, and all of them where none is', () => {
    expect(tracksLeft(failed(['Error while processing the decoded data for stream #0:2']))).toEqual([1])
    expect(tracksLeft(failed(['Error marking filters as finished']))).toEqual([])
    expect(tracksLeft(failed(['Error while decoding stream #0:0: Invalid data found']))).toEqual([])
  })

  test('there must be something left, and something to leave out', () => {
    const sound = { ...media, video: null }
    expect(tracksLeft(failed(['Error marking filters as finished']), sound)).toBeUndefined()
    expect(tracksLeft(failed(['Error while decoding stream #0:1: x']), sound)).toEqual([2])
    expect(tracksLeft(failed(['Error marking filters as finished']), { ...media, audio: [] })).toBeUndefined()
  })
})

test("what is not the recording's fault stays what it is", () => {
  const killed = failed(['Error while decoding stream #0:1: x'], null)
  const other = failed(['Unknown encoder'])
  expect([killed, other, new Error('x')].map(isDamagedInput)).toEqual([false, false, false])
  expect(explainDamage(other, 'a.mp4')).toBe(other)
  expect(explainDamage(failed(['Error marking filters as finished']), 'a.mp4')).toMatchObject({
    code: 'input/not-media',
    message: 'a.mp4 is so damaged that it cannot be decoded.',
  })
})
