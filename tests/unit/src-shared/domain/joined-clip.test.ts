import { describe, expect, test } from 'vitest'
import { uneditedClip } from '../../../../src-shared/domain/edits/edited-clip.ts'
import { onJoined } from '../../../../src-shared/domain/joined-clip.ts'
import { ticksFromSeconds as s } from '../../../../src-shared/domain/time.ts'

const other = 'ab'.repeat(32)
const part = (start: number, end: number, recording?: string, speed = 1) => {
  return { ...(recording !== undefined && { recording }), start: s(start), end: s(end), speed }
}
const slack = s(0.05)
/** The file begins 5 s before the end of the clip's own recording, which is 60 s long. */
const files = [
  { recording: undefined, offset: s(-55) },
  { recording: other, offset: s(5) },
]
const of = (...parts: ReturnType<typeof part>[]) => ({ ...uneditedClip({ start: 0, end: 1 }), parts })

describe('parts of two recordings, on the timeline of the file that joins them', () => {
  test.each([
    ['meet', part(57, 60), part(0, 2, other)],
    ['meet where sound goes on behind the last picture', part(57, 60.02), part(0, 2, other)],
    ['meet but for a picture', part(57, 59.97), part(0.03, 2, other)],
  ])('are one where they %s', (_, a, b) => {
    expect(onJoined(of(a, b), files, slack).parts).toEqual([part(2, 7)])
  })

  test('stay two where something is left out, or one of them is faster', () => {
    expect(onJoined(of(part(57, 59), part(0, 2, other)), files, slack).parts).toEqual([part(2, 4), part(5, 7)])
    const faster = of(part(57, 60), part(0, 2, other, 2))
    expect(onJoined(faster, files, slack).parts).toEqual([part(2, 5), part(5, 7, undefined, 2)])
  })

  test('are one also where the other one comes first', () => {
    const turned = [
      { recording: other, offset: s(-55) },
      { recording: undefined, offset: s(5) },
    ]
    expect(onJoined(of(part(58, 60, other), part(0, 4)), turned, slack).parts).toEqual([part(3, 9)])
  })

  test('what is on the picture goes along with its own recording', () => {
    const text = { text: 'gg', x: 0.5, y: 0.5, size: 0.1, colour: '#ffffff', outline: true }
    const view = { x: 0.5, y: 0.5 }
    const edits = {
      ...of(part(57, 60), part(0, 2, other)),
      texts: [
        { ...text, start: s(58), end: s(59) },
        { ...text, start: s(50), end: s(54) },
        { ...text, start: s(54), end: s(56) },
      ],
      zoom: [
        { at: s(54), scale: 1, ...view },
        { at: s(56), scale: 3, ...view },
      ],
    }
    const { texts, zoom } = onJoined(edits, files, slack)
    expect(texts).toEqual([
      { ...text, start: s(3), end: s(4) },
      { ...text, start: 0, end: s(1) },
    ])
    expect(zoom).toEqual([
      { at: 0, scale: 2, ...view },
      { at: s(1), scale: 3, ...view },
    ])
  })
})
