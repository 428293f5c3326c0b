import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { audioArgs, exactSound, metadataArgs, mp4Output, secondsDown } from './output-args.ts'
import { fileUrl, inputArgs, type SourceFile } from './source-file.ts'

const TICKS_PER_MICRO = TICKS_PER_SECOND / 1_000_000

/**
 * FFmpeg's arguments that put a finished picture and the source's sound together: sound is decoded from a second
 * before, cut at the sample, and begins with the picture (silence fills what is missing). `span` is the picture's, on
 * the recording's timeline. Pure.
 */
export function joinedClipArgs(
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'audio' | 'metadata'>,
  span: { start: Ticks; end: Ticks },
  { output, scratch }: { output: string; scratch: string },
): string[] {
  // In whole microseconds, as FFmpeg takes it.
  const seek = Math.floor((span.start + media.origin - TICKS_PER_SECOND) / TICKS_PER_MICRO) * TICKS_PER_MICRO
  // Near its beginning a file is read from there: FLV has no index entry before it, and nothing is saved by seeking.
  const fromStart = seek < media.origin + TICKS_PER_SECOND / 2
  const zero = fromStart ? 0 : seek
  const filters = plan.audio.flatMap((sound, index) => {
    // A mix is made in a graph of its own, beside pictures that are encoded.
    if (sound.action === 'mix') return []
    const rate = media.audio.find((candidate) => candidate.index === sound.track)?.sampleRate ?? 48_000
    const sampleAt = (time: Ticks): number => Math.round(((time + media.origin - zero) * rate) / TICKS_PER_SECOND)
    return [`-filter:a:${index}`, exactSound(sampleAt(span.start), sampleAt(span.end))]
  })
  return [
    // Absolute times: without `-seek_timestamp` FFmpeg adds the file's own start, which is its earliest stream's.
    ...(fromStart ? ['-copyts'] : ['-seek_timestamp', '1', '-ss', secondsDown(seek)]),
    // Where exactly sound ends, the filters say; this ends reading where a track has no more of it. Counted from where
    // reading begins, and a clock may begin before zero (TS whose time ran over).
    ...['-t', secondsDown(span.end + Math.max(0, media.origin) - zero + 2 * TICKS_PER_SECOND)],
    ...inputArgs(source),
    ...['-protocol_whitelist', 'file', '-f', 'mov', '-i', fileUrl(scratch)],
    ...['-map', '1:v:0', '-c:v', 'copy'],
    ...(media.video?.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
    ...audioArgs(media, plan.audio),
    ...filters,
    ...['-sn', '-dn'],
    ...metadataArgs(plan.metadata),
    ...mp4Output(output),
  ]
}
