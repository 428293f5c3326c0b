import { expect, test } from 'vitest'
import { encodesAtOnce, rendersAtOnce } from '../../../../../src-main/adapters/ffmpeg/renders-at-once.ts'

test('five clips at a time where there are cores for them, and always one', () => {
  expect([1, 2, 4, 8, 9, 64].map(rendersAtOnce)).toEqual([1, 1, 2, 4, 5, 5])
})

test('hardware encoders have few sessions, and x264 takes all cores by itself', () => {
  expect(encodesAtOnce('h264_nvenc', 64)).toBe(2)
  expect([1, 8, 16].map((cores) => encodesAtOnce('libx264', cores))).toEqual([1, 1, 2])
  expect(encodesAtOnce(undefined, 4)).toBe(1)
})
