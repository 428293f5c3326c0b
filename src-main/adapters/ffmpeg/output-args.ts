import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { AudioPlan, RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { fileUrl } from './source-file.ts'

/** Seconds for FFmpeg's time options, to the microsecond, rounded down. */
export function secondsDown(ticks: Ticks): string {
  const micros = Math.floor((ticks * 10) / 7056)
  const sign = micros < 0 ? '-' : ''
  const digits = String(Math.abs(micros)).padStart(7, '0')
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/**
 * Maps and encoders of the audio tracks, in the plan's order; each keeps its name. `labels`: where they come out of a
 * filter graph instead.
 */
export function audioArgs(
  media: MediaInfo,
  plans: readonly AudioPlan[],
  labels: readonly string[] | null = null,
): string[] {
  if (plans.length === 0) return ['-an']
  return plans.flatMap((plan, output) => {
    // A mix has no name: it is all there is.
    const track = plan.action === 'mix' ? undefined : media.audio.find(({ index }) => index === plan.track)
    const title = track?.title ?? ''
    return [
      '-map',
      labels?.[output] ?? `0:${track?.streamIndex ?? `a:${output}`}`,
      `-c:a:${output}`,
      ...(plan.action === 'copy' ? ['copy'] : [plan.codec, `-b:a:${output}`, String(plan.bitRate)]),
      ...(plan.action === 'copy' || plan.sampleRate === null ? [] : [`-ar:a:${output}`, String(plan.sampleRate)]),
      // MP4 players show the handler's name where they know no title.
      ...(title === ''
        ? []
        : [`-metadata:s:a:${output}`, `title=${title}`, `-metadata:s:a:${output}`, `handler_name=${title}`]),
      ...(track?.language == null ? [] : [`-metadata:s:a:${output}`, `language=${track.language}`]),
    ]
  })
}

/**
 * A filter that cuts sound at samples of its clock and lets it begin at sample `at`, as long as it is asked for: what is
 * missing is silence. Of a track that has ended before, no sample comes; without any the file would lack the track.
 */
export function exactSound(first: number, last: number, at = 0): string {
  const cut = `atrim=start_pts=${first}:end_pts=${last},asetpts=PTS-${first},aresample=async=1:first_pts=0,apad=whole_len=${last - first}`
  // Silence alone carries no times.
  return at === 0 ? cut : `${cut},asetpts=if(isnan(PTS)\\,N\\,PTS)+${at}`
}

/**
 * What a person reads in a file's properties. Nothing of the recording's own (paths, device names) is taken over.
 * `chapters`: the input that has them, and nothing else.
 */
export function metadataArgs({ title, comment }: RenderPlan['metadata'], chapters: number | null = null): string[] {
  return [
    // Chapters lose their titles where no metadata at all is taken over.
    '-map_metadata',
    String(chapters ?? -1),
    '-map_chapters',
    String(chapters ?? -1),
    ...(title === '' ? [] : ['-metadata', `title=${printable(title)}`]),
    ...(comment === '' ? [] : ['-metadata', `comment=${printable(comment)}`]),
    '-metadata',
    'encoder=',
  ]
}

/** argv cannot hold NUL; other control characters have no place in a title. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\0-\x08\x0b-\x1f\x7f]/g, ' ').slice(0, 2000)
}

/** MP4 with the index first, so that it plays while it loads. `-y`: the caller gives a path of its own making. */
export function mp4Output(output: string): string[] {
  return ['-movflags', '+faststart', '-f', 'mp4', '-y', fileUrl(output)]
}
