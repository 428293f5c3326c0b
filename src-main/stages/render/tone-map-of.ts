import type { VideoStream } from '../../../src-shared/contract/media-info.ts'

/**
 * Whether HDR pictures are brought to what every screen shows, and what is to be said where that cannot be. A Dolby
 * Vision recording is mapped by its base layer, where that is PQ or HLG.
 */
export function toneMapOf(
  { hdr, colour }: Pick<VideoStream, 'hdr' | 'colour'>,
  filters: ReadonlySet<string>,
): { toneMap: 'pq' | 'hlg' | null; note: string | null } {
  if (hdr === 'none') return { toneMap: null, note: null }
  const base = { smpte2084: 'pq', 'arib-std-b67': 'hlg' } as const
  const kind = hdr === 'dolby-vision' ? (base[colour.transfer as keyof typeof base] ?? null) : hdr
  if (kind === null) {
    return { toneMap: null, note: 'Its Dolby Vision has no layer that can be converted: its colours are not right.' }
  }
  if (filters.has('zscale') && filters.has('tonemap')) return { toneMap: kind, note: null }
  return {
    toneMap: null,
    note: 'It is HDR, and this FFmpeg cannot convert that (it has no zscale filter): its colours look washed out.',
  }
}
