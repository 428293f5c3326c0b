import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBleeps, soundWishOf, type SoundOptions } from '../../../../src-main/cli/sound-option.ts'
import { soundEditsSchema, soundWishSchema } from '../../../../src-shared/contract/sound.ts'
import { checkSoundWish, withSoundWish } from '../../../../src-shared/domain/sound-wish.ts'
import { ticksFromSeconds as s } from '../../../../src-shared/domain/time.ts'
import { makeTrack } from '../../../helpers/make-media-info.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-sound-option')
const options = (change: Partial<SoundOptions> = {}): SoundOptions => ({
  bleepWith: 'tone',
  duck: true,
  normalise: true,
  ...change,
})

describe('soundWishOf', () => {
  it('says nothing where nothing is said', async () => {
    expect(await soundWishOf(options())).toBeNull()
    expect(await soundWishOf(options({ bleepWith: 'silence' }))).toBeNull()
  })

  it('takes spans and files of them', async () => {
    const file = path.join(folder, 'words to bleep.txt')
    writeFileSync(
      file,
      '\uFEFF# what I said\r\n\r\n0:01:02.5-0:01:03 the word\n63.25, 64\n00:01:05.000 --> 00:01:06.5\n',
    )
    const wish = await soundWishOf(
      options({ muteMusic: true, micGain: 6, bleep: ['12.5-13', file], bleepWith: 'silence' }),
    )
    expect(soundWishSchema.parse(wish)).toEqual(wish)
    expect(wish).toEqual({
      muted: ['music'],
      gains: [{ role: 'mic', gainDb: 6 }],
      bleeps: [
        { start: s(12.5), end: s(13), with: 'silence' },
        { start: s(62.5), end: s(63), with: 'silence' },
        { start: s(63.25), end: s(64), with: 'silence' },
        { start: s(65), end: s(66.5), with: 'silence' },
      ],
      duckMusic: true,
      normalise: true,
    })
  })

  it.each([
    [{ bleep: ['13-12'] }, /neither/],
    [{ bleep: ['nowhere.txt'] }, /neither/],
    [{ bleep: [folder] }, /neither/],
  ])('refuses %j', async (change, message) => {
    await expect(soundWishOf(options(change))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message) as string,
    })
  })

  it('names the line that it cannot read', () => {
    expect(() => parseBleeps('1-2\nhere\n', 'a.txt')).toThrow(/Line 2 of "a.txt".*here/)
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          for (const { start, end } of parseBleeps(text, 'a')) expect(start).toBeLessThan(end)
        } catch (error) {
          expect(error).toMatchObject({ code: 'usage' })
        }
      }),
    )
  })
})

describe('what is asked for all clips', () => {
  const tracks = [
    makeTrack({ index: 0, role: 'game', title: 'Game' }),
    makeTrack({ index: 1, role: 'mic', title: 'Mic' }),
    makeTrack({ index: 2, role: 'music', title: 'Music' }),
  ]
  const wish = soundWishSchema.parse({
    muted: ['music'],
    gains: [{ role: 'mic', gainDb: 6 }],
    bleeps: [{ start: 1, end: 2, with: 'tone' }],
    normalise: false,
  })

  it('comes on top of what was done to each', () => {
    const own = soundEditsSchema.parse({
      tracks: [
        { track: 1, gainDb: -2, muted: false },
        { track: 0, gainDb: 1, muted: true },
      ],
      bleeps: [{ start: 5, end: 6, with: 'silence' }],
      duckMusic: false,
    })
    expect(withSoundWish(own, wish, tracks)).toEqual({
      ...own,
      tracks: [
        { track: 0, gainDb: 1, muted: true },
        { track: 1, gainDb: 4, muted: false },
        { track: 2, gainDb: 0, muted: true },
      ],
      bleeps: [
        { start: 5, end: 6, with: 'silence' },
        { start: 1, end: 2, with: 'tone' },
      ],
      duckMusic: false,
      normalise: false,
    })
    expect(withSoundWish(own, null, tracks)).toBe(own)
  })

  it('fails where there is no such track, before music is posted that was to be left out', () => {
    expect(() => checkSoundWish(wish, tracks)).not.toThrow()
    expect(() => checkSoundWish(null, [])).not.toThrow()
    expect(() => checkSoundWish(wish, tracks.slice(0, 1))).toThrow(
      'This recording has no track that is named as music or a microphone. It has "Game". Name the tracks in your recorder, or leave the option out.',
    )
    expect(() => checkSoundWish(wish, [])).toThrow(/It has no sound/)
  })
})
