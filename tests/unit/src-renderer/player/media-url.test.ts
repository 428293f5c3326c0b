import { expect, test } from 'vitest'
import { mediaUrl } from '../../../../src-renderer/player/media-url.ts'

test('in a browser from the host, in the desktop from its own protocol', () => {
  expect(mediaUrl('/media/recording/1', false)).toBe('/media/recording/1')
  expect(mediaUrl('/media/video/1/0?encode=1', true)).toBe('media://clutchcut/media/video/1/0?encode=1')
})
