import type { Rational } from '../../../src-shared/domain/time.ts'
import { clipElement } from './fcpxml-clip.ts'
import { seconds } from './fcpxml-time.ts'
import { fileUrl } from './file-url.ts'
import { sameRate } from './frame-rates.ts'
import type { Timeline, TimelineSource } from './timeline.ts'
import { tag, writeXml, xml, type Xml } from './xml.ts'

/**
 * Final Cut Pro XML 1.10 (Final Cut Pro 10.6 and later, DaVinci Resolve): a project in an event named after the
 * hand-off. Times are exact fractions, multiples of the frame's length; media times count from the source's
 * timecode, places on the timeline from 01:00:00:00. The element order is that of Apple's DTD.
 */
export function formatFcpxml(timeline: Timeline): string {
  const formats = new Map<string, Xml>()
  const sequenceFormat = formatFor(formats, timeline.size, timeline.rate)
  const assets = timeline.sources.map((source) =>
    asset(source, timeline, source.size && formatFor(formats, source.size, source.rate)),
  )
  const sequence = xml(
    'sequence',
    {
      format: sequenceFormat,
      duration: seconds(timeline.length, timeline.rate),
      tcStart: seconds(timeline.origin, timeline.rate),
      tcFormat: timeline.dropFrame ? 'DF' : 'NDF',
      audioLayout: 'stereo',
      audioRate: AUDIO_RATES[timeline.sampleRate] ?? '48k',
    },
    [
      timeline.notes.length > 0 ? tag('note', timeline.notes.join('\n')) : null,
      tag(
        'spine',
        timeline.clips.map((clip, index) => clipElement(clip, index, timeline)),
      ),
    ],
  )
  const project = xml('project', { name: timeline.title }, [sequence])
  return writeXml(
    xml('fcpxml', { version: '1.10' }, [
      tag('resources', [...formats.values(), ...assets]),
      tag('library', [xml('event', { name: timeline.title }, [project])]),
    ]),
  )
}

const AUDIO_RATES: Readonly<Record<number, string>> = {
  32_000: '32k',
  44_100: '44.1k',
  48_000: '48k',
  88_200: '88.2k',
  96_000: '96k',
  176_400: '176.4k',
  192_000: '192k',
}

/** The id of a format of this size and rate, made where there is none yet. */
function formatFor(formats: Map<string, Xml>, size: { width: number; height: number }, rate: Rational): string {
  const key = `${size.width}x${size.height}@${rate.num}/${rate.den}`
  const known = formats.get(key)
  if (known !== undefined) return String(known.attributes['id'])
  const id = `r${formats.size + 1}`
  const name = formatName(size, rate)
  formats.set(
    key,
    xml('format', {
      id,
      ...(name === null ? {} : { name }),
      // Final Cut Pro itself writes hundredths here: `100/6000s`.
      frameDuration: rate.den === 1 ? `100/${rate.num * 100}s` : `${rate.den}/${rate.num}s`,
      width: size.width,
      height: size.height,
    }),
  )
  return id
}

/** Final Cut Pro's own names for the sizes and rates that it knows; others go by their numbers. */
function formatName({ width, height }: { width: number; height: number }, rate: Rational): string | null {
  const sizes: Readonly<Record<string, string>> = {
    '1280x720': '720',
    '1920x1080': '1080',
    '2560x1440': '2560x1440',
    '3840x2160': '3840x2160',
  }
  const size = sizes[`${width}x${height}`]
  const known = (
    [
      ['2398', 24_000, 1001],
      ['24', 24, 1],
      ['25', 25, 1],
      ['2997', 30_000, 1001],
      ['30', 30, 1],
      ['50', 50, 1],
      ['5994', 60_000, 1001],
      ['60', 60, 1],
    ] as const
  ).find(([, num, den]) => sameRate(rate, { num, den }))
  return size === undefined || known === undefined ? null : `FFVideoFormat${size}p${known[0]}`
}

function asset(source: TimelineSource, { platform }: Timeline, format: string | null): Xml {
  const sound = source.audio[0]
  return xml(
    'asset',
    {
      id: `a${source.number}`,
      name: source.name,
      start: seconds(source.origin, source.rate),
      duration: seconds(source.frames, source.rate),
      ...(format === null ? {} : { hasVideo: 1, format, videoSources: 1 }),
      ...(sound === undefined
        ? {}
        : {
            hasAudio: 1,
            audioSources: source.audio.length,
            audioChannels: sound.channels,
            audioRate: sound.sampleRate,
          }),
    },
    [xml('media-rep', { kind: 'original-media', src: fileUrl(source.path, platform) })],
  )
}
