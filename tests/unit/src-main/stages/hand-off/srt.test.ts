import { describe, expect, it } from 'vitest'
import { formatSrt } from '../../../../../src-main/stages/hand-off/srt.ts'
import { placeOnTimeline } from '../../../../../src-main/stages/hand-off/timeline.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'
import { makeClip, makeHandOff } from '../../../../helpers/hand-off/make-hand-off.ts'

describe('SRT', () => {
  it('counts from the start of the timeline, through all clips', () => {
    const captions = [{ start: s(11), end: s(12.5), text: 'one\n\ntwo' }]
    const clips = [makeClip({ start: s(10), end: s(20), captions }), makeClip({ start: s(5), end: s(12), captions })]
    expect(formatSrt(placeOnTimeline(makeHandOff({ clips })))).toBe(
      '1\n00:00:01,000 --> 00:00:02,500\none\ntwo\n\n2\n00:00:16,000 --> 00:00:17,000\none\ntwo\n',
    )
  })

  it('is not there when nothing is said', () => {
    expect(formatSrt(placeOnTimeline(makeHandOff()))).toBeNull()
  })
})
