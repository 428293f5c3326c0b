import { describe, expect, it } from 'vitest'
import { platformLimitsSchema, presetSchema } from '../../../../src-shared/contract/preset.ts'
import { platforms, presets } from '../../../../src-shared/domain/preset.ts'
import { checkLimits, encodeLimits } from '../../../../src-shared/domain/preset-limits.ts'
import { ticksFromSeconds } from '../../../../src-shared/domain/time.ts'
import { makeMedia, makeVideo } from '../../../helpers/make-media-info.ts'

const { landscape, vertical, square } = presets
const instagram = platforms['instagram-reels']
const lasting = (seconds: number, cut: 'copy' | 'smart' | 'encode' = 'smart') => ({
  start: ticksFromSeconds(10),
  end: ticksFromSeconds(10 + seconds),
  cut,
})
const media = makeMedia()

describe('the tables', () => {
  it('fit their schemas and are named by their keys', () => {
    for (const [id, preset] of Object.entries(presets)) expect(presetSchema.parse(preset).id).toBe(id)
    for (const [id, limits] of Object.entries(platforms)) {
      expect(platformLimitsSchema.parse(limits).id).toBe(id)
      expect(limits.source).not.toBe('')
    }
  })
})

describe('checkLimits', () => {
  it('has nothing against an ordinary vertical clip, anywhere', () => {
    for (const limits of Object.values(platforms)) expect(checkLimits(vertical, limits, lasting(20), media)).toEqual([])
  })

  it.each([
    ['youtube-shorts', 180, 180.1],
    ['tiktok', 600, 600.1],
    ['instagram-reels', 900, 900.1],
  ] as const)('%s: the longest clip fits, a longer one does not', (id, fits, tooLong) => {
    expect(checkLimits(square, platforms[id], lasting(fits), media)).toEqual([])
    expect(checkLimits(square, platforms[id], lasting(tooLong), media)[0]).toMatch(
      /takes at most \d+:00; this clip lasts/,
    )
  })

  it('Instagram takes no clip under 3 s', () => {
    expect(checkLimits(vertical, instagram, lasting(3), media)).toEqual([])
    expect(checkLimits(vertical, instagram, lasting(2.5), media)).toEqual([
      'Instagram Reels takes no clip under 3 s; this one lasts 2.5 s. Make it longer.',
    ])
  })

  it('Shorts are not landscape', () => {
    expect(checkLimits(landscape, platforms['youtube-shorts'], lasting(20), media)[0]).toContain('1920×1080')
    const upright = makeMedia({ video: makeVideo({ width: 1080, height: 1920 }) })
    expect(checkLimits(landscape, platforms['youtube-shorts'], lasting(20), upright)).toEqual([])
  })

  it('what is copied keeps codec, rate and colours; what is encoded does not', () => {
    const odd = makeMedia({
      video: makeVideo({ codec: 'av1', pixelFormat: 'yuv444p', fps: { num: 144, den: 1 }, width: 3840, height: 2160 }),
    })
    const problems = checkLimits(landscape, instagram, lasting(20), odd)
    expect(problems).toHaveLength(4)
    expect(problems.join(' ')).toMatch(/1920 pixels wide.*av1.*4:2:0.*144/)
    expect(checkLimits(landscape, instagram, lasting(20, 'encode'), odd)).toEqual([])
    expect(checkLimits(vertical, instagram, lasting(20), odd)).toEqual([])
  })

  it('TikTok takes no tiny pictures', () => {
    const tiny = makeMedia({ video: makeVideo({ width: 320, height: 180 }) })
    expect(checkLimits(landscape, platforms.tiktok, lasting(20), tiny)[0]).toContain('from 360 pixels')
    expect(checkLimits(vertical, platforms.tiktok, lasting(20), tiny)).toEqual([])
  })

  it('sound alone makes no clip', () => {
    expect(checkLimits(vertical, instagram, lasting(20), makeMedia({ video: null }))).toHaveLength(1)
  })
})

describe('encodeLimits', () => {
  it('halves and doubles rates into what is taken', () => {
    const at = (num: number, den = 1) =>
      encodeLimits(vertical, instagram, lasting(20), makeVideo({ fps: { num, den } })).fps
    expect(at(60)).toBeNull()
    expect(at(24000, 1001)).toBeNull()
    expect(at(144)).toEqual({ num: 144, den: 4 })
    expect(at(120)).toEqual({ num: 120, den: 2 })
    expect(at(15)).toEqual({ num: 30, den: 1 })
    expect(encodeLimits(landscape, null, lasting(20), makeVideo({ fps: { num: 144, den: 1 } })).fps).toBeNull()
  })

  it('keeps the size within what is taken', () => {
    const rate = (seconds: number) => encodeLimits(vertical, instagram, lasting(seconds), makeVideo()).bitRate!
    expect(rate(20)).toBe(25_000_000)
    expect(rate(900)).toBeLessThan((300e6 * 8) / 900)
    expect(rate(900)).toBeGreaterThan(2_000_000)
    // What no encode comes near is no limit: FFmpeg would not even take the number.
    expect(encodeLimits(vertical, platforms.tiktok, lasting(5), makeVideo()).bitRate).toBeNull()
    expect(encodeLimits(vertical, platforms.tiktok, lasting(300), makeVideo()).bitRate).toBeLessThan(3e8)
    expect(encodeLimits(vertical, null, lasting(1), makeVideo()).bitRate).toBeNull()
  })

  it('makes a wide recording as wide as is taken, with even sides', () => {
    const wide = makeVideo({ width: 3441, height: 1440 })
    expect(encodeLimits(landscape, instagram, lasting(9), wide)).toMatchObject({ width: 1920, height: 802 })
    expect(encodeLimits(landscape, null, lasting(9), wide)).toMatchObject({ width: 3440, height: 1440 })
    expect(encodeLimits(vertical, instagram, lasting(9), wide)).toMatchObject({ width: 1080, height: 1920 })
  })

  it('says what the file must be like', () => {
    expect(encodeLimits(vertical, instagram, lasting(9), makeVideo())).toMatchObject({
      moovFirst: true,
      editLists: false,
      sampleRate: 48_000,
    })
  })
})
