import { describe, expect, it } from 'vitest'
import { clipName } from '../../../../../src-main/stages/render/clip-name.ts'
import type { Clip } from '../../../../../src-shared/contract/clip.ts'
import { makeMedia } from '../../../../helpers/make-media-info.ts'

const recording = {
  fingerprint: 'ab'.repeat(32),
  path: 'C:\\videos\\Replay 7.mkv',
  size: 1,
  mtimeMs: new Date(2026, 2, 9, 7, 5, 3).getTime(),
}
const clip = { title: 'Ace', score: 0.912 } as Clip
const naming = { template: null, game: 'Quake', number: 3, platform: 'win32' } as const

describe('clipName', () => {
  it('follows the default template', () => {
    const media = makeMedia({ recordedAt: '2026-05-01T23:59:59-05:00' })
    expect(clipName({ recording, media }, clip, naming)).toBe('2026-05-01 Quake 03 Ace')
  })

  it('knows every field, and falls back to when the file was written', () => {
    const template = '{date}_{time}_{game}_{n}_{title}_{recording}_{score}'
    expect(clipName({ recording, media: makeMedia() }, clip, { ...naming, template })).toBe(
      '2026-03-09_07-05-03_Quake_03_Ace_Replay 7_0.91',
    )
  })
})
