import { describe, expect, it } from 'vitest'
import { handOffFormats } from '../../src-main/stages/hand-off/formats.ts'
import type { HandOff } from '../../src-main/stages/hand-off/hand-off.ts'
import { formatSrt } from '../../src-main/stages/hand-off/srt.ts'
import { placeOnTimeline } from '../../src-main/stages/hand-off/timeline.ts'
import { ticksFromSeconds as s } from '../../src-shared/domain/time.ts'
import { makeClip, makeSource } from '../helpers/hand-off/make-hand-off.ts'

/**
 * A vertical of two clips of a 59.94 drop-frame recording with a mix and a microphone, and one at 25 frames from a
 * share, with everything that a format can be told. After a change, look at the files: editors are stricter than our
 * readers.
 */
const stream = makeSource({
  path: 'C:\\Videos\\2026-11-22 20-15-30 “ranked” & more.mp4',
  video: { fps: { num: 60_000, den: 1001 }, variableFrameRate: false, width: 1920, height: 1080 },
  timecode: '01:02:03;04',
  audio: [
    { title: 'Mix', role: 'mix', channels: 2, sampleRate: 48_000 },
    { title: 'Mic', role: 'mic', channels: 1, sampleRate: 48_000 },
  ],
})
const phone = makeSource({
  path: '\\\\nas\\share\\phone #2.mov',
  video: { fps: { num: 25, den: 1 }, variableFrameRate: true, width: 1080, height: 1920 },
  duration: null,
})
const handOff: HandOff = {
  title: 'Friday <ranked>',
  platform: 'win32',
  frame: { width: 1080, height: 1920 },
  language: 'de',
  clips: [
    makeClip({
      source: stream,
      title: 'Triple & ace',
      start: s(10),
      end: s(20),
      peak: s(14),
      reasons: [
        { signal: 'audio.onset', weight: 0.6, text: 'Sudden loud burst, 14 dB over the last 3 minutes' },
        { signal: 'chat.rate', weight: 0.4, text: 'The chat woke up' },
      ],
      tags: ['ace', 'clutch'],
      markers: [{ at: s(12), name: 'Stream marker', note: 'pressed by hand' }],
      captions: [
        { start: s(9), end: s(12), text: 'Los, los!' },
        { start: s(11), end: s(15), text: 'Zwei Zeilen:\n„so & so“' },
      ],
      reframe: [
        { at: s(8), x: 0.3, y: 0.5, scale: 1 },
        { at: s(14), x: 0.6, y: 0.45, scale: 1.5 },
      ],
    }),
    makeClip({ source: phone, title: 'שלום', start: s(5), end: s(7), peak: s(6), reasons: [] }),
    makeClip({ source: stream, title: 'Ending', start: s(3590), end: s(3605), peak: s(3604) }),
  ],
}

describe('hand-off files', () => {
  const timeline = placeOnTimeline(handOff)

  it.each([
    ['otio', 'otio'],
    ['fcpxml', 'fcpxml'],
    ['premiere', 'xml'],
    ['edl', 'edl'],
    ['csv', 'csv'],
  ] as const)('%s', async (format, extension) => {
    // The repository keeps text with bare line feeds; that CSV has CRLF is tested with its writer.
    const text = handOffFormats[format].write(timeline).replaceAll('\r\n', '\n')
    await expect(text).toMatchFileSnapshot(`hand-off/match.${extension}`)
  })

  it('captions beside', async () => {
    await expect(formatSrt(timeline)).toMatchFileSnapshot('hand-off/match.srt')
  })
})
