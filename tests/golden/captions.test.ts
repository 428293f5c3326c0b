import { describe, expect, it } from 'vitest'
import { makeAss, makeSubtitles } from '../../src-main/stages/captions/make-captions.ts'
import { captionStyles, type CaptionWord } from '../../src-shared/contract/captions.ts'
import { spreadWords } from '../../src-shared/domain/captions-text.ts'
import { ticksFromSeconds as s } from '../../src-shared/domain/time.ts'

/**
 * Ten seconds of a vertical clip with everything that is hard: haste, a pause, a word that is wider than a line, two
 * scripts from right to left, one without spaces, emoji, and text that looks like ASS. After a change, look at the
 * files, and burn them in.
 */
const words: CaptionWord[] = [
  ...spreadWords('Wait, did you see that? {\\b1}No way!', s(60), s(62)),
  ...spreadWords('Geschwindigkeitsbegrenzungsüberschreitung 🔥', s(62), s(63)),
  ...spreadWords('זה היה מהלך מטורף עם AWP!', s(64.5), s(66)),
  ...spreadWords('كانت ضربة رائعة', s(66), s(67)),
  ...spreadWords('今のを見ましたか？', s(67.5), s(69)),
]
const request = { words, parts: [{ start: s(60), end: s(70), speed: 1 }] }

describe('captions', () => {
  it.each(captionStyles)('in the style %s are as they were', async (style) => {
    const ass = makeAss(request, { style, frame: { width: 1080, height: 1920 }, platform: 'tiktok' })
    await expect(ass).toMatchFileSnapshot(`captions/${style}.ass`)
  })

  it('beside the video are as they were', async () => {
    const subtitles = makeSubtitles(request)
    await expect(subtitles?.srt).toMatchFileSnapshot('captions/clip.srt')
    await expect(subtitles?.vtt).toMatchFileSnapshot('captions/clip.vtt')
  })
})
