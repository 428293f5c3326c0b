import type { VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { PicturePlan } from '../../../src-shared/contract/render-plan.ts'

const transfers = { pq: 'smpte2084', hlg: 'arib-std-b67' } as const

/** What zscale calls what ffprobe says; what is not there is what HDR recorders write. */
const matrices: Readonly<Record<string, string>> = { bt2020nc: '2020_ncl', bt2020c: '2020_cl', bt709: '709' }
const primaries: Readonly<Record<string, string>> = { bt2020: '2020', bt709: '709', smpte432: 'smpte432' }

/**
 * HDR to BT.709, 8 bits: linear light with reference white (203 nits, ITU-R BT.2408) at 1, then Mobius, which leaves
 * what is not brighter than white nearly as it is and bends only the highlights. Pure.
 */
export function toneMapFilter(
  from: NonNullable<PicturePlan['toneMap']>,
  { colour }: Pick<VideoStream, 'colour'>,
): string {
  const given = [
    `tin=${transfers[from]}`,
    `min=${matrices[colour.space ?? ''] ?? '2020_ncl'}`,
    `pin=${primaries[colour.primaries ?? ''] ?? '2020'}`,
    `rin=${colour.range === 'pc' ? 'full' : 'limited'}`,
  ].join(':')
  return [
    `zscale=${given}:t=linear:npl=203`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=mobius:desat=0',
    'zscale=t=709:m=709:r=limited',
    'format=yuv420p',
  ].join(',')
}

/** What a tone-mapped file says of its colours. */
export const sdrTags = [
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'],
  ...['-color_range', 'tv'],
] as const
