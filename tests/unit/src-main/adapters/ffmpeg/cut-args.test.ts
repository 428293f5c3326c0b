import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copyClipArgs } from '../../../../../src-main/adapters/ffmpeg/copy-clip.ts'
import { planCopy } from '../../../../../src-main/adapters/ffmpeg/copy-plan.ts'
import { findCuts } from '../../../../../src-main/adapters/ffmpeg/cut-index.ts'
import { encodeClipArgs } from '../../../../../src-main/adapters/ffmpeg/encode-clip.ts'
import { findKeyframes } from '../../../../../src-main/adapters/ffmpeg/keyframes-near.ts'
import { spanOf } from '../../../../../src-main/adapters/ffmpeg/probe-span.ts'
import type { Packet } from '../../../../../src-main/adapters/ffmpeg/read-packets.ts'
import type { SourceFile } from '../../../../../src-main/adapters/ffmpeg/source-file.ts'
import type { MediaInfo } from '../../../../../src-shared/contract/media-info.ts'
import { smartCopy } from '../../../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'

const frame = TICKS_PER_SECOND / 30

/** A GOP in decoding order from the frames' types in presentation order: B frames follow the P that they need. */
function packets(types: string, first = 0): Packet[] {
  const shown = [...types].map((type, i) => ({ type, pts: (first + i) * frame }))
  const decoded: { type: string; pts: number }[] = []
  let held: { type: string; pts: number }[] = []
  for (const picture of shown) {
    if (picture.type === 'B') held.push(picture)
    else {
      decoded.push(picture, ...held)
      held = []
    }
  }
  return [...decoded, ...held].map(({ type, pts }, i) => ({
    streamIndex: 0,
    pts,
    dts: (first + i - 2) * frame,
    duration: frame,
    keyframe: type === 'I',
    discarded: false,
  }))
}

describe('planning a copy', () => {
  const closed = packets('IPBBPBBPIPBBPBBP'.replace('PBBP', 'BBPP'))

  test('begins with the keyframe at or before the start, ends where nothing is missing', () => {
    const stream = packets('IBBPBBPPIBBPBBPPIBBPBBPP')
    expect(planCopy(stream, 8 * frame, 10 * frame, frame)).toEqual({ start: 8 * frame, end: 12 * frame, packets: 4 })
    expect(planCopy(stream, 9 * frame, 12 * frame, frame)).toEqual({ start: 8 * frame, end: 12 * frame, packets: 4 })
    expect(planCopy(stream, 15.5 * frame, 1e12, frame)).toEqual({ start: 8 * frame, end: 24 * frame, packets: 16 })
    expect(planCopy(stream, -1, 10 * frame, frame)).toBeNull()
    expect(closed.length).toBe(16)
  })

  test('a keyframe with leading pictures is no beginning', () => {
    const stream = packets('IBBPPBBIPP')
    expect(findKeyframes(stream, 0)).toEqual([
      { time: 0, clean: true },
      { time: 7 * frame, clean: false },
    ])
    expect(planCopy(stream, 8 * frame, 9 * frame, frame)).toMatchObject({ start: 0 })
  })

  test('pictures that are only decoded do not count as a beginning', () => {
    const stream = packets('IPPPIPP').map((packet, i) => ({ ...packet, discarded: i < 2 }))
    expect(findKeyframes(stream, frame)).toEqual([{ time: 3 * frame, clean: true }])
    expect(planCopy(stream, 3 * frame, 5 * frame, frame)).toBeNull()
  })

  test('whatever the order of frames: all pictures of the span and no others, without a gap', () => {
    const gop = fc
      .array(fc.constantFrom('P', 'B', 'BP', 'BBP'), { maxLength: 12 })
      .map((parts) => `I${parts.join('')}P`)
    fc.assert(
      fc.property(
        fc.array(gop, { minLength: 1, maxLength: 5 }),
        fc.nat(60),
        fc.integer({ min: 1, max: 60 }),
        (gops, from, length) => {
          let at = 0
          const stream = gops.flatMap((types) => {
            const part = packets(types, at)
            at += types.length
            return part
          })
          const [start, end] = [from * frame, (from + length) * frame]
          const plan = planCopy(stream, start, end, frame)
          if (plan === null) throw new Error('the first picture is a keyframe')
          const first = stream.findIndex((packet) => packet.pts === plan.start)
          const shown = stream
            .slice(first, first + plan.packets)
            .map((packet) => packet.pts ?? 0)
            .sort((a, b) => a - b)
          expect(stream[first]?.keyframe).toBe(true)
          expect(shown[0]).toBe(plan.start)
          expect(plan.start).toBeLessThanOrEqual(start)
          expect(shown).toEqual(shown.map((_, i) => plan.start + i * frame))
          expect(plan.end).toBe((shown.at(-1) ?? 0) + frame)
          expect(plan.end).toBeGreaterThanOrEqual(Math.min(end, at * frame))
        },
      ),
    )
  })
})

describe('where a smart cut may copy', () => {
  const at = (...numbers: number[]): number[] => numbers.map((n) => n * frame)
  const cuts = (types: string, from: number, to: number, leading = false) =>
    findCuts(packets(types), { start: from * frame, end: to * frame }, frame, leading)
  const numbers = (found: ReturnType<typeof findCuts>) => found?.frames.map(({ time }) => Math.round(time / frame))

  test('the pictures of the span, also where milliseconds blur them', () => {
    expect(numbers(cuts('IBBPBBPP', 2, 5))).toEqual([2, 3, 4])
    expect(numbers(cuts('IBBPBBPP', 2 + 1e-6, 5 + 1e-6))).toEqual([2, 3, 4])
    expect(numbers(cuts('IBBPBBPP', 2.5, 4.5))).toEqual([3, 4])
    expect(cuts('IBBPBBPP', 100, 101)).toEqual({ frames: [], entries: [], exits: [] })
    expect(cuts('IBBPBBPP', 2, 5)?.frames.at(-1)?.end).toBe(5 * frame)
  })

  test('begins with keyframes, ends where nothing that follows is shown earlier', () => {
    const found = cuts('IBBPBBPPIBBPBBPPIBBP', 2, 18)
    expect(found?.entries).toEqual(at(8, 16))
    expect(found?.exits).toEqual(at(4, 7, 8, 9, 12, 15, 16, 17))
    expect(cuts('IPPPIPPP', 0, 8)).toMatchObject({ entries: at(0, 4), exits: at(1, 2, 3, 4, 5, 6, 7, 8) })
  })

  test('a keyframe with leading pictures is an entry only where they may be left out', () => {
    expect(cuts('IBBPPBBIPP', 2, 10)?.entries).toEqual([])
    expect(cuts('IBBPPBBIPP', 2, 10, true)?.entries).toEqual(at(7))
  })

  test('without times there are no pictures to speak of', () => {
    const untimed = packets('IPP').map((packet) => ({ ...packet, pts: null }))
    expect(findCuts(untimed, { start: 0, end: frame }, frame, false)).toBeNull()
  })

  test('whatever the order of frames: copying from an entry to an exit takes whole runs of packets', () => {
    const gop = fc
      .array(fc.constantFrom('P', 'B', 'BP', 'BBP'), { maxLength: 12 })
      .map((parts) => `I${parts.join('')}P`)
    fc.assert(
      fc.property(
        fc.array(gop, { minLength: 1, maxLength: 5 }),
        fc.nat(40),
        fc.integer({ min: 1, max: 60 }),
        (gops, from, length) => {
          let first = 0
          const stream = gops.flatMap((types) => {
            const part = packets(types, first)
            first += types.length
            return part
          })
          const span = { start: from * frame, end: (from + length) * frame }
          const found = findCuts(stream, span, frame, false)
          if (from >= first) return found?.frames.length === 0
          const copy = smartCopy(found!)
          if (copy === null) return true
          const begin = stream.findIndex(({ pts }) => pts === copy.start)
          const count = Math.round((copy.end - copy.start) / frame)
          const taken = stream.slice(begin, begin + count).map(({ pts }) => pts ?? 0)
          expect(stream[begin]?.keyframe).toBe(true)
          expect(taken.toSorted((a, b) => a - b)).toEqual(taken.map((_, i) => copy.start + i * frame))
          expect(copy.start).toBeGreaterThanOrEqual(span.start)
          return copy.end <= Math.min(span.end, first * frame) + 1
        },
      ),
    )
  })
})

describe('argv', () => {
  const source: SourceFile = { path: '/videos/-a %d.mkv', size: 1, mtimeMs: 0, format: 'matroska', segments: [] }
  const track = {
    index: 0,
    streamIndex: 1,
    codec: 'aac',
    sampleRate: 48_000,
    channels: 2,
    layout: 'stereo',
    title: 'Mic = "A"',
    language: 'eng',
    role: 'mic',
    timebase: { num: 1, den: 1000 },
    start: 0,
  } as const
  const media = {
    video: {
      streamIndex: 0,
      codec: 'hevc',
      codedWidth: 1921,
      codedHeight: 1080,
      fps: { num: 60, den: 1 },
      variableFrameRate: false,
    },
    audio: [track],
    origin: 0,
    container: 'matroska',
  } as unknown as MediaInfo
  const plan = {
    audio: [{ track: 0, action: 'copy' as const }],
    metadata: { title: 'Line\u0000one', comment: '' },
    video: {
      action: 'encode' as const,
      codec: 'h264' as const,
      crf: 18,
      preset: 'veryfast',
      pixelFormat: 'yuv420p' as const,
      bitRate: null,
      picture: null,
    },
  }

  test('copy', () => {
    const copy = { start: 10 * TICKS_PER_SECOND, end: 20 * TICKS_PER_SECOND, packets: 300 }
    expect(copyClipArgs(source, media, plan, copy, '/out/c.mp4')).toEqual([
      '-seek_timestamp',
      '1',
      '-ss',
      '9.999000',
      '-protocol_whitelist',
      'file',
      '-format_whitelist',
      'matroska',
      '-f',
      'matroska',
      '-i',
      'file:/videos/-a %d.mkv',
      '-itsoffset',
      '-1.000000',
      '-seek_timestamp',
      '1',
      '-ss',
      '8.999000',
      '-protocol_whitelist',
      'file',
      '-format_whitelist',
      'matroska',
      '-f',
      'matroska',
      '-i',
      'file:/videos/-a %d.mkv',
      '-map',
      '0:0',
      '-c:v',
      'copy',
      '-tag:v',
      'hvc1',
      '-copypriorss:v',
      '0',
      '-bsf:v',
      'noise=amount=0:drop=gte(n\\,300)',
      '-map',
      '1:1',
      '-c:a:0',
      'copy',
      '-metadata:s:a:0',
      'title=Mic = "A"',
      '-metadata:s:a:0',
      'handler_name=Mic = "A"',
      '-metadata:s:a:0',
      'language=eng',
      '-bsf:a:0',
      'noise=amount=0:drop=lt(pts\\,d*-0.9531)',
      '-sn',
      '-dn',
      '-t',
      '10.001000',
      '-output_ts_offset',
      '-0.001000',
      '-strict',
      '-2',
      '-map_metadata',
      '-1',
      '-map_chapters',
      '-1',
      '-metadata',
      'title=Line one',
      '-metadata',
      'encoder=',
      '-movflags',
      '+faststart',
      '-f',
      'mp4',
      '-y',
      'file:/out/c.mp4',
    ])
  })

  test('sound that is encoded beside a copy begins at the sample', () => {
    const copy = { start: 10 * TICKS_PER_SECOND, end: 20 * TICKS_PER_SECOND, packets: 300 }
    const tracks = { ...media, audio: [...media.audio, { ...media.audio[0]!, index: 1, streamIndex: 2 }] }
    const encoded = { track: 1, action: 'encode', codec: 'aac', bitRate: 192_000, sampleRate: null } as const
    const args = copyClipArgs(source, tracks, { ...plan, audio: [...plan.audio, encoded] }, copy, '/out/c.mp4').join(
      ' ',
    )
    expect(args).toContain('-bsf:a:0 noise=amount=0:drop=lt(pts\\,d*-0.9531)')
    expect(args).toContain('-map 1:2 -c:a:1 aac')
    expect(args).toContain(
      '-filter:a:1 atrim=start_pts=48:end_pts=480048,asetpts=PTS-48,aresample=async=1:first_pts=0,apad=whole_len=480000,asetpts=if(isnan(PTS)\\,N\\,PTS)+48',
    )
  })

  test('encode', () => {
    const args = encodeClipArgs(
      source,
      media,
      plan,
      { start: 10 * TICKS_PER_SECOND, end: 20 * TICKS_PER_SECOND },
      '/out/c.mp4',
      'libx264',
    )
    expect(args.slice(0, 4)).toEqual(['-seek_timestamp', '1', '-ss', '9.999500'])
    expect(args.join(' ')).toContain(
      '-vf crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,format=yuv420p -c:v libx264 -preset veryfast -crf 18',
    )
    expect(args.at(args.indexOf('-t') + 1)).toBe('10.000000')
  })

  test('an AVI is not sought near its start; without video or audio there is none', () => {
    const avi = { ...media, container: 'avi', video: null } as MediaInfo
    const args = encodeClipArgs(
      source,
      avi,
      { ...plan, audio: [] },
      { start: 0, end: TICKS_PER_SECOND },
      '/out/c.mp4',
      'libx264',
    )
    expect(args).not.toContain('-ss')
    expect(args).toContain('-vn')
    expect(args).toContain('-an')
    const later = encodeClipArgs(
      source,
      avi,
      plan,
      { start: TICKS_PER_SECOND / 4, end: TICKS_PER_SECOND },
      '/out/c.mp4',
      'libx264',
    )
    expect(later.indexOf('-ss')).toBeGreaterThan(later.indexOf('-i'))
  })

  test('a TS is read from further back, where it would be sought between keyframes', () => {
    const ts = { ...media, container: 'mpegts', origin: TICKS_PER_SECOND } as MediaInfo
    const encode = (start: number) => {
      const span = { start: start * TICKS_PER_SECOND, end: (start + 2) * TICKS_PER_SECOND }
      return encodeClipArgs(source, ts, plan, span, '/out/c.mp4', 'libx264')
    }
    const late = encode(100)
    expect(late.slice(0, 4)).toEqual(['-seek_timestamp', '1', '-ss', '87.999500'])
    expect(late.slice(late.indexOf('-i') + 2, late.indexOf('-map'))).toEqual(['-ss', '12.000000'])
    const early = encode(5)
    expect(early[0]).toBe('-copyts')
    expect(early.slice(early.indexOf('-i') + 2, early.indexOf('-map'))).toEqual(['-ss', '4.999500'])
    // Its time ran over: what comes before zero is moved, or FFmpeg would drop it.
    const span = { start: -2 * TICKS_PER_SECOND, end: 0 }
    const over = encodeClipArgs(source, { ...ts, origin: -2.5 * TICKS_PER_SECOND }, plan, span, '/out/c.mp4', 'libx264')
    expect(over.slice(0, 3)).toEqual(['-copyts', '-itsoffset', '2.500000'])
    expect(over.slice(over.indexOf('-i') + 2, over.indexOf('-map'))).toEqual(['-ss', '0.499500'])
  })

  test('an FLV is not sought near its start', () => {
    const flv = { ...media, container: 'flv', origin: TICKS_PER_SECOND } as MediaInfo
    const span = { start: 1.1 * TICKS_PER_SECOND, end: 3 * TICKS_PER_SECOND }
    expect(copyClipArgs(source, flv, plan, { ...span, packets: 9 }, '/out/c.mp4')).not.toContain('-ss')
    const args = encodeClipArgs(source, flv, plan, span, '/out/c.mp4', 'libx264')
    expect(args.indexOf('-ss')).toBeGreaterThan(args.indexOf('-i'))
    const later = { start: 5 * TICKS_PER_SECOND, end: 7 * TICKS_PER_SECOND }
    expect(encodeClipArgs(source, flv, plan, later, '/out/c.mp4', 'libx264').slice(0, 4)).toContain('-ss')
    expect(copyClipArgs(source, flv, plan, { ...later, packets: 9 }, '/out/c.mp4').slice(0, 4)).toContain('-ss')
  })
})

test('what a file holds', () => {
  const streams = [
    { index: 0, type: 'video', timebase: { num: 1, den: 30 } },
    { index: 1, type: 'audio', timebase: { num: 1, den: 48_000 } },
  ]
  const sound = { streamIndex: 1, dts: 0, keyframe: true }
  const all: Packet[] = [
    ...packets('IPP'),
    { ...sound, pts: -100, duration: 100, discarded: true },
    { ...sound, pts: 0, duration: 50, discarded: false },
  ]
  expect(spanOf(streams, all)).toEqual({
    video: { streamIndex: 0, start: 0, end: 3 * frame, packets: 3 },
    audio: [{ streamIndex: 1, start: 0, end: 50, packets: 1 }],
    start: 0,
    end: 3 * frame,
  })
  expect(spanOf(streams, [])).toBeNull()
})
