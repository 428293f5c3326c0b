import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'

/** FFmpeg's names of H.264 encoders, in the order in which they are tried on each system. */
export type VideoEncoder = 'h264_nvenc' | 'h264_amf' | 'h264_qsv' | 'h264_videotoolbox' | 'h264_vaapi' | 'libx264'

const perPlatform: Partial<Record<NodeJS.Platform, readonly VideoEncoder[]>> = {
  win32: ['h264_nvenc', 'h264_amf', 'h264_qsv'],
  darwin: ['h264_videotoolbox'],
  linux: ['h264_nvenc', 'h264_qsv', 'h264_vaapi'],
}

/** Which encoders are worth a trial: those of the system that this FFmpeg was built with; x264, which needs no GPU, last. */
export function encoderCandidates(platform: NodeJS.Platform, builtIn: readonly string[]): VideoEncoder[] {
  const names = [...(perPlatform[platform] ?? []), 'libx264' as const]
  return names.filter((name) => builtIn.includes(name))
}

export interface EncodeQuality {
  /** x264's constant rate factor, to which the others' own scales are matched. */
  readonly crf: number
  /** x264's; the others have one that is fit. */
  readonly preset: string
  readonly pixelFormat: 'yuv420p'
  /** Bits a second at most; else as many as the quality takes. */
  readonly bitRate?: number | null
}

/**
 * What an encoder needs before the input, in the filters and as its own options. Pure. Each has a scale of quality of
 * its own; those that count in quantisers, as x264 does, get x264's number.
 */
export function encoderArgs(
  encoder: VideoEncoder,
  { crf, preset, pixelFormat, bitRate = null }: EncodeQuality,
): { input: string[]; filter: string; output: string[] } {
  const quality = String(crf)
  const name = ['-c:v', encoder]
  const most = bitRate === null ? [] : ['-maxrate', String(bitRate), '-bufsize', String(2 * bitRate)]
  // Those that hold a quality hold no rate beside it: there the rate alone decides.
  const rate = bitRate === null ? null : ['-b:v', String(bitRate), ...most]
  switch (encoder) {
    case 'libx264':
      return {
        input: [],
        filter: `format=${pixelFormat}`,
        output: [...name, '-preset', preset, '-crf', quality, ...most],
      }
    case 'h264_nvenc':
      return {
        input: [],
        filter: `format=${pixelFormat}`,
        output: [...name, '-preset', 'p5', '-rc', 'vbr', '-cq', quality, '-b:v', '0', ...most],
      }
    case 'h264_amf':
      return {
        input: [],
        filter: 'format=nv12',
        output: [
          ...[...name, '-quality', 'quality'],
          ...(rate === null ? ['-rc', 'cqp', '-qp_i', quality, '-qp_p', quality] : ['-rc', 'vbr_peak', ...rate]),
        ],
      }
    case 'h264_qsv':
      return { input: [], filter: 'format=nv12', output: [...name, ...(rate ?? ['-global_quality', quality])] }
    case 'h264_videotoolbox':
      // Its scale goes from 1 to 100, the best; Macs without a quality mode fail the trial.
      return {
        input: [],
        filter: `format=${pixelFormat}`,
        output: [...name, ...(rate ?? ['-q:v', String(101 - 2 * crf)])],
      }
    case 'h264_vaapi':
      return {
        input: ['-init_hw_device', 'vaapi=gpu', '-filter_hw_device', 'gpu'],
        filter: 'format=nv12,hwupload',
        output: [...name, ...(rate ?? ['-qp', quality])],
      }
  }
}

/** 4:2:0 wants even sizes: an odd line or column goes, a single one is doubled. Pure. */
export function evenSize({
  codedWidth,
  codedHeight,
}: Pick<NonNullable<MediaInfo['video']>, 'codedWidth' | 'codedHeight'>): string {
  if (codedWidth % 2 === 0 && codedHeight % 2 === 0) return ''
  return codedWidth > 1 && codedHeight > 1 ? 'crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,' : 'pad=ceil(iw/2)*2:ceil(ih/2)*2,'
}
