import { describe, expect, it } from 'vitest'
import { cardTexts } from '../../../../../src-main/stages/montage/card-texts.ts'
import { widthOf } from '../../../../../src-main/stages/captions/measure.ts'
import { textOverlaySchema } from '../../../../../src-shared/contract/edits.ts'

const shapes = [
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
]
const titles = [
  'Ace',
  'Triple kill with the last bullet of the match',
  'x'.repeat(120),
  'صيد رائع في آخر لحظة',
  '🎮 gg',
]

describe('the words of a card', () => {
  it.each(shapes)('stand inside the frame, one line below the other ($width×$height)', (frame) => {
    for (const title of titles) {
      const texts = cardTexts({ title, subtitle: 'with one shot, at 1:02:03' }, frame, 1000, widthOf)
      const said = texts.map(({ text }) => text).join('')
      expect(said.replaceAll(' ', '')).toContain(title.replaceAll(' ', ''))
      let below = 0
      for (const text of texts) {
        expect(textOverlaySchema.safeParse(text).success).toBe(true)
        expect(text.y - text.size / 2).toBeGreaterThanOrEqual(below - 1e-9)
        below = text.y + text.size / 2
        expect(widthOf(text.text) * text.size * frame.height * 0.66).toBeLessThan(0.81 * frame.width + 1e-6)
      }
      expect([texts[0]!.y > 0.1, below < 0.9]).toEqual([true, true])
    }
  })

  it('are as large as they may be where they are few', () => {
    const [title, ...rest] = cardTexts({ title: 'Ace', subtitle: '' }, shapes[0]!, 1000, widthOf)
    expect([title!.size, title!.y, rest.length]).toEqual([0.16, 0.5, 0])
  })
})
