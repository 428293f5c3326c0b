import { describe, expect, it } from 'vitest'
import { formatFcpxml } from '../../../../../src-main/stages/hand-off/fcpxml.ts'
import { formatOtio } from '../../../../../src-main/stages/hand-off/otio.ts'
import { placeOnTimeline } from '../../../../../src-main/stages/hand-off/timeline.ts'
import { formatXmeml } from '../../../../../src-main/stages/hand-off/xmeml.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'
import { makeClip, makeHandOff, makeSource } from '../../../../helpers/hand-off/make-hand-off.ts'
import { readFcpxml } from '../../../../helpers/hand-off/read-fcpxml.ts'
import { readOtio } from '../../../../helpers/hand-off/read-otio.ts'
import { readXmeml } from '../../../../helpers/hand-off/read-xmeml.ts'
import { all, at, attribute, readXml, text } from '../../../../helpers/hand-off/read-xml.ts'

const sampleRate = 48_000
const obs = makeSource({
  path: '/v/obs.mp4',
  audio: [
    { title: 'Mix', role: 'mix', channels: 2, sampleRate },
    { title: 'Game v1.2', role: 'game', channels: 6, sampleRate },
    { title: '', role: 'mic', channels: 1, sampleRate },
  ],
})
const silent = makeSource({ path: '/v/silent.mp4', audio: [] })
const clips = [obs, silent, obs].map((source, i) => makeClip({ source, start: s(i), end: s(i + 1), peak: s(i) }))
const timeline = placeOnTimeline(makeHandOff({ clips }))

describe('sound tracks', () => {
  it('are a track each in OpenTimelineIO, with gaps where a recording has none', () => {
    const { tracks } = readOtio(formatOtio(timeline))
    expect(tracks.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ['Video', true],
      ['Audio', true],
      ['Audio', false],
      ['Audio', false],
    ])
    for (const track of tracks.slice(1)) {
      expect(track.children.map(({ OTIO_SCHEMA }) => OTIO_SCHEMA)).toEqual(['Clip.2', 'Gap.1', 'Clip.2'])
    }
  })

  it('are a track for each channel in Final Cut Pro 7 XML', () => {
    const file = formatXmeml(timeline)
    expect(readXmeml(file).clips).toHaveLength(3)
    const tracks = all(at(readXml(file, 'xmeml'), 'sequence', 'media', 'audio'), 'track')
    expect(
      tracks.map((track) => [
        attribute(track, 'premiereTrackType'),
        attribute(track, 'currentExplodedTrackIndex'),
        attribute(track, 'totalExplodedTrackCount'),
        text(track, 'enabled'),
        all(track, 'clipitem').map((item) => text(item, 'sourcetrack', 'trackindex')),
      ]),
    ).toEqual([
      ...[0, 1].map((n) => ['Stereo', `${n}`, '2', 'TRUE', [`${n + 1}`, `${n + 1}`]]),
      ...[0, 1, 2, 3, 4, 5].map((n) => ['5.1', `${n}`, '6', 'FALSE', [`${n + 3}`, `${n + 3}`]]),
      ['Mono', '0', '1', 'FALSE', ['9', '9']],
    ])
  })

  it('have roles in Final Cut Pro XML', () => {
    const file = formatFcpxml(timeline)
    expect(readFcpxml(file).clips).toHaveLength(3)
    const spine = at(readXml(file, 'fcpxml'), 'library', 'event', 'project', 'sequence', 'spine')
    const [first, second] = all(spine, 'asset-clip').map((clip) =>
      all(clip, 'audio-channel-source').map((source) => [
        attribute(source, 'srcCh'),
        attribute(source, 'role'),
        source['@enabled'],
      ]),
    )
    expect(first).toEqual([
      ['1, 2', 'dialogue.Mix', undefined],
      ['3, 4, 5, 6, 7, 8', 'effects.Game v1 2', '0'],
      ['9', 'dialogue.mic 3', '0'],
    ])
    expect(second).toEqual([])
  })

  it('can be all that there is', () => {
    const voice = makeSource({ path: '/v/voice.wav', video: null })
    const only = placeOnTimeline(makeHandOff({ clips: [makeClip({ source: voice }), makeClip({ source: voice })] }))
    for (const read of [readOtio(formatOtio(only)), readXmeml(formatXmeml(only)), readFcpxml(formatFcpxml(only))]) {
      expect(read.clips.map((clip) => [clip.in, clip.out, clip.start])).toEqual([
        [250, 638, 0],
        [250, 638, 388],
      ])
    }
  })
})

describe('recordings of several rates', () => {
  const phone = makeSource({
    path: '/v/phone.mp4',
    video: { fps: { num: 25, den: 1 }, variableFrameRate: false, width: 1080, height: 1920 },
  })
  const mixed = placeOnTimeline(
    makeHandOff({
      clips: [obs, phone, obs].map((source) => makeClip({ source, start: s(2), end: s(3), peak: s(2.5) })),
    }),
  )

  it('keep their own frames, and stand on those of the timeline', () => {
    for (const read of [readFcpxml(formatFcpxml(mixed)), readXmeml(formatXmeml(mixed))]) {
      expect(read.clips.map((clip) => [clip.in, clip.out, clip.start, clip.end])).toEqual([
        [120, 180, 0, 60],
        [50, 75, 60, 120],
        [120, 180, 120, 180],
      ])
    }
    expect(formatFcpxml(mixed)).toContain('<conform-rate scaleEnabled="0" srcFrameRate="25"/>')
  })
})
