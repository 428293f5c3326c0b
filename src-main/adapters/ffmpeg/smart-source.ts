import { z } from 'zod'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { readDecoderConfig, type PacketFormat } from './bitstream/decoder-config.ts'
import type { NalCodec } from './bitstream/nal-units.ts'
import { isMirrored } from './normalise-video.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

const probedSchema = z.object({
  streams: z
    .array(
      z.object({
        extradata: z.string().default(''),
        field_order: z.string().default('progressive'),
        side_data_list: z.array(z.looseObject({ displaymatrix: z.string().optional() })).default([]),
      }),
    )
    .length(1),
})

export type SmartSource =
  | { readonly kind: 'ok'; readonly codec: NalCodec; readonly format: PacketFormat }
  /** A sentence. */
  | { readonly kind: 'cannot'; readonly reason: string }

export type SmartVideo = Pick<NonNullable<MediaInfo['video']>, 'codec' | 'streamIndex'>

/** What joining needs to know of a recording's video, beyond what was probed when it was imported. */
export async function readSmartSource(
  runner: Pick<FfmpegRunner, 'probe'>,
  source: SourceFile,
  video: SmartVideo,
  options: { signal?: AbortSignal | undefined },
): Promise<SmartSource> {
  const { codec } = video
  if (codec !== 'h264' && codec !== 'hevc') return { kind: 'cannot', reason: `Its video is ${codec}.` }
  const show = ['-show_data', '-show_entries', 'stream=extradata,field_order:stream_side_data=displaymatrix']
  const text = await runner.probe(
    ['-select_streams', String(video.streamIndex), ...show, '-of', 'json', ...inputArgs(source)],
    options,
  )
  const [stream] = probedSchema.parse(JSON.parse(text)).streams
  if (/^(tt|bb|tb|bt)$/.test(stream?.field_order ?? '')) return { kind: 'cannot', reason: 'Its video is interlaced.' }
  if (stream?.side_data_list.some(({ displaymatrix }) => displaymatrix !== undefined && isMirrored(displaymatrix))) {
    return { kind: 'cannot', reason: 'Its picture is stored mirrored.' }
  }
  const format = readDecoderConfig(parseHexDump(stream?.extradata ?? ''), codec)
  if (format === null || format.parameterSets.length === 0) {
    return { kind: 'cannot', reason: 'It does not say how its video was encoded.' }
  }
  return { kind: 'ok', codec, format }
}

/** ffprobe's dump: `00000010: 0164 000d …  .d..`, up to sixteen bytes a line. Pure. */
export function parseHexDump(text: string): Buffer {
  const hex = text.split('\n').flatMap((line) => {
    const match = /^[0-9a-f]+:((?: [0-9a-f]{2,4})+)/.exec(line)
    // Two blanks part the bytes from their letters, and letters never follow a single one.
    return match === null ? [] : [match[1]!.replaceAll(' ', '')]
  })
  return Buffer.from(hex.join(''), 'hex')
}
